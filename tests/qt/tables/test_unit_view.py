import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from console.domain.case import Case, CaseState
from console.domain.city import City
from console.i18n import Texts
from console.store.picture import Picture
from console.store.ranking import RankedUnit, rank_units
from console.tables.roles import DEPTH_ROLE, ID_ROLE, ROW_ROLE
from console.tables.unit_view import UnitPanel
from tests.qt.tables.listing import (
    double_click,
    drag_leave,
    drag_move,
    drop,
    foreign,
    middle,
    ours,
    press,
    release,
)


@pytest.fixture
def case(picture: Picture) -> Case:
    return next(c for c in picture.cases.values() if c.state is CaseState.REGISTERED and c.position)


@pytest.fixture
def ranked(case: Case, picture: Picture, city: City) -> list[RankedUnit]:
    return rank_units(case, picture, city)


@pytest.fixture
def panel(
    qtbot: QtBot, city: City, zh: Texts, qtmodeltester: object, ranked: list[RankedUnit]
) -> UnitPanel:
    made = UnitPanel(city, zh)
    qtmodeltester.check(made.model)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(432, 330)
    made.show_units(ranked, chosen=True)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def with_teams(city: City, ranked: list[RankedUnit]) -> str:
    """The best unit that has teams."""
    return next(r.unit.code for r in ranked if city.teams_of_unit.get(r.unit.code))


def more(panel: UnitPanel) -> QPushButton:
    found = panel.findChild(QPushButton, "units-more")
    assert isinstance(found, QPushButton)
    return found


def rows(panel: UnitPanel) -> list[str]:
    return [panel.model.index(n).data(ID_ROLE) for n in range(panel.model.rowCount())]


def test_all_units_are_there_in_the_order_given(
    panel: UnitPanel, ranked: list[RankedUnit], city: City
) -> None:
    assert panel.ids() == rows(panel) == [r.unit.code for r in ranked]
    assert len(panel.ids()) == len(city.units)


def test_the_rest_is_counted_and_a_click_shows_the_next_page(
    panel: UnitPanel, city: City, zh: Texts
) -> None:
    assert more(panel).isVisible()
    assert more(panel).text() == zh("unit.more", n=len(city.units) - 5)
    bar = panel.view.verticalScrollBar()
    more(panel).click()
    assert bar.value() == bar.pageStep()
    bar.setValue(bar.maximum())
    more(panel).click()
    assert bar.value() == 0


def test_five_rows_and_the_rest_fit(panel: UnitPanel) -> None:
    places = [panel.place_of(unit) for unit in panel.ids()[:5]]
    assert all(found is not None and found[1].height() >= 50 for found in places)


@pytest.mark.parametrize("lang", ["name", "pinyin", "english", "code"])
def test_a_unit_is_found(panel: UnitPanel, city: City, lang: str, qtbot: QtBot) -> None:
    police = next(u for u in city.units.values() if "公安" in u.name)
    words = {"name": "公安", "pinyin": "gongan", "english": police.name_en, "code": police.code}
    with qtbot.waitSignal(panel.search.changed):
        panel.search.setText(words[lang])
    assert police.code in panel.ids()
    assert len(panel.ids()) < len(city.units)
    assert more(panel).isVisible() is (len(panel.ids()) > 5)


def test_typing_rests_before_the_list_is_searched(
    panel: UnitPanel, city: City, qtbot: QtBot
) -> None:
    told: list[str] = []
    panel.search.changed.connect(told.append)
    with qtbot.waitSignal(panel.search.changed):
        QTest.keyClicks(panel.search, "gongan")
    assert told == ["gongan"]


def test_what_is_not_there_is_said_and_clearing_brings_all_back(
    panel: UnitPanel, city: City, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.search.changed):
        panel.search.setText("<b>没有</b>")
    assert panel.ids() == []
    assert not more(panel).isVisible()
    with qtbot.waitSignal(panel.search.changed):
        QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert len(panel.ids()) == len(city.units)


def test_the_search_stays_when_another_case_is_chosen(
    panel: UnitPanel, picture: Picture, city: City, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.search.changed):
        panel.search.setText("公安")
    other = list(picture.cases.values())[-1]
    panel.show_units(rank_units(other, picture, city), chosen=True)
    assert panel.ids()
    assert all("公安" in city.units[code].name for code in panel.ids())


# -- teams ------------------------------------------------------------------------------------------


def test_teams_unfold_below_their_unit_and_fold_again(
    panel: UnitPanel, with_teams: str, city: City
) -> None:
    teams = [t.code for t in city.teams_of_unit[with_teams]]
    before = rows(panel)
    panel.model.toggle(with_teams)
    at = rows(panel).index(with_teams)
    assert rows(panel)[at : at + 1 + len(teams)] == [with_teams, *teams]
    assert [panel.model.index(at + 1 + n).data(DEPTH_ROLE) for n in range(len(teams))] == [1] * len(
        teams
    )
    assert panel.ids() == before
    panel.model.toggle(with_teams)
    assert rows(panel) == before


def test_a_click_on_the_arrow_unfolds_and_a_click_on_the_name_does_not(
    panel: UnitPanel, with_teams: str
) -> None:
    row = rows(panel).index(with_teams)
    panel.view.scrollTo(panel.model.index(row))
    name = middle(panel.view, row)
    arrow = QPoint(panel.view.viewport().width() - 8, name.y())
    press(panel.view, name)
    release(panel.view, name)
    assert not panel.model.is_unfolded(with_teams)
    press(panel.view, arrow)
    release(panel.view, arrow)
    assert panel.model.is_unfolded(with_teams)


