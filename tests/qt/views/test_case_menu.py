from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from console.domain.case import CaseState
from console.live.board import Board
from console.views import case_menu as menu_module
from console.views.window import Window
from tests.qt.views.stand_ins import StandInLink, StandInMap, desk_of

Open = Callable[[CaseState], tuple[str, "Opened"]]


class Opened:
    """The actions of a menu that was opened, by their words."""

    def __init__(self) -> None:
        self.actions: dict[str, QAction] = {}
        self.choose = ""

    def look(self, menu: QMenu) -> None:
        self._read(menu)
        if self.choose:
            found = next(a for words, a in self.actions.items() if self.choose in words)
            self.choose = ""
            found.trigger()

    def _read(self, menu: QMenu) -> None:
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                self._read(inner)
            elif action.text():
                self.actions[action.text()] = action


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Every menu is looked at (and one action chosen) instead of shown."""
    made = Opened()

    class Menu(QMenu):
        def exec(self, *_: object) -> None:  # type: ignore[override]
            made.look(self)

        def deleteLater(self) -> None:
            """Stays, so that the test can read it."""

    monkeypatch.setattr(menu_module, "QMenu", Menu)
    return made


def case_of(board: Board, state: CaseState) -> str:
    return next(
        c.id
        for c in board.picture.cases.values()
        if c.state is state
        and c.position is not None
        and not board.city.categories[c.category].hazard
    )


def test_it_offers_workers_and_units_and_does_what_a_drop_does(
    window: Window, board: Board, link: StandInLink, opened: Opened
) -> None:
    case = case_of(board, CaseState.REGISTERED)
    best = window.texts("verb.dispatch")
    opened.choose = best
    desk_of(window).queue.menu_wanted.emit(case, QPoint(10, 10))
    assert desk_of(window).selection.case == case
    (sent,) = link.sent
    assert (sent.type, sent.body["case"]) == ("dispatch", case)
    assert sent.body["unit"] == desk_of(window).units.ids()[0]
    assert sum(best in words for words in opened.actions) >= 6
    assert any(window.texts("verb.dispatch_town") in words for words in opened.actions)


def test_a_received_case_can_be_opened(
    window: Window, board: Board, link: StandInLink, opened: Opened
) -> None:
    opened.choose = window.texts("menu.register")
    desk_of(window).menu.show(case_of(board, CaseState.RECEIVED), QPoint())
    assert [e.type for e in link.sent] == ["register"]


def test_what_cannot_be_done_says_why_and_cannot_be_chosen(
    window: Window, board: Board, opened: Opened
) -> None:
    over = case_of(board, CaseState.CLOSED)
    desk_of(window).menu.show(over, QPoint())
    refused = window.texts("problem.wrong-state")
    barred = [a for words, a in opened.actions.items() if refused in words]
    assert len(barred) > 6
    assert not any(action.isEnabled() for action in barred)


def test_an_order_is_recalled_with_a_reason(
    window: Window,
    board: Board,
    link: StandInLink,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = next(
        c
        for c in board.picture.cases.values()
        if c.state is CaseState.DISPATCHED and board.picture.assignments[c.lead or ""].active
    )
    answers = iter(["", "派错单位"])
    monkeypatch.setattr("console.views.case_menu.ask_reason", lambda *_: next(answers))
    for _ in range(2):
        opened.choose = window.texts("menu.recall")
        desk_of(window).menu.show(case.id, QPoint())
    (sent,) = link.sent
    assert (sent.type, sent.body) == ("recall", {"assignment": case.lead, "reason": "派错单位"})


def test_the_lead_is_replaced_with_a_reason_and_reminded(
    window: Window,
    board: Board,
    link: StandInLink,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = next(
        c
        for c in board.picture.cases.values()
        if c.state is CaseState.DISPATCHED and board.picture.assignments[c.lead or ""].active
    )
    lead = board.picture.assignments[case.lead or ""]
    monkeypatch.setattr("console.views.case_menu.ask_reason", lambda *_: "派错单位")
    opened.choose = window.texts("menu.remind")
    desk_of(window).menu.show(case.id, QPoint())
    window.orders.redispatch(case.id, "B.water", "派错单位")
    reminded, replaced = link.sent
    assert (reminded.type, reminded.body["assignment"]) == ("remind", lead.id)
    assert (replaced.type, replaced.body["reason"]) == ("redispatch", "派错单位")
    assert replaced.expect == {f"case:{case.id}": case.version}


def test_it_is_shown_on_the_map_and_its_number_copied(
    window: Window, board: Board, opened: Opened, map_of: Callable[[], StandInMap]
) -> None:
    case = case_of(board, CaseState.REGISTERED)
    opened.choose = window.texts("menu.show_on_map")
    desk_of(window).menu.show(case, QPoint())
    assert map_of().flown == [(board.picture.cases[case].position, 15.5)]
    opened.choose = window.texts("menu.copy_id")
    desk_of(window).menu.show(case, QPoint())
    assert QGuiApplication.clipboard().text() == case


def test_a_case_without_a_place_cannot_be_shown_on_the_map(
    window: Window, board: Board, opened: Opened
) -> None:
    nowhere = next(c.id for c in board.picture.cases.values() if c.position is None)
    desk_of(window).menu.show(nowhere, QPoint())
    assert not opened.actions[window.texts("menu.show_on_map")].isEnabled()


def test_a_pins_menu_is_the_cases_and_a_workers_has_none(
    window: Window, board: Board, opened: Opened, map_of: Callable[[], StandInMap]
) -> None:
    map_of().context_menu.emit("worker", desk_of(window).workers.ids()[0], QPoint())
    assert opened.actions == {}
    map_of().context_menu.emit("case", case_of(board, CaseState.REGISTERED), QPoint())
    assert opened.actions


def test_a_case_that_is_gone_has_no_menu(window: Window, opened: Opened) -> None:
    desk_of(window).menu.show("gone", QPoint())
    assert opened.actions == {}
