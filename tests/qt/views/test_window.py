from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.domain.city import City
from console.domain.clock import Level
from console.i18n import LANGUAGES, Texts
from console.live.board import Board
from console.live.timekeeper import STALE_S
from console.settings import Placed
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.tables.queue_order import QueueTab
from console.views.displays import key_of
from console.views.help import About, KeyHelp
from console.views.window import Window
from console.wire.frames import DomainClock
from console.wire.messages import LinkChanged, LinkState
from tests.qt.desk_picture import NOW, add_case
from tests.qt.views.stand_ins import StandInLink, StandInMap, desk_of, snapshot_of

MakeWindow = Callable[..., Window]


def shown_words(root: QWidget) -> list[str]:
    """Every text of a label, button or field that is in sight."""
    words: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        if isinstance(widget, QLabel | QPushButton):
            words.append(widget.text())
        if isinstance(widget, QLineEdit):
            words.append(widget.placeholderText())
    return [w for w in words if w]


def citizens_words(window: Window) -> str:
    """What the card shows of the citizen's words."""
    box = desk_of(window).findChild(QPlainTextEdit, "words")
    assert isinstance(box, QPlainTextEdit)
    return box.toPlainText()


# -- building ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_on_the_window_is_a_key_or_a_template(
    make_window: MakeWindow, board: Board, desk_picture: Picture, city: City, lang: str
) -> None:
    made = make_window(lang)
    made.show()
    board.sink(snapshot_of(desk_picture, city, simulated=True))
    board.drain()
    board.ticked.emit()
    words = shown_words(made)
    assert len(words) > 20
    assert [w for w in words if "{" in w or "}" in w] == []
    assert [w for w in words if made.texts.has(w)] == []
    assert city.name in made.windowTitle() or city.name_en in made.windowTitle()


def test_in_english_no_chinese_is_left_outside_the_data(
    make_window: MakeWindow, board: Board, city: City
) -> None:
    made = make_window("en")
    made.show()
    board.ticked.emit()
    chinese = [w for w in shown_words(made) if any("\u4e00" <= c <= "\u9fff" for c in w)]
    assert chinese == []


def test_without_a_picture_nothing_is_chosen(make_window: MakeWindow, board: Board) -> None:
    made = make_window()
    made.show()
    board.changed.emit(ChangeSet(everything=True))
    board.ticked.emit()
    assert desk_of(made).selection.case is None
    assert desk_of(made).workers.ids() == desk_of(made).units.ids() == []


def test_orders_without_a_link_are_not_lost_without_a_word(
    make_window: MakeWindow, board: Board, desk_picture: Picture, city: City
) -> None:
    made = make_window()
    board.sink(snapshot_of(desk_picture, city))
    board.drain()
    case = next(c for c in desk_picture.cases.values() if c.state is CaseState.RECEIVED)
    made.orders.register(case.id)
    assert made.status.said() == made.texts("age.offline_never")


def test_where_it_was_is_remembered_when_it_is_closed(make_window: MakeWindow) -> None:
    made = make_window()
    made.show()
    made.close()
    kept = made._preferences.load().main
    assert kept is not None
    assert (kept.screen, kept.width, kept.height) == ("desk", made.width(), made.height())
    assert kept.display == key_of(made.screen())


@pytest.mark.parametrize(
    "rubbish",
    [
        Placed(screen="desk", display="gone", x=-90_000, y=90_000, width=-5, height=2**30),
        Placed(screen="no such screen", width=10**12, height=0),
    ],
)
def test_a_place_that_is_rubbish_is_no_matter(make_window: MakeWindow, rubbish: Placed) -> None:
    made = make_window()
    made._preferences.save(main=rubbish, torn=(rubbish,))
    made.show_remembered()
    assert made.isVisible()
    assert made.screen().geometry().contains(made.geometry().topLeft())
    assert list(made.torn) == []


# -- the chosen case ------------------------------------------------------------------------------------


