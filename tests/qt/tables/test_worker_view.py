from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.case import Case, CaseState
from console.domain.city import City
from console.domain.place import Position
from console.domain.worker import Fix
from console.i18n import Texts
from console.store.nearby import NearbyWorker, nearby
from console.store.picture import Picture
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE, ROW_ROLE
from console.tables.worker_view import WorkerPanel
from tests.qt.desk_picture import NOW
from tests.qt.tables.listing import drag_move, drop, foreign, middle, move, ours, press, release


@pytest.fixture
def case(picture: Picture) -> Case:
    return next(c for c in picture.cases.values() if c.state is CaseState.REGISTERED and c.position)


@pytest.fixture
def panel(qtbot: QtBot, city: City, zh: Texts, qtmodeltester: object) -> WorkerPanel:
    made = WorkerPanel(city, zh)
    qtmodeltester.check(made.model)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(432, 336)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def near(case: Case, picture: Picture, city: City) -> list[NearbyWorker]:
    return nearby(case, picture, city, NOW, limit=12)


@pytest.fixture
def filled(panel: WorkerPanel, near: list[NearbyWorker]) -> WorkerPanel:
    panel.show_workers(near, NOW, chosen=True)
    return panel


def test_workers_stand_in_the_order_given(filled: WorkerPanel, near: list[NearbyWorker]) -> None:
    wanted = [n.worker.id for n in near]
    assert filled.ids() == wanted
    model = filled.model
    assert [model.index(n).data(ID_ROLE) for n in range(model.rowCount())] == wanted
    assert {model.index(n).data(DEPTH_ROLE) for n in range(12)} == {0}
    assert not any(model.index(n).data(GONE_ROLE) for n in range(12))
    assert filled.id_at(2) == wanted[2]
    assert filled.id_at(12) is None
    assert filled.id_at(-1) is None


def test_keys_one_to_six_are_the_first_six(filled: WorkerPanel) -> None:
    ids = filled.ids()
    assert [filled.model.id_at_key(k) for k in "123456"] == ids[:6]
    assert filled.model.id_at_key("7") == filled.model.id_at_key("") == ""


def test_a_row_says_why_it_stands_there(filled: WorkerPanel, zh: Texts) -> None:
    why = filled.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert why.startswith(zh("worker.why", reasons=""))
    assert len(why) > len(zh("worker.why", reasons=""))


def test_newer_figures_never_move_a_row(
    filled: WorkerPanel,
    near: list[NearbyWorker],
    case: Case,
    picture: Picture,
    city: City,
    qtbot: QtBot,
) -> None:
    before = filled.ids()
    number = next(n for n, worker in enumerate(near) if not worker.owns_grid)
    far = before[number]
    later = NOW + timedelta(minutes=3)
    picture.fixes[far] = Fix(
        worker=far, position=Position(110.9, 19.9), fix_at=later, received_at=later
    )
    news = nearby(case, picture, city, later, limit=40)
    assert news[number].worker.id != far
    row = filled.model.index(number).data(ROW_ROLE)
    with qtbot.waitSignal(filled.model.dataChanged):
        filled.model.refresh(news, later)
    assert filled.ids() == before
    assert filled.model.index(number).data(ROW_ROLE) != row


def test_the_same_workers_again_are_no_reset(
    filled: WorkerPanel, near: list[NearbyWorker], qtbot: QtBot
) -> None:
    filled.view.select_row(3)
    with qtbot.assertNotEmitted(filled.model.modelReset):
        filled.show_workers([replace(n, load=n.load + 1) for n in near], NOW, chosen=True)
    assert filled.view.current_id() == filled.ids()[3]
    assert all(filled.model.index(n).data(ROW_ROLE).busy for n in range(12))


def test_other_workers_replace_them(filled: WorkerPanel, near: list[NearbyWorker]) -> None:
    filled.show_workers(near[6:], NOW, chosen=True)
    assert filled.ids() == [n.worker.id for n in near[6:]]
    filled.show_workers([], NOW, chosen=False)
    assert filled.ids() == []
    assert filled.model.index(0).data(ROW_ROLE) is None


def test_what_is_missing_is_said(panel: WorkerPanel, zh: Texts) -> None:
    panel.show_workers([], NOW, chosen=False)
    choose = panel.view.viewport().grab().toImage()
    panel.show_workers([], NOW, chosen=True)
    assert panel.view.viewport().grab().toImage() != choose


def test_selection_and_enter(filled: WorkerPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(filled.view.worker_selected) as told:
        filled.view.select_row(1)
    assert told.args == [filled.ids()[1]]
    with qtbot.waitSignal(filled.activated) as told:
        QTest.keyClick(filled.view, Qt.Key.Key_Return)
    assert told.args == [filled.ids()[1]]


def test_only_one_worker_is_in_hand(filled: WorkerPanel) -> None:
    told: list[list[str]] = []
    filled.drag_wanted.connect(told.append)
    filled.view.select_row(0)
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(
        filled.view.viewport(), Qt.MouseButton.LeftButton, ctrl, middle(filled.view, 2)
    )
    assert filled.view.selected_ids() == [filled.ids()[2]]
    press(filled.view, middle(filled.view, 1))
    move(filled.view, middle(filled.view, 1) + QPoint(0, 8))
    release(filled.view, middle(filled.view, 1) + QPoint(0, 8))
    assert told == [[filled.ids()[1]]]


def test_a_case_is_dropped_on_a_worker(filled: WorkerPanel) -> None:
    seen: list[tuple[str, str]] = []
    ids = filled.ids()

    def take(_: object, row: str) -> bool:
        seen.append(("drop", row))
        return True

    filled.set_drop(lambda _, row: row != ids[1], take)
    assert drag_move(filled.view, ours(), middle(filled.view, 0))
    assert not drag_move(filled.view, ours(), middle(filled.view, 1))
    assert not drop(filled.view, ours(), middle(filled.view, 1))
    assert not drop(filled.view, foreign(), middle(filled.view, 0))
    assert drop(filled.view, ours(), middle(filled.view, 0))
    assert seen == [("drop", ids[0])]


def test_targets_and_places(filled: WorkerPanel) -> None:
    ids = filled.ids()
    filled.show_targets(ids[:2])
    assert [filled.view.is_target(i) for i in ids[:3]] == [True, True, False]
    filled.clear_targets()
    assert filled.view.is_target(ids[0]) is None
    assert filled.place_of(ids[0]) is not None
    assert filled.place_of(ids[11]) is None
    assert filled.place_of("nobody") is None


def test_six_rows_are_in_sight_at_once(filled: WorkerPanel) -> None:
    rects = [filled.place_of(worker) for worker in filled.ids()[:6]]
    assert all(found is not None and found[1].height() >= 50 for found in rects)


def test_every_row_is_drawn_otherwise(filled: WorkerPanel) -> None:
    view = filled.view
    seen = set()
    for row in range(5):
        picture = view.viewport().grab(view.visualRect(filled.model.index(row))).toImage()
        seen.add(bytes(picture.constBits()))
    assert len(seen) == 5
