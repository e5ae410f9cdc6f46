"""The `.batonday` file: a recording as a sealed zip of JSON.

Members: `about.json` (`format`, and `recording.About`), `start.json` (a `wire.frames.Snapshot`),
`events/NNNN.jsonl` (events as `/v1/log` gives them, one a line), `tracks.json`
(`tracks.Columns`), `seal.json` (the SHA-256 of every other member). No member holds personal data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import msgspec

from console.domain.city import City
from console.domain.event import Event
from console.replay.archive import ABOUT, Archive, write_archive
from console.replay.collection import no_collection
from console.replay.problem import IMPOSSIBLE, RecordingProblem, What, other_city
from console.replay.recording import About, Recording, check_events, moments_of
from console.replay.tracks import Columns, Tracks
from console.wire.codec import check_times, encode
from console.wire.frames import DayVolumes, Snapshot

FORMAT = 1
"""Version of the container; a file with a higher one is refused."""

SUFFIX = What.DAY.suffix
FOLDER = "recordings"
"""Where a data folder keeps them."""

_PART = 5_000
"""Events in one member."""

_LONGEST = timedelta(hours=25)
_HOURS = 24
_START, _TRACKS = "start.json", "tracks.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    format: int
    about: About | None = None


def write_recording(recording: Recording, file: Path) -> None:
    """Write it whole or not at all; raises `OSError`."""
    header = _Header(format=FORMAT, about=recording.about)
    write_archive(file, [(ABOUT, encode(header)), *members_of(recording)])


def read_about(file: Path) -> About:
    """Only what the recording is, for a list; raises `RecordingProblem`."""
    with Archive(file, What.DAY) as archive:
        return _about(archive)


def read_recording(file: Path, city: City) -> Recording:
    """The whole day, its seal and its order checked; raises `RecordingProblem`."""
    with Archive(file, What.DAY) as archive:
        return read_members(archive, _about(archive), city)


def _about(archive: Archive) -> About:
    return checked(archive.header(_Header, FORMAT).about, archive)


def recordings(data_dir: Path) -> Mapping[Path, About]:
    """The recordings of a data folder in the order of their names; those that cannot be read are left out."""
    found: dict[Path, About] = {}
    for file in sorted((data_dir / FOLDER).glob(f"*{SUFFIX}")):
        try:
            found[file] = read_about(file)
        except RecordingProblem:
            continue
    return found


# What a scenario has in common with a day


def members_of(recording: Recording) -> Iterator[tuple[str, bytes]]:
    """All members but the header and the seal."""
    yield _START, encode(recording.start)
    events = iter(recording.events)
    number = 0
    while part := list(islice(events, _PART)):
        yield f"events/{number:04d}.jsonl", b"".join(encode(event) + b"\n" for event in part)
        number += 1
    yield _TRACKS, encode(recording.tracks.columns())


def checked(about: About | None, archive: Archive) -> About:
    """The header's word on what is recorded, if it makes sense; raises `RecordingProblem`."""
    if about is None or not timedelta(0) < about.ends - about.begins <= _LONGEST:
        raise archive.damaged(ABOUT, "it names no day")
    if about.volumes is not None:
        _check_hours(about.volumes, archive, ABOUT)
    return about


def _check_hours(day: DayVolumes, archive: Archive, member: str) -> None:
    if {len(day.calls), len(day.answered), len(day.cases)} != {_HOURS}:
        raise archive.damaged(member, f"a day of volumes has {_HOURS} hours")


def read_members(archive: Archive, about: About, city: City) -> Recording:
    """The recording behind a header, its seal and its order checked; raises `RecordingProblem`."""
    if about.city != city.code:
        raise other_city(archive.name, about.city, city.code)
    with no_collection(lasting=True):
        archive.check_seal((ABOUT, _START, _TRACKS))
        start = archive.part(_START, Snapshot)
        _check_hours(start.day, archive, _START)
        events = _events(archive, start.rev + 1, about.epoch)
        return Recording(
            about=about,
            start=start,
            events=events,
            moments=_moments(events, start, about, archive),
            tracks=_tracks(archive, about),
        )


def _moments(
    events: list[Event], start: Snapshot, about: About, archive: Archive
) -> list[datetime]:
    try:
        return moments_of(events, start.clock, about.begins)
    except IMPOSSIBLE as error:
        raise archive.damaged("events", f"its clock: {error}") from error


def _events(archive: Archive, first: int, epoch: str) -> list[Event]:
    """All events, from rev `first` on."""
    decoder = msgspec.json.Decoder(Event)
    found: list[Event] = []
    name = "events"
    try:
        for name in sorted(n for n in archive.sealed if n.startswith("events/")):
            found.extend(map(check_times, decoder.decode_lines(archive.read(name))))
        name = "events"
        check_events(found, first, epoch)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise archive.damaged(name, str(error)) from error
    return found


def _tracks(archive: Archive, about: About) -> Tracks:
    try:
        return Tracks(archive.part(_TRACKS, Columns), about.begins)
    except ValueError as error:
        raise archive.damaged(_TRACKS, str(error)) from error
