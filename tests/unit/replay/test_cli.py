"""A scenario is played without a screen; the exit code says whether what was expected came true."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from console.feed.cli import main as feed
from console.field.geometry import load_geometry
from console.geo.city import load_city
from console.replay.branch import World
from console.replay.cli import main
from console.replay.expectation import Expectation, judge
from console.replay.file import FOLDER, read_recording
from console.replay.headless import Policy, play
from console.replay.scenario import SUFFIX, cut, write_scenario
from console.replay.timeline import Timeline
from console.store.picture import Picture
from tests.unit.replay.branching import WORLD, at, timeline

TINY = Path(__file__).parents[2] / "packs" / "tiny"
DAY = date(2025, 6, 4)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    """A small day of the tiny city, through its file."""
    folder = tmp_path_factory.mktemp("day")
    words = ["--date", DAY.isoformat(), "--calls", "150", "--seed", "5", "--city", str(TINY)]
    assert feed(["make-day", *words, "--data-dir", str(folder)]) == 0
    [made] = (folder / FOLDER).glob("*.batonday")
    city = load_city(TINY)
    return Timeline(read_recording(made, city), city)


def written(line: Timeline, file: Path, *expectations: Expectation) -> Path:
    about = line.recording.about
    made = cut(line, about.begins, about.ends, "小城的一天", "", expectations)
    write_scenario(made, file)
    return file


def run(file: Path, tmp_path: Path, *more: str) -> int:
    return main(["run", str(file), "--city", str(TINY), "--cache-dir", str(tmp_path), *more])


def test_what_is_met_and_what_is_not(
    line: Timeline, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = line.recording.about.calls
    good = written(
        line,
        tmp_path / f"good{SUFFIX}",
        Expectation(figure="calls", at_least=str(calls), at_most=str(calls)),
        Expectation(figure="response", at_least="0"),
    )
    assert run(good, tmp_path) == 0
    out = capsys.readouterr().out
    assert "MISSED" not in out
    assert f"{DAY} 00:00:00 – " in out
    assert "Z " not in out
    bad = written(
        line,
        tmp_path / f"bad{SUFFIX}",
        Expectation(figure="calls", at_least="1"),
        Expectation(figure="events", at_most="2"),
    )
    assert run(bad, tmp_path) == 1
    out = capsys.readouterr().out
    assert "met    calls" in out
    assert f"MISSED events ≤ 2: {len(line.recording.events) - 1}" in out


def test_json_is_for_programs(
    line: Timeline, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(line, tmp_path / f"x{SUFFIX}", Expectation(figure="returns", at_most="0.5"))
    code = run(file, tmp_path, "--json", "--policy", "none")
    told = json.loads(capsys.readouterr().out)
    assert told["policy"] == "none"
    assert told["dispatched"] == 0
    assert told["expectations"][0]["met"] is (code == 0)


def test_a_bad_file_and_a_bad_city_are_told(
    line: Timeline, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "none", tmp_path) == 2
    zh, en = capsys.readouterr().err.splitlines()
    assert "演练脚本" in zh
    assert "scenario" in en
    file = written(line, tmp_path / f"x{SUFFIX}")
    assert main(["run", str(file), "--cache-dir", str(tmp_path)]) == 2
    assert line.recording.about.city in capsys.readouterr().err


def test_the_automatic_dispatcher_beats_nobody() -> None:
    made = cut(timeline(), at(9), at(13), "")
    results = {policy: play(made, policy, WORLD) for policy in Policy}
    best, nobody, past = (results[p].figures for p in (Policy.BEST, Policy.NONE, Policy.HISTORY))
    assert best.calls == nobody.calls == past.calls
    assert best.dispatched > 20
    assert nobody.dispatched == 0
    assert best.waiting <= past.waiting < nobody.waiting
    assert best.response.value is not None
    assert best.response.value > 0.8
    assert best.longest_wait is not None
    assert nobody.longest_wait is not None
    assert best.longest_wait.lasted < nobody.longest_wait.lasted


def test_it_is_played_the_same_twice(line: Timeline, tmp_path: Path) -> None:
    city = load_city(TINY)
    geometry = load_geometry(TINY, city, tmp_path)
    world = World(city=city, locate=geometry.locate, point_in_grid=geometry.point_in_grid)
    about = line.recording.about
    made = cut(line, about.begins, about.ends, "")
    one, two = (play(made, Policy.BEST, world) for _ in range(2))
    assert one.figures == two.figures
    assert one.events == two.events


def test_no_value_is_not_met() -> None:
    """A share over no case is neither good nor bad; a wait of nobody is short."""
    made = cut(timeline(), at(9), at(9.5), "")
    played = play(made, Policy.NONE, WORLD)
    nothing = replace(played, picture=Picture(tz=timeline().tz))
    share = judge(Expectation(figure="response", at_least="0"), nothing)
    assert share.value is None
    assert not share.met
    assert share.text == "–"
    unhurt = replace(played, figures=replace(played.figures, longest_wait=None))
    wait = judge(Expectation(figure="longest_wait_min", at_most="0"), unhurt)
    assert wait.met
    assert wait.text == "0.0000"
