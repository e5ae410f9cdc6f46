"""The file of one key's checkpoints: lines are appended, never changed."""

import os
from pathlib import Path

from console.central.audit.checkpoint import SUFFIX, Checkpoint, line_hash, line_of, read_line
from console.central.audit.keys import PUBLIC_SUFFIX, SigningKey
from console.central.clock import wall

_TAIL = 64 * 1024
"""Bytes at a file's end among which its last line is."""


class CheckpointFile:
    """One key's file: lines are appended and on the disk when `append` returns, never changed."""

    def __init__(self, folder: Path, key: SigningKey) -> None:
        """Opens nothing yet."""
        self._folder = folder
        self._key = key
        self.file = folder / f"{key.id}{SUFFIX}"

    def last(self) -> tuple[Checkpoint, str] | None:
        """The last whole line and its hash."""
        return last_of(self.file) if self.file.exists() else None

    def append(self, epoch: str, rev: int, digest: str, given_up: dict[str, int]) -> Checkpoint:
        """Sign and write the next line; raises `OSError`."""
        last = self.last()
        checkpoint = Checkpoint(
            number=1 if last is None else last[0].number + 1,
            before="" if last is None else last[1],
            epoch=epoch,
            rev=rev,
            hash=digest,
            at=wall(),
            key=self._key.id,
            given_up=given_up,
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{self._key.id}{PUBLIC_SUFFIX}").write_text(self._key.public_pem())
        with self.file.open("ab") as out:
            # The end of a line that a power cut left unfinished: nothing is ever taken back.
            cut = out.tell() > 0 and not self._ends_whole()
            out.write((b"\n" if cut else b"") + line_of(checkpoint, self._key) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        return checkpoint

    def _ends_whole(self) -> bool:
        with self.file.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"


def last_of(file: Path) -> tuple[Checkpoint, str] | None:
    """The last whole line of a file and its hash; raises `OSError`."""
    with file.open("rb") as lines:
        lines.seek(max(lines.seek(0, os.SEEK_END) - _TAIL, 0))
        for line in reversed(lines.read().split(b"\n")):
            if found := read_line(line):
                return found, line_hash(line)
    return None
