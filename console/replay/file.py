"""The `.batonday` file: a recording as a zip of JSON, sealed by hashes; the same day gives the same bytes.

Members: `about.json` (`format`, and `recording.About`), `start.json` (a `wire.frames.Snapshot`),
`events/NNNN.jsonl` (events as `/v1/log` gives them, one a line), `tracks.json`
(`tracks.Columns`), `seal.json` (the SHA-256 of every other member). No member holds personal data.
"""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from console.domain.city import City
from console.domain.event import Event
from console.replay.collection import no_collection
from console.replay.problem import RecordingProblem, damaged, foreign, newer, other_city, truncated
from console.replay.recording import About, Recording, check_events, moments_of
from console.replay.tracks import Columns, Tracks
from console.wire.codec import BadInput, check_times, decode, encode
from console.wire.frames import Snapshot

FORMAT = 1
"""Version of the container; a file with a higher one is refused."""

SUFFIX = ".batonday"
FOLDER = "recordings"
"""Where a data folder keeps them."""

_PART = 5_000
"""Events in one member."""

_LARGEST = 512 * 1024 * 1024
"""Bytes that all members together may unpack to: a day of 60,000 calls needs about half."""

_LONGEST = timedelta(hours=25)
_ABOUT, _START, _TRACKS, _SEAL = "about.json", "start.json", "tracks.json", "seal.json"
_STAMP = (1980, 1, 1, 0, 0, 0)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    format: int
    about: About | None = None


def write_recording(recording: Recording, file: Path) -> None:
    """Write it whole or not at all; raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    seal: dict[str, str] = {}
    try:
        with zipfile.ZipFile(draft, "w") as archive:
            for name, content in _members(recording):
                seal[name] = hashlib.sha256(content).hexdigest()
                _put(archive, name, content)
            _put(archive, _SEAL, encode(seal))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _members(recording: Recording) -> Iterator[tuple[str, bytes]]:
    yield _ABOUT, encode(_Header(format=FORMAT, about=recording.about))
    yield _START, encode(recording.start)
    events = iter(recording.events)
    number = 0
    while part := list(islice(events, _PART)):
        yield f"events/{number:04d}.jsonl", b"".join(encode(event) + b"\n" for event in part)
        number += 1
    yield _TRACKS, encode(recording.tracks.columns())


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """With a fixed time stamp, so that the bytes follow from the content alone."""
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content, compresslevel=6)


def read_about(file: Path) -> About:
    """Only what the recording is, for a list; raises `RecordingProblem`."""
    with _Archive(file) as archive:
        return archive.about()


def read_recording(file: Path, city: City) -> Recording:
    """The whole day, its seal and its order checked; raises `RecordingProblem`."""
    with _Archive(file) as archive, no_collection():
        about = archive.about()
        if about.city != city.code:
            raise other_city(file.name, about.city, city.code)
        archive.check_seal()
        start = archive.part(_START, Snapshot)
        events = archive.events(start.rev + 1, about.epoch)
        return Recording(
            about=about,
            start=start,
            events=events,
            moments=moments_of(events, start.clock, about.begins),
            tracks=archive.tracks(about),
        )


class _Archive:
    """The members of one file; whatever is wrong becomes a `RecordingProblem` that names the member."""

    def __init__(self, file: Path) -> None:
        self._name = file.name
        try:
            self._file = file.open("rb")
        except OSError as error:
            raise foreign(self._name, error.strerror or type(error).__name__) from error
        try:
            self._zip = zipfile.ZipFile(self._file)
            self._check_names()
        except BaseException as error:
            is_ours = self._looks_cut()
            self._file.close()
            if isinstance(error, zipfile.BadZipFile | ValueError | EOFError | OSError):
                problem = truncated(self._name, "the table of contents") if is_ours else None
                raise problem or foreign(self._name, "not a zip file") from error
            raise
        self._sealed: dict[str, str] = {}

    def _looks_cut(self) -> bool:
        """Whether it begins as a recording does: the table of contents of a zip is at its end."""
        self._file.seek(0)
        return self._file.read(40)[30:40] == _ABOUT.encode()

    def _check_names(self) -> None:
        names = self._zip.namelist()
        if len(set(names)) != len(names):
            raise foreign(self._name, "two members of one name")
        if _ABOUT not in names:
            raise foreign(self._name, f"it has no {_ABOUT}")
        if sum(info.file_size for info in self._zip.infolist()) > _LARGEST:
            raise foreign(self._name, "it unpacks to more than any day needs")

    def __enter__(self) -> "_Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._file.close()

    def about(self) -> About:
        """The header; its format is looked at before anything else is believed."""
        content = self._read(_ABOUT)
        try:
            version = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("format")
            number = msgspec.json.decode(version or b"null", type=int)
        except (msgspec.DecodeError, ValueError) as error:
            raise foreign(self._name, f"{_ABOUT} names no format") from error
        if number > FORMAT:
            raise newer(self._name, number, FORMAT)
        about = self._decode(_ABOUT, content, _Header).about
        if about is None or not timedelta(0) < about.ends - about.begins <= _LONGEST:
            raise damaged(self._name, _ABOUT, "it names no day")
        return about

    def check_seal(self) -> None:
        """Every member is there and as it was written."""
        if _SEAL not in self._zip.namelist():
            raise truncated(self._name, _SEAL)
        self._sealed = self.part(_SEAL, dict[str, str])
        there = set(self._zip.namelist()) - {_SEAL}
        for name in (_ABOUT, _START, _TRACKS, *sorted(self._sealed)):
            if name not in there or name not in self._sealed:
                raise truncated(self._name, name)
        for name in sorted(there - set(self._sealed)):
            raise damaged(self._name, name[:80], "it is not in the seal")

    def events(self, first: int, epoch: str) -> list[Event]:
        """All events, from rev `first` on."""
        decoder = msgspec.json.Decoder(Event)
        found: list[Event] = []
        name = "events"
        try:
            for name in sorted(n for n in self._sealed if n.startswith("events/")):
                found.extend(map(check_times, decoder.decode_lines(self._read(name))))
            name = "events"
            check_events(found, first, epoch)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise damaged(self._name, name, str(error)[:200]) from error
        return found

    def tracks(self, about: About) -> Tracks:
        """The positions."""
        try:
            return Tracks(self.part(_TRACKS, Columns), about.begins)
        except ValueError as error:
            raise damaged(self._name, _TRACKS, str(error)) from error

    def part(self, name: str, kind: type[T]) -> T:
        """One JSON member as `kind`."""
        return self._decode(name, self._read(name), kind)

    def _decode(self, name: str, content: bytes, kind: type[T]) -> T:
        try:
            return decode(content, kind)
        except BadInput as error:
            raise damaged(self._name, name, str(error)[:200]) from error

    def _read(self, name: str) -> bytes:
        try:
            content = self._zip.read(name)
        except KeyError as error:
            raise truncated(self._name, name) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise damaged(self._name, name, str(error)[:200]) from error
        wanted = self._sealed.get(name)
        if wanted is not None and hashlib.sha256(content).hexdigest() != wanted:
            raise damaged(self._name, name, "its SHA-256 differs from the seal")
        return content


def recordings(data_dir: Path) -> Mapping[Path, About]:
    """The recordings of a data folder in the order of their names; those that cannot be read are left out."""
    found: dict[Path, About] = {}
    for file in sorted((data_dir / FOLDER).glob(f"*{SUFFIX}")):
        try:
            found[file] = read_about(file)
        except RecordingProblem:
            continue
    return found
