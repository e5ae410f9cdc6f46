"""The `.batonscenario` file: a stretch of a day to train on, with what is expected of whoever plays it.

Members are those of a `.batonday` (see file.py); the header adds title, notes and expectations.
The format is described in docs/scenario.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from console.domain.city import City
from console.replay.archive import ABOUT, Archive, write_archive
from console.replay.expectation import Expectation, check_expectations
from console.replay.file import checked, members_of, read_members
from console.replay.nameless import check_impersonal, nameless_events, nameless_picture
from console.replay.problem import RecordingProblem, What, empty, foreign
from console.replay.recording import About, Recording, calls_in, snapshot_of
from console.replay.timeline import Timeline
from console.wire.codec import encode

FORMAT = 1
"""Version of the container; a file with a higher one is refused."""

SUFFIX = What.SCENARIO.suffix
FOLDER = "scenarios"
"""Where a data folder keeps them."""


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
    """The stretch from `first` to `last` (aware, cut to the day) as a scenario; without the staff's names.

    Raises `RecordingProblem` when nothing happens in it, `ValueError` for bounds turned round.
    """
    whole = timeline.recording
    begins, ends = max(first, whole.about.begins), min(last, whole.about.ends)
    if not begins < ends:
        raise ValueError(f"a scenario cannot end ({last}) before it begins ({first})")
    span = timeline.between(begins, ends)
    if not span:
        local = begins.astimezone(timeline.tz), ends.astimezone(timeline.tz)
        raise empty(title, f"{local[0]:%Y-%m-%d %H:%M}–{local[1]:%H:%M}")
    known = timeline.picture_at(begins)
    page = snapshot_of(known, whole.about.city, known.clock or whole.start.clock)
    events = nameless_events(whole.events[span.start : span.stop])
    about = replace(whole.about, begins=begins, ends=ends, calls=calls_in(events), volumes=None)
    recording = Recording(
        about=about,
        start=snapshot_of(nameless_picture(page, timeline.tz), whole.about.city, page.clock),
        events=events,
        moments=whole.moments[span.start : span.stop],
        tracks=whole.tracks.part(begins, ends),
    )
    return Scenario(title=title, notes=notes, expectations=tuple(expectations), recording=recording)


def write_scenario(scenario: Scenario, file: Path) -> None:
    """Write it whole or not at all; raises `OSError`, `ValueError` for personal data or a bad expectation."""
    check_expectations(scenario.expectations)
    recording = scenario.recording
    for event in recording.events:
        check_impersonal(event)
    plan = _Plan(
        title=scenario.title, notes=scenario.notes, expectations=list(scenario.expectations)
    )
    header = _Header(format=FORMAT, about=recording.about, scenario=plan)
    write_archive(file, [(ABOUT, encode(header)), *members_of(recording)])


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
            local = about.begins.astimezone(city.tz), about.ends.astimezone(city.tz)
            raise empty(archive.name, f"{local[0]:%Y-%m-%d %H:%M}–{local[1]:%H:%M}")
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
