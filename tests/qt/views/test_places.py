"""The places of the window: switching, lazy building, roles, windows torn off, what is hidden."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.domain.city import City
from console.domain.clock import Level
from console.domain.role import SCREENS, SCREENS_OF, Role
from console.i18n import LANGUAGES
from console.live.board import Board
from console.live.link import Link
from console.settings import Placed, Preferences, Shot
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.views import factories
from console.views.screen import Screen
from console.views.stage import Stage
from console.views.torn import TornWindow
from console.views.window import Window
from tests.qt.desk_picture import add_case
from tests.qt.views.stand_ins import StandInLink, StandInMap, desk_of, snapshot_of

MakeWindow = Callable[..., Window]
CTRL = Qt.KeyboardModifier.ControlModifier


class Page(Screen):
    """A screen that only says its name."""

    def __init__(self, stage: Stage, name: str) -> None:
        super().__init__(stage)
        self.bare = name == "wall"
        self.link: Link | None = None
        self.ended = 0
        box = QVBoxLayout(self)
        box.addWidget(QLabel(stage.texts(f"window.{name}")))

    def attach(self, link: Link) -> None:
        self.link = link

    def shut_down(self) -> None:
        self.ended += 1


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All screens but the desk are pages; tells which were built."""
    built: list[str] = []

    def maker(name: str) -> Callable[[Stage], Screen]:
        def make(stage: Stage) -> Screen:
            built.append(name)
            return Page(stage, name)

        return make

    made = {name: maker(name) for name in SCREENS if name != "desk"}
    monkeypatch.setattr(factories, "FACTORIES", {**factories.FACTORIES, **made})
    return built


def torn_of(window: Window, name: str) -> TornWindow:
    return next(torn for torn in window.torn if torn.name == name)


def delete_later() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def tab(window: Window, name: str) -> QPushButton:
    found = window.top.findChild(QPushButton, f"screen-{name}")
    assert found is not None
    return found


# -- switching ---------------------------------------------------------------------------------


def test_a_screen_is_built_when_it_is_first_entered_and_kept(
    window: Window, pages: list[str]
) -> None:
    desk = desk_of(window)
    assert pages == []
    window.go("incident")
    page = window.shown
    window.go("desk")
    assert window.shown is desk
    window.go("incident")
    assert window.shown is page
    assert pages == ["incident"]


