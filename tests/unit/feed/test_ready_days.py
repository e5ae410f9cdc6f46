"""The days a training begins with are made once, by one process at a time, and say how far they are."""

import io
import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from console.feed.cli import main
from console.feed.make_day import Plan
from console.feed.progress import Progress, Stopped
from console.feed.ready_days import LOCK_NAME, make_ready, missing, ready_plans
from console.feed.status import Status
from console.replay.file import FOLDER, write_recording
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import recording

TODAY = date(2026, 11, 24)
TINY = Path(__file__).parents[2] / "packs" / "tiny"


class Kitchen:
    """Writes the same small day under each plan's name, and remembers what was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, io.StringIO()
        self.status, self.stop = Status(self.out), threading.Event()
        self.made: list[tuple[Plan, dict[str, object]]] = []

    def make(self, plan: Plan, **about: object) -> None:
        self.made.append((plan, about))
        told = replace(recording().about, day=plan.day, made=plan.made)
        write_recording(replace(recording(), about=told), self.folder / FOLDER / plan.name)

    def run(self, today: date = TODAY) -> None:
        make_ready(self.folder, CITY, today, self.make, self.status, self.stop)

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("today", "ordinary", "peak"),
    [
        (date(2026, 11, 24), date(2026, 11, 18), date(2026, 6, 4)),
        (date(2026, 11, 25), date(2026, 11, 18), date(2026, 6, 4)),
        (date(2026, 11, 26), date(2026, 11, 25), date(2026, 6, 4)),
        (date(2026, 6, 4), date(2026, 6, 3), date(2025, 6, 4)),
        (date(2026, 6, 5), date(2026, 6, 3), date(2026, 6, 4)),
    ],
)
def test_an_ordinary_wednesday_and_the_peak(today: date, ordinary: date, peak: date) -> None:
    one, two = ready_plans(today)
    assert (one.day, one.calls, one.storm) == (ordinary, 3_282, False)
    assert (two.day, two.calls, two.storm) == (peak, 10_400, True)


def test_what_is_there_is_not_made_again_also_on_a_later_day(tmp_path: Path) -> None:
    kitchen = Kitchen(tmp_path)
    kitchen.run()
    assert [plan for plan, _ in kitchen.made] == list(ready_plans(TODAY))
    assert kitchen.made[1][1] == {"day": "2026-06-04", "number": 2, "of": 2}
    kitchen.run(date(2027, 7, 1))
    assert len(kitchen.made) == 2
    assert [line["made"] for line in kitchen.lines() if line["state"] == "ended"] == [2, 0]


def test_a_day_of_another_city_or_another_making_does_not_count(tmp_path: Path) -> None:
    one, two = ready_plans(TODAY)
    for number, about in enumerate(
        (
            replace(recording().about, city="460100", made=one.made),
            replace(recording().about, made={**one.made, "seed": 99}),
            replace(recording().about, made=two.made),
        )
    ):
        file = tmp_path / FOLDER / f"{number}.batonday"
        write_recording(replace(recording(), about=about), file)
    assert list(missing(tmp_path, CITY, TODAY)) == [one]


def test_the_second_process_waits_and_then_finds_them(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    first = FileLock(tmp_path / FOLDER / LOCK_NAME, thread_local=False)
    first.acquire()
    kitchen = Kitchen(tmp_path)
    waits = threading.Event()
    kitchen.status.say = lambda state, **_: waits.set() if state == "waiting" else None  # type: ignore[method-assign]
    second = threading.Thread(target=kitchen.run)
    second.start()
    assert waits.wait(10)
    assert kitchen.made == []
    Kitchen(tmp_path).make(ready_plans(TODAY)[0])
    Kitchen(tmp_path).make(ready_plans(TODAY)[1])
    first.release()
    second.join(10)
    assert not second.is_alive()
    assert kitchen.made == []


def test_who_waits_can_be_stopped_and_leaves_the_lock_free(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    kitchen = Kitchen(tmp_path)
    kitchen.stop.set()
    with FileLock(tmp_path / FOLDER / LOCK_NAME), pytest.raises(Stopped):
        kitchen.run()
    kitchen.stop.clear()
    kitchen.run()
    assert len(kitchen.made) == 2


def test_progress_says_what_it_is_about_and_can_be_stopped() -> None:
    out, stop = io.StringIO(), threading.Event()
    progress = Progress(Status(out), io.StringIO(), stop=stop, about={"number": 1, "of": 2})
    progress.stage(0.5)
    progress.tell(1.0)
    assert json.loads(out.getvalue().splitlines()[-1]) == {
        "state": "making",
        "done": 0.5,
        "number": 1,
        "of": 2,
    }
    stop.set()
    with pytest.raises(Stopped):
        progress.tell(1.0)


def test_the_command_makes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.feed.ready_days.ORDINARY_CALLS", 60)
    monkeypatch.setattr("console.feed.ready_days.PEAK_CALLS", 90)
    words = ["make-day", "--ready", "--city", str(TINY), "--data-dir", str(tmp_path)]
    assert main(words) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == {"state": "ended", "made": 2}
    assert [line["number"] for line in lines if line["state"] == "made"] == [1, 2]
    assert len(list((tmp_path / FOLDER).glob("*.batonday"))) == 2
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"state": "ended", "made": 0}


@pytest.mark.parametrize("words", [["--ready", "--date", "2025-06-04"], []])
def test_one_of_both_is_needed(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["make-day", *words, "--data-dir", str(tmp_path)])
