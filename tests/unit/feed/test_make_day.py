"""A made day is a log like any other: dense, chained, the same for the same arguments, ordinary in its figures."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.feed.cli import main
from console.feed.make_day import Plan
from console.field.figures import figures_of
from console.replay.file import FOLDER, write_recording
from console.replay.recording import check_events
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import PLAN, fresh, recording

TINY = Path(__file__).parents[2] / "packs" / "tiny"


def make(folder: Path, **more: str) -> int:
    options = {"date": "2025-06-04", "calls": "60", "seed": "5", "city": str(TINY)} | more
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return main(["make-day", *words, "--data-dir", str(folder)])


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    small = replace(PLAN, calls=80, usual=20)
    for name in ("one", "two"):
        write_recording(fresh(small), tmp_path / name)
    write_recording(fresh(replace(small, seed=4)), tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()


def test_the_events_are_dense_chained_and_within_the_day() -> None:
    made = recording()
    check_events(made.events, made.start.rev + 1, made.about.epoch)
    assert made.verify() is None
    assert made.events[0].type == "day.began"
    assert all(made.about.begins <= e.at < made.about.ends for e in made.events)
    assert [e.at for e in made.events] == sorted(e.at for e in made.events)


def test_every_call_lives_its_life() -> None:
    made = recording()
    kinds = Counter(event.type for event in made.events)
    assert made.about.calls == kinds["case.received"]
    assert 250 < made.about.calls < 560
    for kind in ("case.answered", "assignment.announced", "assignment.arrived", "case.closed"):
        assert kinds[kind] > 20
    assert kinds["worker.duty"] > 60


def test_the_morning_finds_what_the_days_before_left_open() -> None:
    start = recording().start
    assert len(start.cases) > 50
    assert min(c.received_at for c in start.cases) < recording().about.begins - timedelta(days=1)
    assert start.fixes


def test_a_storm_brings_trees_down() -> None:
    families = figures_of(CITY).families

    def share(plan: Plan) -> float:
        received = [e for e in fresh(plan).events if e.type == "case.received"]
        return sum(families.get(e.change["category"]) == "trees" for e in received) / len(received)

    small = replace(PLAN, calls=200, usual=20)
    assert share(replace(small, storm=True)) > 3 * share(small) > 0


def test_the_command_writes_a_file_and_tells_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    done = [line["done"] for line in lines if line["state"] == "making"]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert lines[-1]["state"] == "made"
    [file] = (tmp_path / FOLDER).iterdir()
    assert lines[-1]["file"] == str(file)
    assert file.name == "2025-06-04-60-s5.batonday"


@pytest.mark.parametrize(
    "more",
    [{"date": "2025-02-30"}, {"date": "2999-01-01"}, {"calls": "0"}, {"calls": "100001"}],
)
def test_a_plan_that_cannot_be_is_refused_with_its_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: dict[str, str]
) -> None:
    assert make(tmp_path, **more) == 2
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    [option] = more
    assert told["problem"] == option
    assert f"--{option}" in told["zh"]
    assert f"--{option}" in told["en"]
    assert not (tmp_path / FOLDER).exists()


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert make(blocked) == 2
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["problem"] == "data-dir"
    assert str(blocked) in told["en"]