def test_keys_and_tabs_switch(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    assert (window.name, window.shown.isVisible()) == ("incident", True)
    assert tab(window, "incident").isChecked()
    tab(window, "desk").click()
    assert window.name == "desk"
    assert tab(window, "desk").isChecked()
    assert not tab(window, "incident").isChecked()
    assert window.windowTitle().startswith(window.texts("window.desk"))


def test_a_click_on_the_tab_in_sight_leaves_it_down(window: Window) -> None:
    tab(window, "desk").click()
    assert tab(window, "desk").isChecked()


def test_a_late_screen_is_attached_and_full(window: Window, link: StandInLink) -> None:
    window.go("training")
    assert isinstance(window.shown, Page)
    assert window.shown.link is link


def test_a_screen_can_send_to_another(window: Window) -> None:
    window.shown.wanted.emit("incident")
    assert window.name == "incident"


def test_what_a_screen_says_stands_in_the_status_line(window: Window) -> None:
    window.go("incident")
    window.shown.told.emit("told so")
    assert window.status.said() == "told so"
    window.shown.said.emit("status.ready")
    assert window.status.said() == window.texts("status.ready")


# -- roles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(SCREENS_OF))
def test_every_role_begins_at_home(make_window: MakeWindow, role: Role) -> None:
    made = make_window(role=role.value)
    made.show()
    assert made.name == SCREENS_OF[role][0]
    shown = {n for n in SCREENS if made.top.findChild(QPushButton, f"screen-{n}") is not None}
    assert shown == set(SCREENS_OF[role])


def test_a_screen_that_the_role_does_not_see_says_so(window: Window, pages: list[str]) -> None:
    QTest.keyClick(window, Qt.Key.Key_3, CTRL)
    assert window.name == "desk"
    assert window.texts("role.dispatcher") in window.status.said()
    assert pages == []


def test_the_menu_shows_all_screens_and_why_not(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, tuple[bool, str]] = {}

    class Menu(QMenu):
        def exec(self, *_: object) -> None:  # type: ignore[override]
            for action in self.actions():
                seen[action.text()] = action.isEnabled(), action.toolTip()

    monkeypatch.setattr("console.views.place_window.QMenu", Menu)
    window.frame.want_menu()
    reason = window.texts("window.not_yours", role=window.texts("role.dispatcher"))
    duty = f"{window.texts('window.duty')} · {reason}"
    assert seen[duty] == (False, reason)
    assert seen[window.texts("window.incident")][0]
    assert window.texts("menu.charts") in seen


def test_with_one_screen_there_is_nothing_to_switch(make_window: MakeWindow) -> None:
    made = make_window(role="call_taker")
    made.show()
    assert not tab(made, "desk").isVisible()


def test_the_screen_that_was_asked_for_opens(make_window: MakeWindow) -> None:
    assert make_window(screen="incident").name == "incident"


def test_the_screen_where_it_was_left_opens_unless_the_role_does_not_see_it(
    make_window: MakeWindow,
) -> None:
    first = make_window()
    first.show()
    first.go("incident")
    first.close()
    assert make_window().name == "incident"
    assert make_window(role="call_taker").name == "desk"
    assert make_window(screen="desk").name == "desk"


# -- bare screens ----------------------------------------------------------------------------------


def test_a_bare_screen_has_no_bars_and_esc_leads_back(window: Window) -> None:
    window.go("wall")
    assert not window.top.isVisible()
    assert not window.status.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.name == "desk"
    assert window.top.isVisible()
    assert window.status.isVisible()


def test_over_a_bare_screen_the_mouse_finds_the_menu(window: Window) -> None:
    window.go("wall")
    button = window.findChild(QPushButton, "bare-menu-button")
    assert button is not None
    assert not button.isVisible()
    move_over(window)
    assert button.isVisible()
    window.go("desk")
    move_over(window)
    assert not button.isVisible()


def move_over(window: Window) -> None:
    press_on(window, QEvent.Type.MouseMove, Qt.MouseButton.NoButton)


def press_on(window: Window, kind: QEvent.Type, button: Qt.MouseButton) -> None:
    """What the system tells the window, before any widget hears of it."""
    handle = window.windowHandle()
    at = QPointF(900, 500)
    event = QMouseEvent(
        kind, at, handle.mapToGlobal(at), button, button, Qt.KeyboardModifier.NoModifier
    )
    QCoreApplication.sendEvent(handle, event)


# -- going back ------------------------------------------------------------------------------------


def test_three_ways_lead_back_to_the_case_before(window: Window) -> None:
    queue = desk_of(window).queue
    for back in (
        lambda: QTest.keyClick(window, Qt.Key.Key_Backspace),
        lambda: QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        lambda: press_on(window, QEvent.Type.MouseButtonPress, Qt.MouseButton.BackButton),
    ):
        queue.view.select_row(3)
        before = window.stage.selection.case
        queue.view.select_row(4)
        assert window.stage.selection.case != before
        back()
        assert window.stage.selection.case == before


def test_backspace_in_a_text_field_is_for_the_text(window: Window) -> None:
    queue = desk_of(window).queue
    queue.view.select_row(3)
    queue.view.select_row(4)
    chosen = window.stage.selection.case
    queue.focus_search()
    field = window.focusWidget()
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert queue._search.text() == "a"
    assert window.stage.selection.case == chosen


# -- what is hidden does no work ---------------------------------------------------------------------


def test_a_hidden_desk_does_no_work_and_is_right_when_shown(
    window: Window,
    board: Board,
    city: City,
    link: StandInLink,
    map_of: Callable[[], StandInMap],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, shown = desk_of(window), map_of()
    window.go("incident")
    calls: list[str] = []
    for name in ("set_cases", "update_cases", "update_workers", "set_grid_load", "select"):
        real = getattr(StandInMap, name)

        def spy(self: StandInMap, *given: object, name: str = name, real: object = real) -> None:
            calls.append(name)
            real(self, *given)  # type: ignore[operator]

        monkeypatch.setattr(StandInMap, name, spy)
    asked = list(link.asked)
    rows = desk.queue.model.tab_counts()
    new = add_case(board.picture, city, 901, CaseState.REGISTERED)
    gone = next(iter(shown.cases))
    del board.picture.cases[gone]
    board.changed.emit(ChangeSet(cases={new.id}, removed_cases={gone}, clock=True))
    board.ticked.emit()
    window.stage.selection.choose(new.id)
    assert calls == []
    assert link.asked == asked
    assert desk.queue.model.tab_counts() == rows
    assert new.id in board.picture.cases
    window.go("desk")
    assert (new.id in shown.cases, gone in shown.cases) == (new.position is not None, False)
    assert shown.selected["case"] == new.id
    assert desk.card.shown() == new.id
    assert desk.queue.view.current_id() == new.id
    assert sum(desk.queue.model.tab_counts().values()) >= sum(rows.values())
    assert "update_cases" in calls
    assert "set_cases" not in calls


def test_a_snapshot_while_hidden_is_read_when_shown(
    window: Window,
    board: Board,
    city: City,
    desk_picture: Picture,
    map_of: Callable[[], StandInMap],
) -> None:
    shown = map_of()
    before = set(shown.cases)
    window.go("incident")
    for case_id in list(desk_picture.cases)[:40]:
        del desk_picture.cases[case_id]
    board.sink(snapshot_of(desk_picture, city))
    board.drain()
    assert set(shown.cases) == before
    window.go("desk")
    assert set(shown.cases) < before


# -- the filter of the top bar -------------------------------------------------------------------------


def test_a_level_filters_queue_and_map_and_the_tab_says_so(
    window: Window, map_of: Callable[[], StandInMap]
) -> None:
    everything = set(map_of().cases)
    window.stage.selection.filter_levels([Level.AMBER])
    assert set(map_of().cases) < everything
    assert "/" in desk_of(window).queue._tabs.tabText(desk_of(window).queue._tabs.currentIndex())
    window.stage.selection.filter_levels([])
    assert set(map_of().cases) == everything
    assert "/" not in desk_of(window).queue._tabs.tabText(0)


# -- windows of their own ------------------------------------------------------------------------------


def test_a_screen_torn_off_is_a_new_one_on_the_same_selection(
    window: Window, link: StandInLink, qtbot: QtBot
) -> None:
    old = desk_of(window)
    QTest.keyClick(window, Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
    torn = torn_of(window, "desk")
    qtbot.waitUntil(torn.isVisible)
    delete_later()
    assert not shiboken6.isValid(old)
    assert window.name == "wall"
    desk = desk_of(torn)
    case = desk.queue.model.id_at(4)
    desk.queue.view.select_row(4)
    assert window.stage.selection.case == case
    assert desk.card.shown() == case
    qtbot.waitUntil(lambda: case in link.asked)
    torn.close()


def test_its_key_leads_to_a_window_of_its_own(window: Window, qtbot: QtBot) -> None:
    window.go("incident")
    window.tear()
    torn = torn_of(window, "incident")
    window.go("incident")
    assert window.name == "desk"
    qtbot.waitUntil(torn.isActiveWindow)
    torn.showMinimized()
    window.go("incident")
    assert not torn.isMinimized()
    assert "incident" not in {s.name for s in (window,)}
    torn.close()


def test_a_window_that_is_closed_gives_its_screen_back(window: Window, qtbot: QtBot) -> None:
    window.go("incident")
    page = window.shown
    assert isinstance(page, Page)
    window.tear()
    assert page.ended == 1
    torn = torn_of(window, "incident")
    again = torn.shown
    assert isinstance(again, Page)
    qtbot.waitUntil(torn.isActiveWindow)
    QTest.keyClick(torn, Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: list(window.torn) == [])
    assert again.ended >= 1
    window.go("incident")
    assert window.name == "incident"


def test_the_last_screen_stays(window: Window) -> None:
    for _ in range(3):
        window.tear()
    assert len(list(window.torn)) == 3
    name = window.name
    window.tear()
    assert window.name == name
    assert window.status.said() == window.texts("window.last_one")


def test_the_language_is_switched_in_all_windows(window: Window, qtbot: QtBot) -> None:
    desk_of(window).queue.view.select_row(4)
    chosen = window.stage.selection.case
    window.tear()
    window.go("incident")
    torn = torn_of(window, "desk")
    qtbot.waitUntil(torn.isVisible)
    torn.language_wanted.emit()
    delete_later()
    assert window.texts.lang == torn.stage.texts.lang == torn.shown.stage.texts.lang == "en"
    assert window.name == "incident"
    assert [t.name for t in window.torn] == ["desk"]
    assert desk_of(torn).card.shown() == chosen == window.stage.selection.case
    torn.close()


def test_windows_of_their_own_are_remembered(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_window()
    first.show()
    first.go("incident")
    first.tear()
    torn_of(first, "incident").setGeometry(30, 40, 1300, 730)
    first.close()
    kept = first._preferences.load()
    assert [(p.screen, p.x, p.y, p.width, p.height) for p in kept.torn] == [
        ("incident", 30, 40, 1300, 730)
    ]
    torn_of(first, "incident").close()
    qtbot.waitUntil(lambda: list(first.torn) == [])
    first._preferences.save(torn=kept.torn)
    second = make_window()
    second.show_remembered()
    assert second.name == "desk"
    assert [t.name for t in second.torn] == ["incident"]
    assert torn_of(second, "incident").isVisible()
    torn_of(second, "incident").close()
    qtbot.waitUntil(lambda: list(second.torn) == [])
    assert second._preferences.load().torn == ()


def test_what_was_open_at_the_end_is_open_at_the_next_start(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end closes all windows, the torn-off ones too: that does not give them back."""
    window.go("incident")
    window.tear()
    torn = torn_of(window, "incident")
    monkeypatch.setattr(QApplication, "quit", torn.close)
    window.close()
    assert [p.screen for p in window._preferences.load().torn] == ["incident"]


def test_the_first_window_of_all_is_maximised(make_window: MakeWindow) -> None:
    made = make_window()
    made.show_remembered()
    assert made.isMaximized()


def test_a_screenshot_leaves_no_trace(make_window: MakeWindow, tmp_path: Path) -> None:
    made = make_window(screen="incident", shot=Shot(file=tmp_path / "p.png"))
    made.show()
    made.close()
    assert made._preferences.load() == Preferences()


def test_full_screen_is_remembered(make_window: MakeWindow, qtbot: QtBot) -> None:
    made = make_window()
    made.show_remembered()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    QTest.keyClick(made, Qt.Key.Key_F11)
    assert made.isFullScreen()
    made.close()
    again = make_window()
    again.show_remembered()
    assert again.isFullScreen()


def test_a_screen_asked_for_is_not_in_a_window_of_its_own(make_window: MakeWindow) -> None:
    made = make_window(screen="incident")
    made._preferences.save(torn=(Placed(screen="incident"),))
    made.show_remembered()
    assert list(made.torn) == []


# -- where things are, for a test's mouse ----------------------------------------------------------------


def test_the_probe_finds_tabs_and_what_is_in_any_window(window: Window, qtbot: QtBot) -> None:
    spot = window.locate("screen", "incident")
    assert spot is not None
    assert spot[0] is tab(window, "incident")
    assert window.locate("screen", "duty") is None
    window.tear()
    torn = torn_of(window, "desk")
    qtbot.waitUntil(torn.isVisible)
    found = window.locate("panel", "queue")
    assert found is not None
    assert found[0].window() is torn
    torn.close()


# -- room -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 1440, 1600, 1920])
def test_nothing_on_the_top_bar_is_cut(
    make_window: MakeWindow,
    board: Board,
    desk_picture: Picture,
    city: City,
    lang: str,
    width: int,
) -> None:
    made = make_window(lang, role="shift_leader")
    made.resize(width, 720)
    made.show()
    board.sink(snapshot_of(desk_picture, city, simulated=True))
    board.drain()
    board.ticked.emit()
    assert made.top.width() == width
    assert made.top.layout().minimumSize().width() <= width
    assert desk_of(made).minimumSizeHint().width() <= width


def test_more_room_brings_back_what_went(make_window: MakeWindow) -> None:
    made = make_window("en")
    made.resize(1280, 720)
    made.show()
    assert not made.top._headline.isVisible()
    made.resize(1920, 1080)
    assert made.top._headline.isVisible()


def test_a_trainer_is_not_told_to_be_offline(make_window: MakeWindow) -> None:
    made = make_window(role="trainer")
    made.show()
    assert not made.top._age.isVisible()
    assert not made.top._counts.isVisible()
    made.resize(1300, 800)
    assert not made.top._counts.isVisible()
