"""What a comparison says, on the screen, on paper and as data."""

import csv
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.i18n import Texts
from console.live.tasks import Tasks
from console.replay.branch import Branch
from console.replay.comparison import Comparison, Course
from console.views.training import comparison_export, counting
from console.views.training.comparing import Comparing
from console.views.training.comparison_words import COLUMNS, ComparisonWords
from console.views.training.replay_page import ReplayPage
from tests.qt.views.training_room import Room, at, furnish
from tests.unit.field.rehearsing import CITY

NOON = datetime(2026, 6, 3, 4, 0, tzinfo=UTC)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    tasks = Tasks()
    made = furnish(qtbot, tmp_path, monkeypatch, tasks)
    yield made
    tasks.stop()
    made.stage.board.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def comparing(room: Room) -> Comparing:
    """An hour in which the trainee did nothing."""
    page = room.open()
    room.go_to(10)
    page.take_over()
    branch = room.scene.link.branch
    assert branch is not None
    branch.run_until(at(11))
    page.compare()
    found = page.comparing
    room.qtbot.waitUntil(lambda: bool(found.table.rows))
    return found


class Turnstile:
    """Lets counts through only when a test says so, and knows how many are inside at once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open, self.counts = threading.Event(), 0
        real = counting.compare

        def compare(branch: Branch) -> Comparison:
            self.counts += 1
            assert self.open.wait(10)
            return real(branch)

        monkeypatch.setattr(counting, "compare", compare)


@pytest.fixture
def turnstile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turnstile]:
    found = Turnstile(monkeypatch)
    yield found
    found.open.set()


def taken_over(room: Room) -> ReplayPage:
    page = room.open()
    room.go_to(10)
    page.take_over()
    branch = room.scene.link.branch
    assert branch is not None
    branch.run_until(at(10.5))
    return page


def passes(room: Room) -> bool:
    """Whether the branch moves when time passes."""
    link = room.scene.link
    before = link.playback.position
    link.set_rate(600)
    link.play()
    link.pump()
    return link.playback.position > before


def test_one_count_at_a_time_and_the_branch_stands_until_it_is_over(
    room: Room, turnstile: Turnstile
) -> None:
    page = taken_over(room)
    for _ in range(3):
        page.take_over_or_compare()
    room.qtbot.waitUntil(lambda: turnstile.counts == 1)
    assert not passes(room)
    room.scene.link.pause()
    turnstile.open.set()
    room.qtbot.waitUntil(lambda: bool(page.comparing.table.rows))
    assert turnstile.counts == 1
    room.qtbot.waitUntil(lambda: passes(room))


def test_a_screen_that_is_built_anew_while_it_counts_leaves_a_branch_that_goes_on(
    room: Room, turnstile: Turnstile
) -> None:
    page = taken_over(room)
    page.compare()
    room.qtbot.waitUntil(lambda: turnstile.counts == 1)
    room.again("en")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    turnstile.open.set()
    room.qtbot.waitUntil(lambda: passes(room))


def test_another_branch_is_counted_anew(room: Room, turnstile: Turnstile) -> None:
    page = taken_over(room)
    page.compare()
    room.qtbot.waitUntil(lambda: turnstile.counts == 1)
    page.give_back()
    page.take_over()
    branch = room.scene.link.branch
    page.compare()
    turnstile.open.set()
    room.qtbot.waitUntil(lambda: bool(page.comparing._found))
    assert turnstile.counts == 2
    assert branch is not None
    assert page.comparing._found is not None
    assert page.comparing._found.begun == branch.begun


def test_idleness_shows_in_every_figure(comparing: Comparing) -> None:
    found = comparing._found
    assert found is not None
    pairs = {p.name: p for p in comparing._words.pairs(found)}
    assert int(pairs["派出"].branch) == 0 < int(pairs["派出"].history)
    assert int(pairs["未派"].branch) > int(pairs["未派"].history)
    share, parts = pairs["30 分钟响应"].history.split("  ")
    assert share.endswith(" %")
    assert parts == f"{found.history.response.amount}/{len(found.history.response.denominator)}"
    idle, busy = found.branch.response.value, found.history.response.value
    assert idle is not None
    assert busy is not None
    assert idle < busy
    assert all(p.hint for p in pairs.values())
    assert comparing._words.span(found) == "10:00 到 11:00 的对照"
    differ = [r for r in comparing.table.rows if r.history[1] != r.branch[1]]
    assert differ
    assert all(len(r.history) == len(COLUMNS) for r in differ)


def test_the_table_is_written_with_the_stamp_on_every_line(
    comparing: Comparing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out.csv"
    monkeypatch.setattr(comparison_export, "choose_file", lambda *_: file)
    comparing._save_csv()
    assert comparing.banner.words() == "已保存 out.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head, *rows = list(csv.reader(lines))
    assert len(head) == 5 + 2 * len(COLUMNS)
    assert {row[0] for row in rows} == {"演练 · 非实时"}
    assert [row[1] for row in rows] == [r.case for r in comparing.table.rows]


def test_the_sheet_is_a_pdf_and_a_folder_that_is_not_there_is_said(
    comparing: Comparing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out.pdf"
    monkeypatch.setattr(comparison_export, "choose_file", lambda *_: file)
    comparing._save_pdf()
    assert file.read_bytes().startswith(b"%PDF")
    gone = tmp_path / "gone" / "out.pdf"
    monkeypatch.setattr(comparison_export, "choose_file", lambda *_: gone)
    comparing._save_pdf()
    assert comparing.banner.property("kind") == "error"
    assert "out.pdf" in comparing.banner.words()


@pytest.mark.parametrize(
    ("course", "words"),
    [
        (Course(state=CaseState.DISPATCHED, dispatched_at=NOON), "已派未签收"),
        (Course(state=CaseState.DISPATCHED, acknowledged_at=NOON), "已签收"),
        (Course(state=CaseState.DISPATCHED, acknowledged_at=NOON, arrived_at=NOON), "到场处置"),
        (Course(state=CaseState.CLOSED, acknowledged_at=NOON), "已办结"),
        (None, "不在画面中"),
    ],
)
def test_a_course_is_said_as_people_say_it(course: Course | None, words: str) -> None:
    texts = Texts("zh", strict=True)
    said = ComparisonWords(CITY, texts)._course(course)[0]
    state = {
        "已派未签收": "dispatched",
        "已签收": "acknowledged",
        "到场处置": "on_scene",
        "已办结": "closed",
    }
    assert said == (texts(f"state.{state[words]}") if words in state else words)


def test_long_waits_are_said_in_hours() -> None:
    words = ComparisonWords(CITY, Texts("en", strict=True))
    assert words.lasted(timedelta(minutes=47)) == "47 min"
    assert words.lasted(timedelta(minutes=125)) == "2 h 05 min"
