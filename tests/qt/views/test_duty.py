"""The duty screen: what waits is decided with an opinion, by mouse and by keyboard, as far as the role may."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from console.domain.city import City
from console.domain.indicator import IndicatorId
from console.domain.role import Role
from console.live.tasks import Tasks
from console.views.duty.acts import Act
from console.views.duty.passport import Passport
from console.views.duty.supervise import SuperviseDialog
from console.views.duty.unit_picker import UnitPicker
from tests.qt.desk_picture import NOW
from tests.qt.views.duty_stage import EXTENSION, REPLY, RETURN, SUSPENSION, Duty, ask, make_duty

MakeDuty = Callable[..., Duty]


@pytest.fixture
def make(city: City, tmp_path: Path, qtbot: QtBot) -> Iterator[MakeDuty]:
    tasks = Tasks()
    made: list[Duty] = []

    def build(**fields: object) -> Duty:
        duty = make_duty(city, tasks, tmp_path, **fields)  # type: ignore[arg-type]
        qtbot.addWidget(duty.screen)
        made.append(duty)
        return duty

    yield build
    tasks.stop()
    for duty in made:
        duty.stage.board.stop()


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(duty: Duty, qtbot: QtBot, case_id: str) -> None:
    spot = duty.screen.locate("decision", case_id)
    assert spot is not None
    qtbot.mouseClick(spot[0], Qt.MouseButton.LeftButton, pos=spot[1].center())
    assert duty.stage.selection.case == case_id


def test_all_that_waits_is_listed_and_nothing_else(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make(cases=0)
    duty.show(qtbot)
    assert duty.screen.decisions.rows.keys() == []
    duty = make()
    ids = ask(duty.picture, (RETURN, EXTENSION, SUSPENSION, REPLY))
    duty.show(qtbot)
    assert set(ids) <= {case.id for case in duty.asked()}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [RETURN, EXTENSION, SUSPENSION, REPLY])
def test_an_opinion_is_needed_then_the_mouse_decides(
    make: MakeDuty, qtbot: QtBot, lang: str, kind: int
) -> None:
    duty = make(lang=lang, role=Role.DUTY_CHIEF)
    (case_id,) = ask(duty.picture, [kind])
    duty.show(qtbot)
    choose(duty, qtbot, case_id)
    opinion = duty.screen.page.opinion
    assert not opinion.buttons[Act.AGREE].isEnabled()
    click(qtbot, opinion._phrases[0])
    assert opinion.buttons[Act.AGREE].isEnabled()
    click(qtbot, opinion.buttons[Act.REFUSE])
    body, envelope = duty.body(), duty.link.sent[-1]
    assert body["case"] == case_id
    said = body.get("reason") or body.get("opinion") or body.get("words")
    assert said
    assert False in (body.get("confirmed"), body.get("granted"), body.get("accepted"))
    assert envelope.expect == {f"case:{case_id}": duty.picture.cases[case_id].version}
    assert opinion.opinion == ""


def test_the_keyboard_alone_decides(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    (case_id,) = ask(duty.picture, [EXTENSION])
    duty.show(qtbot)
    rows = duty.screen.decisions.rows
    rows.setFocus()
    duty.screen.decisions.reveal(duty.screen.decisions.of_case(case_id))
    duty.screen._on_decision(duty.screen.decisions.current())
    qtbot.keyClick(rows, Qt.Key.Key_1)
    assert duty.screen.page.opinion.opinion
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert duty.screen.page.opinion.field.hasFocus()
    qtbot.keyClick(
        duty.screen.page.opinion.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert duty.body()["granted"] is True


def test_another_unit_gets_it_at_once(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    (case_id,) = ask(duty.picture, [RETURN])
    duty.show(qtbot)
    choose(duty, qtbot, case_id)
    opinion = duty.screen.page.opinion
    opinion.take_phrase(1)
    click(qtbot, opinion.buttons[Act.REDIRECT])
    picker = duty.screen.findChild(UnitPicker)
    picker.units.search.setText("市水务局")
    qtbot.keyClick(picker.units.search, Qt.Key.Key_Return)
    body = duty.body()
    assert (body["unit"], body["confirmed"]) == ("B.water", True)
    assert body["assignment"]


def test_a_duty_chief_may_not_reach_beyond_the_district_and_is_told(
    make: MakeDuty, qtbot: QtBot
) -> None:
    duty = make(role=Role.DUTY_CHIEF)
    (case_id,) = ask(duty.picture, [RETURN])
    duty.show(qtbot)
    choose(duty, qtbot, case_id)
    duty.screen.page.opinion.take_phrase(1)
    click(qtbot, duty.screen.page.opinion.buttons[Act.REDIRECT])
    units = duty.screen.findChild(UnitPicker).units
    units.search.setText("市水务局")
    qtbot.waitUntil(lambda: units.list.count() == 1)
    assert duty.stage.texts("problem.needs-centre-leader") in units.list.item(0).text()
    qtbot.keyClick(units.search, Qt.Key.Key_Return)
    assert duty.link.sent == []


@pytest.mark.parametrize(
    ("role", "agree"),
    [(Role.CENTRE_LEADER, True), (Role.DUTY_CHIEF, False), (Role.SUPERVISOR, False)],
)
def test_what_a_role_may_not_do_is_disabled_with_the_reason(
    make: MakeDuty, qtbot: QtBot, role: Role, agree: bool
) -> None:
    duty = make(role=role)
    (case_id,) = ask(duty.picture, [SUSPENSION])
    case = duty.picture.cases[case_id]
    assert case.request is not None
    endorsed = replace(case.request, endorsed_at=NOW)
    duty.picture.cases[case_id] = replace(case, request=endorsed)
    duty.show(qtbot)
    choose(duty, qtbot, case_id)
    opinion = duty.screen.page.opinion
    opinion.take_phrase(0)
    assert opinion.buttons[Act.AGREE].isEnabled() is agree
    if not agree:
        assert opinion.buttons[Act.AGREE].toolTip().startswith(("超出", "当前角色"))


def test_a_decided_one_leaves_and_the_next_is_there(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    ask(duty.picture, (RETURN, EXTENSION, SUSPENSION))
    duty.show(qtbot)
    first, second, *_ = [case.id for case in duty.asked()]
    choose(duty, qtbot, first)
    case = duty.stage.board.picture.cases[first]
    duty.stage.board.picture.cases[first] = replace(case, request=None, returns=0)
    duty.screen.decisions.refresh()
    assert duty.stage.selection.case == second


def test_the_scope_holds_for_the_whole_screen(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    (case_id,) = ask(duty.picture, [RETURN])
    duty.show(qtbot)
    duty.screen.office.look_at("D.460105")
    assert case_id not in {case.id for case in duty.asked()}
    assert all(case.district == "460105" for case in duty.asked())
    duty.screen.office.look_at("D.460106")
    assert case_id in {case.id for case in duty.asked()}
    assert "龙华" in duty.screen.head.scope.text()


def test_the_scope_is_remembered(make: MakeDuty, qtbot: QtBot) -> None:
    make().screen.office.look_at("D.460107")
    assert make().screen.office.scope.code == "D.460107"


def test_a_scope_is_chosen_by_typing(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    duty.show(qtbot)
    click(qtbot, duty.screen.head.scope)
    dialog = duty.screen.head.findChild(QWidget, "duty-scopes")
    qtbot.keyClicks(dialog.chooser.search, "meilan")
    qtbot.keyClick(dialog.chooser.search, Qt.Key.Key_Return)
    assert duty.screen.office.scope.code == "D.460108"


def test_a_scope_without_a_chief_says_so_and_what_to_do(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    duty.show(qtbot)
    town = next(u.code for u in duty.stage.city.units.values() if u.kind.value == "town")
    duty.screen.office.look_at(town)
    head = duty.screen.head
    assert head._chief.text() == duty.stage.texts("duty.no_chief")
    assert head._chief.property("tone") == "duty-gap"
    assert head._second.text() == duty.stage.texts("duty.no_chief_hint")


def test_supervision_needs_words(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make(role=Role.DUTY_CHIEF)
    (case_id,) = ask(duty.picture, [RETURN])
    duty.show(qtbot)
    choose(duty, qtbot, case_id)
    click(qtbot, duty.screen.findChild(QWidget, "duty-supervise"))
    dialog = duty.screen.findChild(SuperviseDialog)
    assert not dialog._ok.isEnabled()
    qtbot.keyClicks(dialog.field, "go there")
    click(qtbot, dialog._ok)
    assert duty.link.sent[-1].type == "supervise"
    assert duty.body() == {"case": case_id, "words": "go there"}


def test_the_reply_stands_in_its_four_fields(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    (case_id,) = ask(duty.picture, [REPLY])
    duty.show(qtbot)
    choose(duty, qtbot, case_id)
    said = duty.screen.page._right.words.splitlines()
    assert said == ["问题：路面塌陷", "成因：管道破损", "措施：围挡换管", "效果：明早通行"]


def test_a_case_chosen_elsewhere_is_shown_here(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    (case_id,) = ask(duty.picture, [RETURN])
    duty.show(qtbot)
    plain = next(c for c in duty.picture.cases.values() if c.id != case_id and c.request is None)
    duty.stage.selection.choose(plain.id)
    assert plain.id in duty.screen.page._second.text()
    duty.stage.selection.choose(case_id)
    assert duty.screen.page.waiting is not None
    assert duty.screen.decisions.rows.current_key() == f"{case_id}:return"


def test_every_figure_opens_its_passport_and_its_cases_can_be_chosen(
    make: MakeDuty, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty = make()
    with qtbot.waitSignal(duty.stage.readings.changed):
        duty.show(qtbot)
    tile, _ = duty.screen.locate("indicator", "response") or (None, None)
    assert tile is not None
    click(qtbot, tile)
    passport = duty.screen.findChild(Passport)
    reading = duty.stage.readings.of(IndicatorId.RESPONSE)
    assert reading is not None
    assert passport.table.ids() == list(reading.numerator)
    assert reading.text in passport._figure.text()
    assert duty.screen.head.tiles[IndicatorId.RESPONSE].figure == reading.text
    passport.tabs.setCurrentIndex(2)
    assert passport.table.ids() == list(reading.denominator)
    qtbot.mouseClick(
        passport.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=passport.table.visualRect(passport.table.model().index(0, 0)).center(),
    )
    assert duty.stage.selection.case == reading.denominator[0]
    file = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    click(qtbot, passport._export)
    rows = file.read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(reading.denominator) + len(reading.excluded)


def test_two_versions_of_a_rule_can_be_compared(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    with qtbot.waitSignal(duty.stage.readings.changed):
        duty.show(qtbot)
    duty.screen.open_passport("handling_in_time")
    passport = duty.screen.findChild(Passport)
    latest = duty.stage.readings.latest()
    assert latest is not None
    for index, version in enumerate((1, 2)):
        passport.version.setCurrentIndex(index)
        reading = latest.of(IndicatorId.HANDLING_IN_TIME, "city", version)
        assert reading.text in passport._figure.text()


def test_satisfaction_never_stands_alone(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    with qtbot.waitSignal(duty.stage.readings.changed):
        duty.show(qtbot)
    tile = duty.screen.head.tiles[IndicatorId.SATISFACTION]
    for id_ in (IndicatorId.CALLBACK, IndicatorId.SOLUTION):
        reading = duty.stage.readings.of(id_)
        assert reading is not None
        assert reading.text in tile.text()


def test_what_turns_red_is_watched_and_can_be_chosen(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    (case_id,) = ask(duty.picture, [EXTENSION])
    case = replace(
        duty.picture.cases[case_id], request=None, due_at=NOW + timedelta(minutes=12), hard=True
    )
    duty.picture.cases = {case_id: case}
    duty.show(qtbot)
    rows = duty.screen.watch.parts["red"].rows
    qtbot.waitUntil(lambda: rows.keys() == [case_id])
    assert duty.screen.watch.parts["hard"].rows.keys() == [case_id]
    spot = duty.screen.locate("watch", case_id)
    assert spot is not None
    qtbot.mouseClick(spot[0], Qt.MouseButton.LeftButton, pos=spot[1].center())
    assert duty.stage.selection.case == case_id


def test_a_hidden_screen_does_nothing(make: MakeDuty, qtbot: QtBot) -> None:
    duty = make()
    duty.show(qtbot)
    duty.screen.hide()
    before = duty.screen.decisions.rows.keys()
    ask(duty.stage.board.picture, (RETURN, EXTENSION))
    duty.screen.decisions.refresh()
    duty.screen.watch.refresh()
    assert duty.screen.decisions.rows.keys() == before
    assert not duty.stage.readings._listeners[0].isVisible()
