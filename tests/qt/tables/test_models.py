"""Qt's own examiner watches each model while it is driven: rows, signals and indexes must agree."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

from console.domain.case import CaseState
from console.domain.city import City
from console.i18n import Texts
from console.store.nearby import nearby
from console.store.picture import Picture
from console.store.ranking import rank_units
from console.tables.case_queue import CaseQueueModel, QueueOrder, QueueTab
from console.tables.units import UnitsModel
from console.tables.workers import WorkersModel
from tests.qt.desk_picture import NOW, add_case, make_picture

Watch = Callable[[Any], None]


@pytest.fixture
def watch() -> Watch:
    """Have a model examined until the test ends; a fault aborts the test run."""
    testers: list[QAbstractItemModelTester] = []
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal

    def begin(model: QAbstractItemModel) -> None:
        testers.append(QAbstractItemModelTester(model, fatal))

    return begin


@pytest.mark.parametrize("tab", list(QueueTab))
def test_the_queue(city: City, zh: Texts, watch: Watch, tab: QueueTab) -> None:
    picture = make_picture(city, 120)
    model = CaseQueueModel(city, zh)
    watch(model)
    model.set_tab(tab)
    model.reset(picture, NOW)
    for batch in range(12):
        changed = {
            add_case(picture, city, 9 * batch + n, state, seed=batch + 1).id
            for n, state in enumerate(CaseState)
        }
        removed = {next(iter(picture.cases))}
        for case_id in removed:
            del picture.cases[case_id]
        if batch == 5:
            model.hold()
        model.refresh(picture, changed - removed, removed, NOW + timedelta(minutes=batch))
        model.tick(NOW + timedelta(minutes=batch, seconds=30))
        if batch == 8:
            model.release()
        model.set_order(list(QueueOrder)[batch % len(QueueOrder)])
    fresh = CaseQueueModel(city, zh)
    fresh.set_tab(tab)
    fresh.set_order(list(QueueOrder)[11 % len(QueueOrder)])
    fresh.reset(picture, NOW)
    shown = [model.id_at(row) for row in range(model.rowCount())]
    assert shown == [fresh.id_at(row) for row in range(fresh.rowCount())]


def test_the_queue_in_a_flood(city: City, zh: Texts, watch: Watch) -> None:
    picture = make_picture(city, 260, state=CaseState.REGISTERED)
    model = CaseQueueModel(city, zh)
    watch(model)
    model.reset(picture, NOW)
    assert model.grouped
    for row in (0, 1, 2, 3):
        model.toggle_group(row)
    for number in range(0, 260, 3):
        case = add_case(picture, city, number, CaseState.CLOSED)
        model.refresh(picture, {case.id}, set(), NOW)
    assert not model.grouped
    assert model.rowCount() == 260 - 87


def test_workers_and_units(city: City, zh: Texts, watch: Watch, picture: Picture) -> None:
    workers, units = WorkersModel(city, zh), UnitsModel(city, zh)
    watch(workers)
    watch(units)
    for case in list(picture.cases.values())[:8]:
        workers.show(nearby(case, picture, city, NOW, 12), NOW)
        ranked = rank_units(case, picture, city)
        units.show(ranked)
        units.toggle(ranked[0].unit.code)
        units.search("海口市")
        units.search("")
    workers.show([], NOW)
    units.show([])
    assert workers.rowCount() == units.rowCount() == 0
