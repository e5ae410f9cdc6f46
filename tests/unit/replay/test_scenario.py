"""A scenario is a stretch of a day in a file: it plays as the day did, says what is expected, and names nobody."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.event import EntityKind, Fact, entity_ref
from console.domain.role import Role
from console.domain.roster import Turn
from console.replay.archive import Archive
from console.replay.expectation import Expectation
from console.replay.file import read_recording, write_recording
from console.replay.nameless import check_impersonal, nameless_events, nameless_picture
from console.replay.player import Player
from console.replay.problem import RecordingProblem, What
from console.replay.recording import plain_clock, snapshot_of
from console.replay.scenario import (
    SUFFIX,
    Scenario,
    cut,
    read_scenario,
    scenarios,
    write_scenario,
)
from console.replay.timeline import Timeline
from console.store.reducer import change_of
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.branching import at, timeline
from tests.unit.replay.made import recording

WANTED = (
    Expectation(figure="response", at_least="0.5"),
    Expectation(figure="longest_wait_min", at_most="600"),
)


def scenario() -> Scenario:
    return cut(timeline(), at(9), at(11), "早高峰", "一段说明", WANTED)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / f"morning{SUFFIX}"
    write_scenario(scenario(), written)
    return written


def problem_of(file: Path) -> RecordingProblem:
    with pytest.raises(RecordingProblem) as caught:
        read_scenario(file, CITY)
    assert file.name in caught.value.zh
    assert file.name in caught.value.en
    return caught.value


def rewrite(file: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)


def test_what_is_written_is_read_again(file: Path) -> None:
    read, written = read_scenario(file, CITY), scenario()
    assert (read.title, read.notes, read.expectations) == ("早高峰", "一段说明", WANTED)
    assert read.recording.about == written.recording.about
    assert read.recording.start == written.recording.start
    assert list(read.recording.events) == list(written.recording.events)
    assert list(read.recording.moments) == list(written.recording.moments)
    assert read.recording.tracks.columns() == written.recording.tracks.columns()
    assert read.recording.verify() is None
    assert scenarios(file.parent) == {file: "早高峰"}


def test_the_same_scenario_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_scenario(scenario(), again)
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("hours", [9.0, 9.5, 10.999])
def test_it_plays_as_the_day_did(file: Path, hours: float) -> None:
    line = Timeline(read_scenario(file, CITY).recording, CITY)
    player = Player(line)
    assert (player.begins, player.ends) == (at(9), at(11))
    ours, lived = line.picture_at(at(hours)), timeline().picture_at(at(hours))
    days = nameless_picture(snapshot_of(lived, CITY.code, plain_clock(at(hours))), CITY.tz)
    assert ours.cases == days.cases
    assert ours.assignments == days.assignments
    assert ours.workers == days.workers
    assert ours.day == days.day
    assert ours.digest == days.digest
    assert {w: f.position for w, f in ours.fixes.items()} == {
        w: f.position for w, f in days.fixes.items()
    }


def test_calls_of_the_minutes_are_those_of_the_stretch(file: Path) -> None:
    line = Timeline(read_scenario(file, CITY).recording, CITY)
    assert len(line.per_minute) == 120
    assert sum(line.per_minute) == line.recording.about.calls > 0


def test_a_cut_beyond_the_day_ends_at_its_edge() -> None:
    whole = cut(timeline(), at(-5), at(50), "")
    assert whole.recording.about.begins == recording().about.begins
    assert whole.recording.about.ends == recording().about.ends


def test_a_cut_of_nothing_is_told() -> None:
    with pytest.raises(RecordingProblem) as caught:
        cut(timeline(), at(3), at(3) + timedelta(microseconds=1), "夜里")
    assert caught.value.code == "recording-empty"
    assert "03:00" in caught.value.zh
    with pytest.raises(ValueError, match="before it begins"):
        cut(timeline(), at(4), at(3), "")


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_that_ends_early_is_refused(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    problem = problem_of(file)
    assert problem.code == "recording-truncated"
    assert "保存" in problem.zh


def test_a_newer_file_names_both_formats(file: Path) -> None:
    rewrite(file, lambda name, c: b'{"format":9,"acts":[]}' if name == "about.json" else c)
    problem = problem_of(file)
    assert problem.code == "recording-newer"
    assert "9" in problem.en


def test_a_changed_title_is_damage(file: Path) -> None:
    rewrite(file, lambda name, c: c.replace("早".encode(), "晚".encode()) if "about" in name else c)
    assert problem_of(file).code == "recording-damaged"


def test_a_day_is_no_scenario(tmp_path: Path) -> None:
    file = tmp_path / f"day{SUFFIX}"
    write_recording(recording(), file)
    problem = problem_of(file)
    assert problem.code == "not-a-scenario"
    assert SUFFIX in problem.zh


def test_a_scenario_is_a_day_to_whoever_only_plays(file: Path) -> None:
    assert read_recording(file, CITY).about == scenario().recording.about


def test_another_city_is_named(tmp_path: Path) -> None:
    file = tmp_path / f"other{SUFFIX}"
    about = replace(scenario().recording.about, city="460100")
    made = scenario()
    write_scenario(replace(made, recording=replace(made.recording, about=about)), file)
    assert problem_of(file).code == "recording-other-city"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_scenario_is_said_to_be_none(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert problem_of(file).code == "not-a-scenario"


@pytest.mark.parametrize(
    "wanted",
    [
        {"figure": "luck", "at_least": "1"},
        {"figure": "response"},
        {"figure": "calls", "at_most": "many"},
        {"figure": "calls", "at_most": "1e999999999"},
        {"figure": "calls", "at_most": "NaN"},
    ],
)
def test_expectations_that_cannot_be_are_refused(
    file: Path, tmp_path: Path, wanted: dict[str, str]
) -> None:
    bad = replace(scenario(), expectations=(Expectation(**wanted),))
    with pytest.raises(ValueError):
        write_scenario(bad, tmp_path / "bad")
    with zipfile.ZipFile(file) as archive:
        header = json.loads(archive.read("about.json"))
    header["scenario"]["expectations"] = [wanted]
    changed = json.dumps(header).encode()
    rewrite(file, lambda name, c: changed if name == "about.json" else c)
    assert problem_of(file).code == "recording-damaged"


def turn() -> Turn:
    return Turn(
        id="x", version=0, unit="city", start=at(8), end=at(20), name="王某", phone="13800000000"
    )


def test_nobody_is_named(file: Path) -> None:
    with Archive(file, What.SCENARIO) as archive:
        archive.check_seal(())
        everything = b"".join(archive.read(name) for name in archive.sealed)
    for word in (b'"citizen"', b'"address"', b'"phone":"', b"feed:simulator"):
        assert word not in everything.replace(b'"channel":"phone"', b"")


def test_turns_and_seats_lose_their_person() -> None:
    fact = Fact(type="turn.set", kind=EntityKind.TURN, id="x", created=turn())
    last = recording().events[-1]
    event = replace(
        last,
        actor="座席 王某",
        role=Role.SHIFT_LEADER,
        type=fact.type,
        entity=entity_ref(fact.kind, fact.id),
        change=change_of(fact),
    )
    with pytest.raises(ValueError, match="phone"):
        check_impersonal(event)
    [bare] = nameless_events([event])
    check_impersonal(bare)
    assert bare.actor == "shift_leader"
    assert bare.change["name"] == ""
    assert bare.change["unit"] == "city"
    page = replace(recording().start, turns=[turn()])
    picture = nameless_picture(page, CITY.tz)
    assert picture.turns["x"].name == picture.turns["x"].phone == ""
    again = snapshot_of(picture, CITY.code, page.clock)
    assert int(again.digest, 16) == picture.digest
    assert picture.digest != nameless_picture(recording().start, CITY.tz).digest


def test_personal_data_are_never_written(tmp_path: Path) -> None:
    made = scenario()
    first = replace(made.recording.events[0], note={"asked": [{"phone": "13800000000"}]})
    told = replace(made.recording, events=[first, *made.recording.events[1:]])
    with pytest.raises(ValueError, match="personal"):
        write_scenario(replace(made, recording=told), tmp_path / "x")
    assert not list(tmp_path.iterdir())