def test_something_is_chosen_at_the_start(window: Window, board: Board) -> None:
    assert desk_of(window).selection.case == desk_of(window).queue.model.first_case()
    assert len(desk_of(window).workers.ids()) == 12
    assert len(desk_of(window).units.ids()) == len(board.city.units)


def test_a_row_that_is_chosen_fills_card_and_both_lists(
    window: Window, link: StandInLink, qtbot: QtBot, map_of: Callable[[], StandInMap]
) -> None:
    desk = desk_of(window)
    before = desk.units.ids(), desk.workers.ids()
    view = desk.queue.view
    chosen = [desk.queue.model.id_at(n) for n in range(1, desk.queue.model.rowCount())]
    seen = set()
    for row, case_id in enumerate(chosen[:4], start=1):
        view.select_row(row)
        assert desk.selection.case == case_id
        assert desk.card.shown() == case_id
        assert map_of().selected["case"] == case_id
        seen.add((tuple(desk.units.ids()), tuple(desk.workers.ids())))
    assert len(seen | {tuple(map(tuple, before))}) > 1
    qtbot.waitUntil(lambda: citizens_words(window) == f"words of {chosen[3]}")
    assert chosen[3] in link.asked


def test_what_arrives_late_for_another_case_is_not_shown(
    window: Window, link: StandInLink, qtbot: QtBot
) -> None:
    model, view = desk_of(window).queue.model, desk_of(window).queue.view
    for row in (1, 2, 3, 1, 2):
        view.select_row(row)
    last = model.id_at(2)
    qtbot.waitUntil(lambda: citizens_words(window) == f"words of {last}")
    qtbot.waitUntil(lambda: not window.stage.tasks._open)
    assert citizens_words(window) == f"words of {last}"


def test_a_case_pressed_on_the_map_is_chosen_in_the_queue(
    window: Window, map_of: Callable[[], StandInMap]
) -> None:
    model = desk_of(window).queue.model
    map_of().case_pressed.emit(model.id_at(5))
    assert desk_of(window).selection.case == model.id_at(5)
    assert desk_of(window).queue.view.current_id() == model.id_at(5)


def test_one_key_goes_back_to_the_case_before(window: Window) -> None:
    model, view = desk_of(window).queue.model, desk_of(window).queue.view
    view.select_row(3)
    view.select_row(4)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk_of(window).selection.case == model.id_at(3)


def test_a_chosen_case_that_leaves_the_picture_clears_the_card(
    window: Window, board: Board
) -> None:
    case = desk_of(window).selection.case
    assert case is not None
    del board.picture.cases[case]
    board.changed.emit(ChangeSet(removed_cases={case}))
    board.ticked.emit()
    assert desk_of(window).card.shown() is None


# -- the top bar -------------------------------------------------------------------------------------------


def test_counts_filter_the_queue(window: Window, board: Board) -> None:
    queue = desk_of(window).queue
    window.stage.selection.filter_levels([Level.AMBER])
    rows = [queue.model.row(n) for n in range(queue.model.rowCount())]
    assert {row.level for row in rows} <= {Level.AMBER}
    window.stage.selection.filter_levels([])
    assert queue.model.rowCount() == queue.model.tab_counts()[QueueTab.WAITING]


def test_cases_without_a_place_are_shown_in_the_tab_of_all(window: Window) -> None:
    button = window.findChild(QPushButton, "without-place")
    assert button is not None
    model = desk_of(window).queue.model
    assert button.text() == window.texts("top.without_place", n=model.without_place())
    button.click()
    assert model.tab is QueueTab.ALL
    assert model.rowCount() == model.without_place() > 0


def test_offline_the_window_wears_a_frame(window: Window, board: Board) -> None:
    clock = DomainClock(domain_time=NOW, server_time=NOW, rate=1.0, simulated=False)
    moment = board.time._elapsed()
    board.time.hear(clock, moment)
    board.ticked.emit()
    assert window.frame.property("offline") is False
    board.time._heard = moment - STALE_S - 1
    board.ticked.emit()
    assert window.frame.property("offline") is True
    board.time.hear(clock, moment)
    board.ticked.emit()
    assert window.frame.property("offline") is False


