"""The checkpoints of all processes in one folder, a file a key: their own order, then the log against them."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from console.central.audit.checkpoint import SUFFIX, Checkpoint, is_signed, line_hash, read_line
from console.central.audit.findings import Finding, LostTail, Report
from console.central.audit.keys import PUBLIC_SUFFIX, PublicKeys
from console.central.audit.raw import RAW

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Trail:
    """A folder of checkpoints and the keys that are trusted.

    `named` are keys that must have signed something: those that were given, not merely found.
    """

    folder: Path
    keys: PublicKeys
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, folder: Path, public_keys: Sequence[Path]) -> "Trail":
        """Trust the given public keys, or without any those that lie in the folder; raises `StartFailure`."""
        if public_keys:
            keys = PublicKeys(public_keys)
            return cls(folder, keys, keys.ids)
        return cls(folder, PublicKeys(sorted(folder.glob(f"*{PUBLIC_SUFFIX}"))))

    def files(self) -> list[Path]:
        """One file a key."""
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def lines(self) -> Iterator[Checkpoint]:
        """What all lines say, unchecked."""
        for file in self.files():
            with file.open("rb") as lines:
                yield from filter(None, (read_line(line.rstrip(b"\n")) for line in lines))


@dataclass(slots=True)
class Told:
    """What the lines say among themselves.

    `kept` is what signed restores gave up: epoch → last rev kept; `signed` the keys that have signed.
    """

    findings: list[Finding] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)

    def add(self, checkpoint: Checkpoint) -> None:
        """Take in a signed line."""
        self.signed.add(checkpoint.key)
        for epoch, rev in checkpoint.given_up.items():
            self.kept[epoch] = min(rev, self.kept.get(epoch, rev))

    def lost(self, checkpoint: Checkpoint) -> bool:
        """Whether the log gave up this rev in a declared restore."""
        return checkpoint.rev > self.kept.get(checkpoint.epoch, checkpoint.rev)


def read_through(trail: Trail) -> Told:
    """Read all lines, without the log: before a transaction begins, since it may take a while."""
    told = Told()
    for file in trail.files():
        told.findings += _own_order(file, trail.keys, told)
    told.findings += [
        Finding("no-checkpoint", None, key) for key in sorted(trail.named - told.signed)
    ]
    if not told.signed and not trail.named:
        told.findings.append(Finding("no-checkpoint", None, str(trail.folder)))
    return told


def check(connection: Connection, trail: Trail, told: Told, report: Report) -> None:
    """Add to the report what the checkpoints say: wrong lines, what they confirm, what was given up."""
    report.findings += told.findings
    lost: dict[str, int] = {}
    lines = trail.lines()
    while some := list(itertools.islice(lines, _AT_ONCE)):
        wrong, confirmed = _against_log(connection, some)
        report.covered = max(report.covered, confirmed)
        for one in wrong:
            if told.lost(one):
                lost[one.epoch] = max(one.rev, lost.get(one.epoch, 0))
            else:
                detail = f"epoch {one.epoch}, {one.at.isoformat()}, {one.key} #{one.number}"
                report.findings.append(Finding("checkpoint", one.rev, detail))
    report.lost = [LostTail(e, told.kept[e] + 1, rev) for e, rev in sorted(lost.items())]


def _own_order(file: Path, keys: PublicKeys, told: Told) -> Iterator[Finding]:
    """A file in itself: signatures, and each line behind the one that it names."""
    before, number = "", 0
    with file.open("rb") as lines:
        for line in (raw.rstrip(b"\n") for raw in lines):
            one = read_line(line)
            if one is None:
                continue  # cut short by a power cut; were it a line taken out, the next would tell
            where = f"{file.name} #{one.number}"
            if one.key not in keys.ids:
                yield Finding("key", one.rev, where)
            elif not is_signed(one, keys):
                yield Finding("signature", one.rev, where)
            else:
                told.add(one)
            if (one.number, one.before) != (number + 1, before):
                yield Finding("trail", one.rev, where)
            before, number = line_hash(line), one.number


def _against_log(connection: Connection, some: list[Checkpoint]) -> tuple[list[Checkpoint], int]:
    """Those that the log does not bear out, and the highest rev that it does."""
    query = select(RAW.c.rev, RAW.c.epoch, RAW.c.hash).where(RAW.c.rev.in_({c.rev for c in some}))
    there = {tuple(row) for row in connection.execute(query)}
    wrong = [c for c in some if (c.rev, c.epoch, c.hash) not in there]
    right = [c.rev for c in some if (c.rev, c.epoch, c.hash) in there]
    return wrong, max(right, default=0)
