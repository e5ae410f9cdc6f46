"""The `.batonscenario` file: a stretch of a day to train on, with what is expected of whoever plays it.

Members are those of a `.batonday` (see file.py); the header adds title, notes and expectations.
The format is described in docs/scenario.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from console.domain.city import City
from console.domain.event import Event
from console.replay.archive import ABOUT, Archive, write_archive
from console.replay.expectation import Expectation, check_expectations
from console.replay.file import checked, members_of, read_members
from console.replay.problem import RecordingProblem, What, empty, foreign
from console.replay.recording import About, Recording, calls_in, snapshot_of
from console.replay.timeline import Timeline
from console.wire.codec import encode, event_hash

FORMAT = 1
"""Version of the container; a file with a higher one is refused."""

SUFFIX = What.SCENARIO.suffix
FOLDER = "scenarios"
"""Where a data folder keeps them."""

_PERSONAL = frozenset({"citizen", "phone", "address"})
"""Fields of `domain.command.Private`; its `words` have a namesake in the log, which is the staff's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A stretch to play. `recording.about.begins`–`ends` are its bounds; `about.day` is the day it is of."""

    title: str
    recording: Recording
    notes: str = ""
    expectations: tuple[Expectation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    title: str
    notes: str = ""
    expectations: list[Expectation] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    format: int
    about: About | None = None
    scenario: _Plan | None = None


def cut(
    timeline: Timeline,
    first: datetime,
    last: datetime,
    title: str,
    notes: str = "",
    expectations: Iterable[Expectation] = (),
) -> Scenario:
    """The stretch from `first` to `last` (aware, cut to the day) as a scenario; names of seats become roles.

    Raises `RecordingProblem` when nothing happens in it, `ValueError` for bounds turned round.
    """
    whole = timeline.recording
    begins, ends = max(first, whole.about.begins), min(last, whole.about.ends)
    if not begins < ends:
        raise ValueError(f"a scenario cannot end ({last}) before it begins ({first})")
    span = timeline.between(begins, ends)
    if not span:
        raise empty(title, f"{begins:%H:%M}–{ends:%H:%M}")
    picture = timeline.picture_at(begins)
    clock = picture.clock or whole.start.clock
    events = _without_names(whole.events[span.start : span.stop])
    about = replace(whole.about, begins=begins, ends=ends, calls=calls_in(events), volumes=None)
    recording = Recording(
        about=about,
        start=snapshot_of(picture, whole.about.city, clock),
        events=events,
        moments=whole.moments[span.start : span.stop],
        tracks=whole.tracks.part(begins, ends),
    )
    return Scenario(title=title, notes=notes, expectations=tuple(expectations), recording=recording)


def _without_names(events: Iterable[Event]) -> list[Event]:
    """The events with roles for seats and a chain of hashes of their own."""
    found: list[Event] = []
    prev = ""
    for event in events:
        linked = replace(event, actor=event.role.value, prev_hash=prev)
        prev = event_hash(linked)
        found.append(replace(linked, hash=prev))
    return found


def write_scenario(scenario: Scenario, file: Path) -> None:
    """Write it whole or not at all; raises `OSError`, and `ValueError` where personal data stand in it."""
    recording = scenario.recording
    for event in recording.events:
        check_impersonal(event)
    plan = _Plan(
        title=scenario.title, notes=scenario.notes, expectations=list(scenario.expectations)
    )
    header = _Header(format=FORMAT, about=recording.about, scenario=plan)
    write_archive(file, [(ABOUT, encode(header)), *members_of(recording)])


def check_impersonal(event: Event) -> None:
    """Raise `ValueError` where an event holds a citizen's name, telephone or address."""
    for fields in (event.change, event.note):
        if personal := _PERSONAL & set(_keys(fields)):
            raise ValueError(
                f"event {event.rev} holds personal data: {', '.join(sorted(personal))}"
            )


def _keys(value: Any) -> Iterable[str]:
    """All keys at any depth."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys(inner)


def read_scenario(file: Path, city: City) -> Scenario:
    """All of it, its seal and its order checked; raises `RecordingProblem`."""
    with Archive(file, What.SCENARIO) as archive:
        header = archive.header(_Header, FORMAT)
        plan = header.scenario
        if plan is None:
            raise foreign(archive.name, "it has no title and no expectations", What.SCENARIO)
        try:
            check_expectations(plan.expectations)
        except ValueError as error:
            raise archive.damaged(ABOUT, str(error)) from error
        recording = read_members(archive, checked(header.about, archive), city)
        if not recording.events:
            about = recording.about
            raise empty(archive.name, f"{about.begins:%Y-%m-%d %H:%M}–{about.ends:%H:%M} UTC")
        return Scenario(
            title=plan.title,
            notes=plan.notes,
            expectations=tuple(plan.expectations),
            recording=recording,
        )


def scenarios(folder: Path) -> Mapping[Path, str]:
    """The scenarios of a folder with their titles, in the order of their names; unreadable ones are left out."""
    found: dict[Path, str] = {}
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        title = _title(file)
        if title is not None:
            found[file] = title
    return found


def _title(file: Path) -> str | None:
    try:
        with Archive(file, What.SCENARIO) as archive:
            plan = archive.header(_Header, FORMAT).scenario
    except RecordingProblem:
        return None
    return None if plan is None else plan.title
