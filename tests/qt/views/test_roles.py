"""What a role may not do on the desk: refused with the reason, by mouse, key and menu alike."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from console.domain.case import Case, CaseState
from console.domain.city import City
from console.domain.role import Role, may
from console.live.board import Board
from console.live.drag import Payload
from console.live.orders import Target
from console.store.picture import Picture
from console.views import dragging as dragging_module
from console.views.window import Window
from tests.qt.views.stand_ins import StandInLink, desk_of, snapshot_of

READER = Role.CALLBACK_SEAT
"""Sees the desk and may dispatch nothing."""


@pytest.fixture
def reader(
    make_window: Callable[..., Window],
    board: Board,
    link: StandInLink,
    desk_picture: Picture,
    city: City,
    qtbot: QtBot,
) -> Window:
    made = make_window(role=READER.value)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    board.sink(snapshot_of(desk_picture, city))
    made.attach(link)
    board.drain()
    return made


@pytest.fixture
def case(reader: Window) -> Case:
    found = next(
        c
        for c in reader.stage.board.picture.cases.values()
        if c.state is CaseState.REGISTERED and c.position is not None
    )
    reader.stage.selection.choose(found.id)
    return found


def test_a_key_says_why_not(reader: Window, case: Case, link: StandInLink) -> None:
    assert not may(READER, "dispatch")
    QTest.keyClick(reader, Qt.Key.Key_Return)
    assert link.sent == []
    assert reader.status.said() == reader.texts("problem.role")


def test_a_drop_is_refused_and_says_why_not(
    reader: Window, case: Case, link: StandInLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(reader)
    payload, target = Payload(kind="case", ids=[case.id]), Target("unit", desk.units.ids()[0])
    assert not desk.dragging.accepts(payload, target)
    desk.dragging._drag.ended.emit(False)
    assert reader.status.said() == reader.texts("problem.role")
    moved = QPoint(900, 900)
    monkeypatch.setattr(dragging_module.QCursor, "pos", lambda: moved)
    desk.dragging._drag.ended.emit(False)
    assert reader.status.said() == reader.texts("drag.cancelled")
    assert not desk.dragging.drop(payload, target)
    assert link.sent == []


def test_the_menu_disables_what_the_role_may_not_do(
    reader: Window, link: StandInLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    enabled: dict[str, bool] = {}

    class Menu(QMenu):
        def exec(self, *_: object) -> None:  # type: ignore[override]
            for action in self.actions():
                enabled[action.text()] = action.isEnabled()
                inner = action.menu()
                if isinstance(inner, QMenu) and action.isEnabled():
                    enabled.update({a.text(): a.isEnabled() for a in inner.actions()})

    monkeypatch.setattr("console.views.case_menu.QMenu", Menu)
    picture = reader.stage.board.picture
    held = next(
        c
        for c in picture.cases.values()
        if c.state is CaseState.DISPATCHED and picture.assignments[c.lead or ""].active
    )
    desk_of(reader).menu.show(held.id, QPoint())
    reason = reader.texts("problem.role")
    refused = [words for words, on in enabled.items() if words.endswith(reason) and not on]
    for key in ("redispatch", "remind", "recall"):
        assert any(words.startswith(reader.texts(f"menu.{key}")) for words in refused)
    assert enabled[reader.texts("menu.copy_id")]
    assert not [words for words, on in enabled.items() if on and words.endswith(reason)]
