"""Days are made in a real process of their own, one after the other."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess
from pytestqt.qtbot import QtBot

from console.feed.make_day import Plan
from console.geo.city import load_city
from console.paths import ROOT
from console.replay.file import read_recording
from console.views.training.day_maker import DayMaker

TINY = ROOT / "tests" / "packs" / "tiny"
FIRST = Plan(day=date(2026, 3, 4), calls=5, seed=1)


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DayMaker]:
    parent = QObject()
    made = DayMaker(tmp_path, TINY, parent)
    yield made
    made.end()
    parent.deleteLater()


def test_a_day_is_made_with_progress(maker: DayMaker, qtbot: QtBot) -> None:
    told: list[float | None] = []
    maker.changed.connect(lambda: told.append(maker.progress(FIRST)))
    with qtbot.waitSignal(maker.made, timeout=60_000) as made:
        maker.want(FIRST)
        maker.want(FIRST)
    assert made.args == [maker.file_of(FIRST)]
    assert read_recording(maker.file_of(FIRST), load_city(TINY)).about.made == FIRST.made
    shown = [done for done in told if done is not None]
    assert shown == sorted(shown)
    assert shown[-1] == 1.0
    assert maker.orders == []
    maker.want(FIRST)
    assert maker.orders == []


def test_what_cannot_be_made_says_why_and_the_next_is_made(maker: DayMaker, qtbot: QtBot) -> None:
    never = Plan(day=date(2026, 3, 4), calls=0, seed=1)
    with qtbot.waitSignal(maker.made, timeout=60_000):
        maker.want(never)
        maker.want(FIRST)
    problem = maker.problem(never)
    assert problem is not None
    assert "--calls" in problem["zh"]
    assert maker.problem(FIRST) is None


def test_the_end_of_the_program_ends_the_process(maker: DayMaker, tmp_path: Path) -> None:
    maker.want(FIRST)
    assert maker._process.waitForStarted()
    maker.end()
    assert maker._process.state() is QProcess.ProcessState.NotRunning
    assert not maker.file_of(FIRST).exists()
    assert maker.orders == []
