"""A checkpoint: one signed line that says where the log was, kept where the database's owner cannot edit it."""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from console.central.audit.keys import PublicKeys, SigningKey
from console.wire.codec import BadInput, canonical, decode, encode, to_builtins

SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The log's end at `at` (UTC, this machine's clock).

    `number` counts the lines of one key from 1 and `before` is SHA-256 of the line before, so that a
    line that is taken out shows. `given_up` is what a declared restore gave up: epoch → the last rev
    of it that the log has kept.
    """

    number: int
    before: str
    epoch: str
    rev: int
    hash: str
    at: datetime
    key: str
    given_up: dict[str, int] = field(default_factory=dict)
    signature: str = ""

    @property
    def signed_part(self) -> bytes:
        """What the signature is over: RFC 8785 JSON of everything else."""
        plain = to_builtins(self)
        plain.pop("signature")
        return canonical(plain)


def line_of(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """A signed line, without its end."""
    fields = to_builtins(checkpoint)
    fields["signature"] = base64.b64encode(key.sign(checkpoint.signed_part)).decode()
    return encode(fields)


def read_line(line: bytes) -> Checkpoint | None:
    """What a line says; None when it is none (a write cut short)."""
    try:
        return decode(line, Checkpoint)
    except BadInput:
        return None


def is_signed(checkpoint: Checkpoint, keys: PublicKeys) -> bool:
    """Whether its signature is that of its key."""
    try:
        signature = base64.b64decode(checkpoint.signature, validate=True)
        return keys.holds(checkpoint.key, signature, checkpoint.signed_part)
    except (binascii.Error, ValueError):
        return False


def line_hash(line: bytes) -> str:
    """How the next line names this one."""
    return hashlib.sha256(line).hexdigest()