def test_a_unit_without_teams_does_not_unfold(panel: UnitPanel, city: City) -> None:
    alone = next(u for u in panel.ids() if not city.teams_of_unit.get(u))
    panel.model.toggle(alone)
    assert not panel.model.is_unfolded(alone)


def test_a_drag_that_rests_on_a_unit_unfolds_it(
    panel: UnitPanel, with_teams: str, qtbot: QtBot
) -> None:
    panel.set_drop(lambda *_: True, lambda *_: True)
    panel.view.scrollTo(panel.model.index(rows(panel).index(with_teams)))
    panel.view._rest.setInterval(10)
    drag_move(panel.view, ours(), middle(panel.view, rows(panel).index(with_teams)))
    qtbot.waitUntil(lambda: panel.model.is_unfolded(with_teams))
    drag_leave(panel.view)


def test_a_drop_on_a_team_is_for_its_unit(panel: UnitPanel, with_teams: str) -> None:
    asked: list[tuple[str, str]] = []

    def may(_: object, unit: str) -> bool:
        asked.append(("may", unit))
        return True

    def take(_: object, unit: str) -> bool:
        asked.append(("drop", unit))
        return True

    panel.set_drop(may, take)
    panel.model.toggle(with_teams)
    row = rows(panel).index(with_teams) + 1
    panel.view.scrollTo(panel.model.index(row))
    assert drop(panel.view, ours(), middle(panel.view, row))
    assert asked[-1] == ("drop", with_teams)
    assert {unit for _, unit in asked} == {with_teams}
    assert not drop(panel.view, foreign(), middle(panel.view, row))


def test_enter_on_a_team_is_for_its_unit(panel: UnitPanel, with_teams: str, qtbot: QtBot) -> None:
    panel.model.toggle(with_teams)
    panel.view.select_row(rows(panel).index(with_teams) + 1)
    with qtbot.waitSignal(panel.activated) as told:
        QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert told.args == [with_teams]


def test_a_double_click_activates(panel: UnitPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.activated) as told:
        double_click(panel.view, middle(panel.view, 1))
    assert told.args == [panel.ids()[1]]


def test_targets_include_the_teams_of_a_unit(panel: UnitPanel, with_teams: str, city: City) -> None:
    panel.show_targets({with_teams})
    team = city.teams_of_unit[with_teams][0].code
    assert panel.view.is_target(with_teams)
    assert panel.view.is_target(team)
    other = next(u for u in panel.ids() if u != with_teams)
    assert panel.view.is_target(other) is False
    panel.clear_targets()
    assert panel.view.is_target(with_teams) is None


# -- keys ---------------------------------------------------------------------------------------------


def test_keys_are_the_first_five_units_and_teams_have_none(
    panel: UnitPanel, with_teams: str, city: City
) -> None:
    panel.model.toggle(with_teams)
    first = panel.ids()[:5]
    assert [panel.model.id_at_key(k) for k in "QWERT"] == first
    assert [panel.model.id_at_key(k) for k in "qwert"] == first
    assert [panel.model.key_of(unit) for unit in first] == list("QWERT")
    assert panel.model.key_of(panel.ids()[5]) == ""
    assert panel.model.key_of(city.teams_of_unit[with_teams][0].code) == ""
    assert panel.model.id_at_key("Y") == panel.model.id_at_key("") == ""
    assert panel.id_at(0) == first[0]
    assert panel.id_at(999) is None


def test_another_case_begins_at_the_top(panel: UnitPanel, picture: Picture, city: City) -> None:
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = panel.ids()
    for other in picture.cases.values():
        panel.show_units(rank_units(other, picture, city), chosen=True)
        if panel.ids() != before:
            break
    assert panel.ids() != before
    assert bar.value() == 0


def test_the_same_order_keeps_its_place_and_only_new_figures_are_drawn(
    panel: UnitPanel, ranked: list[RankedUnit], qtbot: QtBot
) -> None:
    bar = panel.view.verticalScrollBar()
    bar.setValue(200)
    with qtbot.assertNotEmitted(panel.model.modelReset):
        panel.show_units(ranked, chosen=True)
    assert bar.value() == 200


def test_no_case_no_units(panel: UnitPanel) -> None:
    panel.show_units([], chosen=False)
    assert panel.ids() == []
    assert not more(panel).isVisible()
    assert panel.model.unit_of("nothing") == ""
    assert panel.model.index(3).data(ROW_ROLE) is None


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_shown_searched_and_unfolded_the_model_holds(
    panel: UnitPanel, picture: Picture, city: City, seed: int
) -> None:
    dice = random.Random(seed)
    cases = list(picture.cases.values())
    for _ in range(12):
        act = dice.choice(("show", "search", "toggle", "unfold"))
        if act == "show":
            panel.show_units(rank_units(dice.choice(cases), picture, city), chosen=True)
        elif act == "search":
            panel.model.search(dice.choice(("", "局", "zhen", "zzz")))
        else:
            unit = dice.choice(list(city.units))
            (panel.model.toggle if act == "toggle" else panel.model.unfold)(unit)
        depths = [panel.model.index(n).data(DEPTH_ROLE) for n in range(panel.model.rowCount())]
        assert depths.count(0) == len(panel.ids())
        for row, row_id in enumerate(rows(panel)):
            assert panel.view.row_of_id(row_id) == row
