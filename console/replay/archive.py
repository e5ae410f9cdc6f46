"""A zip of JSON members sealed by hashes: the container of recordings and scenarios; the same content gives the same bytes."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from console.replay.problem import RecordingProblem, What, damaged, foreign, newer, truncated
from console.wire.codec import BadInput, decode, encode

ABOUT, SEAL = "about.json", "seal.json"
"""The header, which stands first and names its `format`, and the SHA-256 of every other member."""

_LARGEST = 512 * 1024 * 1024
"""Bytes that all members together may unpack to: a day of 60,000 calls needs about half."""

_STAMP = (1980, 1, 1, 0, 0, 0)

T = TypeVar("T")


def write_archive(file: Path, members: Iterable[tuple[str, bytes]]) -> None:
    """Write it whole or not at all, `ABOUT` first; raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    seal: dict[str, str] = {}
    try:
        with zipfile.ZipFile(draft, "w") as archive:
            for name, content in members:
                seal[name] = hashlib.sha256(content).hexdigest()
                _put(archive, name, content)
            _put(archive, SEAL, encode(seal))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """With a fixed time stamp, so that the bytes follow from the content alone."""
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content, compresslevel=6)


class Archive:
    """The members of one file; whatever is wrong becomes a `RecordingProblem` that names the member."""

    def __init__(self, file: Path, what: What) -> None:
        """Open it; raises `RecordingProblem` for what is none."""
        self.name, self.what = file.name, what
        self.sealed: dict[str, str] = {}
        """Member → SHA-256, once `check_seal` has read it."""
        try:
            self._file = file.open("rb")
        except OSError as error:
            raise foreign(self.name, error.strerror or type(error).__name__, what) from error
        try:
            self._zip = zipfile.ZipFile(self._file)
            self._check_names()
        except BaseException as error:
            is_ours = self._looks_cut()
            self._file.close()
            if isinstance(error, zipfile.BadZipFile | ValueError | EOFError | OSError):
                where = ("the table of contents", what, "文件末尾的目录")
                problem = truncated(self.name, *where) if is_ours else None
                raise problem or foreign(self.name, "not a zip file", what) from error
            raise

    def _looks_cut(self) -> bool:
        """Whether it begins as ours do: the table of contents of a zip is at its end."""
        self._file.seek(0)
        return self._file.read(40)[30:40] == ABOUT.encode()

    def _check_names(self) -> None:
        names = self._zip.namelist()
        if len(set(names)) != len(names):
            raise foreign(self.name, "two members of one name", self.what)
        if ABOUT not in names:
            raise foreign(self.name, f"it has no {ABOUT}", self.what)
        if sum(info.file_size for info in self._zip.infolist()) > _LARGEST:
            raise foreign(self.name, "it unpacks to more than any day needs", self.what)

    def __enter__(self) -> "Archive":
        """For a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()

    def header(self, kind: type[T], known: int) -> T:
        """The header as `kind`; its format, at most `known`, is looked at before anything else is believed."""
        content = self.read(ABOUT)
        try:
            version = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("format")
            number = msgspec.json.decode(version or b"null", type=int)
        except (msgspec.DecodeError, ValueError) as error:
            raise foreign(self.name, f"{ABOUT} names no format", self.what) from error
        if number > known:
            raise newer(self.name, number, known)
        return self.part(ABOUT, kind)

    def check_seal(self, needed: Iterable[str]) -> None:
        """Every member is there, `needed` ones among them; from now on each is compared when it is read."""
        if SEAL not in self._zip.namelist():
            raise truncated(self.name, SEAL, self.what)
        self.sealed = self.part(SEAL, dict[str, str])
        there = set(self._zip.namelist()) - {SEAL}
        for name in (*needed, *sorted(self.sealed)):
            if name not in there or name not in self.sealed:
                raise truncated(self.name, name, self.what)
        for name in sorted(there - set(self.sealed)):
            raise self.damaged(name[:80], "it is not in the seal")
        self.read(ABOUT)

    def part(self, name: str, kind: type[T]) -> T:
        """One JSON member as `kind`."""
        try:
            return decode(self.read(name), kind)
        except BadInput as error:
            raise self.damaged(name, str(error)) from error

    def read(self, name: str) -> bytes:
        """One member's bytes."""
        try:
            content = self._zip.read(name)
        except KeyError as error:
            raise truncated(self.name, name, self.what) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self.damaged(name, str(error)) from error
        wanted = self.sealed.get(name)
        if wanted is not None and hashlib.sha256(content).hexdigest() != wanted:
            raise self.damaged(name, "its SHA-256 differs from the seal")
        return content

    def damaged(self, name: str, why: str) -> RecordingProblem:
        """The problem that a member is not as it was written."""
        return damaged(self.name, name, why[:200], self.what)