def test_made_data_say_so(
    make_window: MakeWindow, board: Board, desk_picture: Picture, city: City
) -> None:
    made = make_window()
    made.show()
    mark = made.findChild(QLabel, "simulated")
    assert mark is not None
    board.sink(snapshot_of(desk_picture, city))
    board.drain()
    board.ticked.emit()
    assert not mark.isVisible()
    board.sink(snapshot_of(desk_picture, city, simulated=True))
    board.drain()
    board.ticked.emit()
    assert mark.isVisible()
    assert mark.text() == made.texts("top.simulated")


# -- what the centre and the feed say -----------------------------------------------------------------------


def test_a_link_that_is_refused_is_said_until_it_streams(window: Window, board: Board) -> None:
    board.sink(LinkChanged(LinkState.REFUSED, "token", "bad token"))
    board.drain()
    assert window.banner.isVisible()
    assert window.texts("problem.token") in window.banner.words()
    board.sink(LinkChanged(LinkState.CONNECTING))
    board.drain()
    assert window.banner.isVisible()
    board.sink(LinkChanged(LinkState.STREAMING))
    board.drain()
    assert not window.banner.isVisible()


def test_a_refusal_with_a_code_of_another_version_shows_its_detail(
    window: Window, board: Board
) -> None:
    board.sink(LinkChanged(LinkState.REFUSED, "of-tomorrow", "<b>what</b> it said"))
    board.drain()
    assert "<b>what</b> it said" in window.banner.words()


def test_a_broken_link_is_said_and_does_not_cover_anything(window: Window, board: Board) -> None:
    board.sink(LinkChanged(LinkState.BROKEN, "unreachable"))
    board.drain()
    assert window.status.said() == window.texts("error.link_broken")
    assert not window.banner.isVisible()


def test_a_recorded_day_says_how_it_was_read(window: Window, tmp_path: object) -> None:
    told = {"state": "read", "file": "day.csv", "calls": 1421, "rejected": 3, "without_place": 72}
    window.show_feed(told)
    words = window.banner.words()
    for part in ("day.csv", "1421", "3", "72", str(tmp_path)):
        assert part in words
    window.show_feed({**told, "rejected": 0})
    assert str(tmp_path) not in window.banner.words()
    (close,) = window.banner.findChildren(QPushButton)[-1:]
    close.click()
    assert not window.banner.isVisible()


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ({"state": "warming", "done": 0.42}, "42"),
        ({"state": "failed", "zh": "文件缺列", "en": "a column is missing"}, "文件缺列"),
        ({"state": "ended"}, "数据已放完"),
        ({"state": "running"}, ""),
        ({}, ""),
    ],
)
def test_the_feed_tells_how_it_stands(window: Window, told: dict[str, object], part: str) -> None:
    window.show_feed(told)
    assert part in window.status._facts_shown["feed"]
    assert bool(window.status._facts_shown["feed"]) is bool(part)


def test_a_failed_start_is_said(window: Window) -> None:
    window.show_failure("没有启动", "did not start")
    assert window.banner.words() == "没有启动"


# -- language --------------------------------------------------------------------------------------------------


def test_the_language_is_switched_and_back(
    window: Window, board: Board, link: StandInLink, qtbot: QtBot, city: City
) -> None:
    desk_of(window).queue.view.select_row(3)
    chosen = desk_of(window).selection.case
    for lang, case_word in (("en", city.case_word_en), ("zh", city.case_word)):
        window.switch_language()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert window.texts.lang == lang
        assert desk_of(window).selection.case == chosen
        assert desk_of(window).card.shown() == chosen
        assert desk_of(window).queue.model.tab_counts()[QueueTab.ALL] > 0
        assert window.texts("case.none") == Texts(lang, case_word)("case.none")
        qtbot.waitUntil(lambda: citizens_words(window) == f"words of {chosen}")
    assert window._preferences.load().lang == "zh"


