"""Keys that sign checkpoints: the private one in a file of its own, the public one given to whoever verifies."""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from console.central.failure import StartFailure

PUBLIC_SUFFIX = ".pub"


class SigningKey:
    """One process's key. `id` names it on every line that it signs."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        """Sign with this one."""
        self._private = private
        self.id = id_of(private.public_key())

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature, 64 bytes."""
        return self._private.sign(data)

    def public_pem(self) -> str:
        """The public half as PEM."""
        public = self._private.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def id_of(public: Ed25519PublicKey) -> str:
    """The first 16 hexadecimal digits of SHA-256 over the raw public key."""
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def signing_key(file: Path) -> SigningKey:
    """The key in a file, made there when there is none; raises `StartFailure`."""
    try:
        if not file.exists():
            _make(file)
        if sys.platform != "win32" and file.stat().st_mode & 0o077:
            raise StartFailure(
                "checkpoint-key",
                f"检查点密钥 {file} 的权限过宽：除所有者外不得有任何权限（chmod 600）。",
                f"The checkpoint key {file} may be read or written by others: chmod 600 it.",
            )
        private = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _unreadable(file, error) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _unreadable(file, ValueError("not Ed25519"))
    return SigningKey(private)


def _make(file: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with fresh.open("wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


class PublicKeys:
    """Those that verify, by their ids."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Read PEM files; raises `StartFailure`."""
        self._keys: dict[str, Ed25519PublicKey] = {}
        for file in files:
            try:
                key = load_pem_public_key(file.read_bytes())
            except (OSError, ValueError) as error:
                raise _unreadable(file, error) from error
            if not isinstance(key, Ed25519PublicKey):
                raise _unreadable(file, ValueError("not Ed25519"))
            self._keys[id_of(key)] = key

    @property
    def ids(self) -> frozenset[str]:
        """Which keys are known."""
        return frozenset(self._keys)

    def holds(self, key_id: str, signature: bytes, data: bytes) -> bool:
        """Whether a known key has signed this."""
        try:
            self._keys[key_id].verify(signature, data)
        except (InvalidSignature, KeyError):
            return False
        return True


def _unreadable(file: Path, error: Exception) -> StartFailure:
    return StartFailure(
        "checkpoint-key",
        f"检查点密钥 {file} 无法使用：{error}",
        f"The checkpoint key {file} cannot be used: {error}",
    )