def test_the_desk_of_the_other_language_hears_nothing_more(
    window: Window, board: Board, link: StandInLink, qtbot: QtBot, city: City
) -> None:
    old = desk_of(window), window.top, window.status
    window.switch_language()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any(shiboken6.isValid(part) for part in old)
    add_case(board.picture, city, 900, CaseState.REGISTERED)
    board.changed.emit(ChangeSet(cases=set(board.picture.cases), volumes=True, clock=True))
    board.changed.emit(ChangeSet(everything=True))
    board.ticked.emit()
    board.sink(LinkChanged(LinkState.BROKEN))
    board.drain()
    case = next(c for c in board.picture.cases.values() if c.state is CaseState.RECEIVED)
    window.orders.register(case.id)
    board.drain()
    assert [e.type for e in link.sent] == ["register"]


def test_the_other_language_between_signal_and_deletion(
    window: Window, board: Board, link: StandInLink
) -> None:
    """Until the event loop turns, the old desk is there still and must bear what comes."""
    window.switch_language()
    board.changed.emit(ChangeSet(cases=set(board.picture.cases)))
    board.ticked.emit()
    window.switch_language()
    board.changed.emit(ChangeSet(everything=True))
    board.ticked.emit()
    assert window.texts.lang == "zh"


def test_keys_work_once_after_the_language_was_switched(
    window: Window, link: StandInLink, qtbot: QtBot
) -> None:
    window.switch_language()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(desk_of(window).isVisible)
    row = next(
        n
        for n in range(desk_of(window).queue.model.rowCount())
        if window.orders._board.picture.cases[desk_of(window).queue.model.id_at(n)].state
        is CaseState.REGISTERED
    )
    desk_of(window).queue.view.select_row(row)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert [e.type for e in link.sent] == ["dispatch"]


# -- small windows ---------------------------------------------------------------------------------------------


def test_help_and_about_open(window: Window, city: City) -> None:
    for page in (KeyHelp(window.texts, window), About(city, window.texts, window)):
        page.show()
        assert all(label.text() for label in page.findChildren(QLabel))
        page.close()


def test_credits_of_the_city_are_plain_text(window: Window, city: City) -> None:
    page = About(city, window.texts, window)
    words = [label.text() for label in page.findChildren(QLabel)]
    assert set(city.credits) <= set(words)
    formats = {label.textFormat() for label in page.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    page.close()


def test_closing_the_window_ends_the_program(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(1))
    window.close()
    assert ended == [1]


# -- the queue's outline is the chosen case or none ----------------------------------------------------


def test_a_case_that_leaves_the_rows_leaves_no_outline_on_another(
    window: Window, board: Board
) -> None:
    queue, selection = desk_of(window).queue, desk_of(window).selection
    queue.view.select_row(4)
    chosen = queue.model.id_at(4)
    case = board.picture.cases.pop(chosen)
    board.changed.emit(ChangeSet(removed_cases={chosen}))
    board.changed.emit(ChangeSet(everything=True))
    assert selection.case == chosen
    assert queue.view.selected_ids() == []
    board.picture.cases[chosen] = case
    board.changed.emit(ChangeSet(everything=True))
    assert queue.view.selected_ids() == [chosen]


def test_a_choice_that_has_no_row_outlines_nothing(window: Window, board: Board) -> None:
    queue, selection = desk_of(window).queue, desk_of(window).selection
    queue.view.select_row(4)
    old = queue.model.id_at(4)
    other = next(c for c in board.picture.cases if queue.model.row_of(c) is None)
    selection.choose(other)
    board.changed.emit(ChangeSet(everything=True))
    assert queue.view.selected_ids() == []
    selection.choose(old)
    assert queue.view.selected_ids() == [old]
    selection.choose(None)
    assert queue.view.selected_ids() == []
