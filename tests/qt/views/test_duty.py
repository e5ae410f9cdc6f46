"""The duty screen: what waits is decided with an opinion, by mouse and by keyboard, as far as the role may."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from console.domain.indicator import IndicatorId
from console.domain.role import Role
from console.views.duty.acts import Act
from console.views.duty.passport import Passport
from console.views.duty.supervise import SuperviseDialog
from console.views.duty.unit_picker import UnitPicker
from console.wire.commands import Answer
from console.wire.messages import CommandMoved, Tick
from tests.qt.desk_picture import NOW
from tests.qt.views.duty_stage import EXTENSION, REPLY, RETURN, SUSPENSION, Duty, MakeDuty, ask


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(one: Duty, qtbot: QtBot, case_id: str) -> None:
    spot = one.screen.locate("decision", case_id)
    assert spot is not None
    qtbot.mouseClick(spot[0], Qt.MouseButton.LeftButton, pos=spot[1].center())
    assert one.stage.selection.case == case_id


def test_all_that_waits_is_listed_and_nothing_else(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty(cases=0)
    one.show(qtbot)
    assert one.screen.decisions.rows.keys() == []
    one = duty()
    ids = ask(one.picture, (RETURN, EXTENSION, SUSPENSION, REPLY))
    one.show(qtbot)
    assert set(ids) <= {case.id for case in one.asked()}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [RETURN, EXTENSION, SUSPENSION, REPLY])
def test_an_opinion_is_needed_then_the_mouse_decides(
    duty: MakeDuty, qtbot: QtBot, lang: str, kind: int
) -> None:
    one = duty(lang=lang, role=Role.DUTY_CHIEF)
    (case_id,) = ask(one.picture, [kind])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    opinion = one.screen.page.opinion
    assert not opinion.buttons[Act.AGREE].isEnabled()
    click(qtbot, opinion._phrases[4])
    assert opinion.buttons[Act.AGREE].isEnabled()
    click(qtbot, opinion.buttons[Act.REFUSE])
    body, envelope = one.body(), one.link.sent[-1]
    assert body["case"] == case_id
    said = body.get("reason") or body.get("opinion") or body.get("words")
    assert said
    assert False in (body.get("confirmed"), body.get("granted"), body.get("accepted"))
    assert envelope.expect == {f"case:{case_id}": one.picture.cases[case_id].version}
    assert opinion.opinion == ""


def test_a_phrase_bars_the_act_that_it_contradicts(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty(role=Role.DUTY_CHIEF)
    (case_id,) = ask(one.picture, [SUSPENSION])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    opinion = one.screen.page.opinion
    click(qtbot, opinion._phrases[1])
    assert not opinion.buttons[Act.AGREE].isEnabled(), "it says no"
    assert opinion.buttons[Act.REFUSE].isEnabled()
    sent = len(one.link.sent)
    opinion.decide(Act.AGREE)
    assert len(one.link.sent) == sent
    opinion.clear()
    click(qtbot, opinion._phrases[0])
    assert opinion.buttons[Act.AGREE].isEnabled()
    assert not opinion.buttons[Act.REFUSE].isEnabled()


def test_the_keyboard_alone_decides(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    (case_id,) = ask(one.picture, [EXTENSION])
    one.show(qtbot)
    rows = one.screen.decisions.rows
    rows.setFocus()
    one.screen.decisions.reveal(one.screen.decisions.of_case(case_id))
    one.screen._on_decision(one.screen.decisions.current())
    qtbot.keyClick(rows, Qt.Key.Key_1)
    assert one.screen.page.opinion.opinion
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert one.screen.page.opinion.field.hasFocus()
    qtbot.keyClick(
        one.screen.page.opinion.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert one.body()["granted"] is True


def test_another_unit_gets_it_at_once(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    (case_id,) = ask(one.picture, [RETURN])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    opinion = one.screen.page.opinion
    opinion.take_phrase(1)
    click(qtbot, opinion.buttons[Act.REDIRECT])
    picker = one.screen.findChild(UnitPicker)
    picker.units.search.setText("市水务局")
    qtbot.keyClick(picker.units.search, Qt.Key.Key_Return)
    body = one.body()
    assert (body["unit"], body["confirmed"]) == ("B.water", True)
    assert body["assignment"]


def test_a_duty_chief_may_not_reach_beyond_the_district_and_is_told(
    duty: MakeDuty, qtbot: QtBot
) -> None:
    one = duty(role=Role.DUTY_CHIEF)
    (case_id,) = ask(one.picture, [RETURN])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    one.screen.page.opinion.take_phrase(1)
    click(qtbot, one.screen.page.opinion.buttons[Act.REDIRECT])
    units = one.screen.findChild(UnitPicker).units
    units.search.setText("市水务局")
    qtbot.waitUntil(lambda: units.list.count() == 1)
    assert one.stage.texts("problem.needs-centre-leader") in units.list.item(0).text()
    qtbot.keyClick(units.search, Qt.Key.Key_Return)
    assert one.link.sent == []


@pytest.mark.parametrize(
    ("role", "agree"),
    [(Role.CENTRE_LEADER, True), (Role.DUTY_CHIEF, False), (Role.SUPERVISOR, False)],
)
def test_what_a_role_may_not_do_is_disabled_with_the_reason(
    duty: MakeDuty, qtbot: QtBot, role: Role, agree: bool
) -> None:
    one = duty(role=role)
    (case_id,) = ask(one.picture, [SUSPENSION])
    case = one.picture.cases[case_id]
    assert case.request is not None
    endorsed = replace(case.request, endorsed_at=NOW)
    one.picture.cases[case_id] = replace(case, request=endorsed)
    one.show(qtbot)
    choose(one, qtbot, case_id)
    opinion = one.screen.page.opinion
    opinion.take_phrase(0)
    assert opinion.buttons[Act.AGREE].isEnabled() is agree
    if not agree:
        assert opinion.buttons[Act.AGREE].toolTip().startswith(("超出", "当前角色"))


def test_a_decided_one_leaves_and_the_next_is_there(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    ask(one.picture, (RETURN, EXTENSION, SUSPENSION))
    one.show(qtbot)
    first, second, *_ = [case.id for case in one.asked()]
    choose(one, qtbot, first)
    case = one.stage.board.picture.cases[first]
    one.stage.board.picture.cases[first] = replace(case, request=None, returns=0)
    one.screen.decisions.refresh()
    assert one.stage.selection.case == second


def test_the_scope_holds_for_the_whole_screen(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    (case_id,) = ask(one.picture, [RETURN])
    one.show(qtbot)
    one.screen.office.look_at("D.460105")
    assert case_id not in {case.id for case in one.asked()}
    assert all(case.district == "460105" for case in one.asked())
    one.screen.office.look_at("D.460106")
    assert case_id in {case.id for case in one.asked()}
    assert "龙华" in one.screen.head.scope.text()


def test_the_scope_is_remembered(duty: MakeDuty, qtbot: QtBot) -> None:
    duty().screen.office.look_at("D.460107")
    assert duty().screen.office.scope.code == "D.460107"


def test_a_scope_is_chosen_by_typing(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    one.show(qtbot)
    click(qtbot, one.screen.head.scope)
    dialog = one.screen.head.findChild(QWidget, "duty-scopes")
    qtbot.keyClicks(dialog.chooser.search, "meilan")
    qtbot.keyClick(dialog.chooser.search, Qt.Key.Key_Return)
    assert one.screen.office.scope.code == "D.460108"


def test_a_scope_without_a_chief_says_so_and_what_to_do(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    one.show(qtbot)
    town = next(u.code for u in one.stage.city.units.values() if u.kind.value == "town")
    one.screen.office.look_at(town)
    head = one.screen.head
    assert head._chief.text() == one.stage.texts("duty.no_chief")
    assert head._chief.property("tone") == "duty-gap"
    assert head._second.text() == one.stage.texts("duty.no_chief_hint")


def test_supervision_needs_words(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty(role=Role.DUTY_CHIEF)
    (case_id,) = ask(one.picture, [RETURN])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    click(qtbot, one.screen.findChild(QWidget, "duty-supervise"))
    dialog = one.screen.findChild(SuperviseDialog)
    assert not dialog._ok.isEnabled()
    qtbot.keyClicks(dialog.field, "go there")
    click(qtbot, dialog._ok)
    assert one.link.sent[-1].type == "supervise"
    assert one.body() == {"case": case_id, "words": "go there"}
    assert dialog.isVisible()
    answer = Answer(key=one.link.sent[-1].key, status=422, problem="wrong-state")
    one.stage.board.sink(CommandMoved(one.link.sent[-1], Tick.REFUSED, answer))
    one.stage.board.drain()
    assert dialog._said.text() == one.stage.texts("problem.wrong-state")
    assert dialog.field.toPlainText() == "go there"
    click(qtbot, dialog._ok)
    one.stage.board.sink(CommandMoved(one.link.sent[-1], Tick.COMMITTED))
    one.stage.board.drain()
    assert dialog.isHidden()


def test_the_reply_stands_in_its_four_fields(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    (case_id,) = ask(one.picture, [REPLY])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    said = one.screen.page._right.words.splitlines()
    assert said == ["问题：路面塌陷", "成因：管道破损", "措施：围挡换管", "效果：明早通行"]


def test_a_case_chosen_elsewhere_is_shown_here(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    (case_id,) = ask(one.picture, [RETURN])
    one.show(qtbot)
    plain = next(c for c in one.picture.cases.values() if c.id != case_id and c.request is None)
    one.stage.selection.choose(plain.id)
    assert plain.id in one.screen.page._second.text()
    one.stage.selection.choose(case_id)
    assert one.screen.page.waiting is not None
    assert one.screen.decisions.rows.current_key() == f"{case_id}:return"


def test_every_figure_opens_its_passport_and_its_cases_can_be_chosen(
    duty: MakeDuty, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = duty()
    with qtbot.waitSignal(one.stage.readings.changed):
        one.show(qtbot)
    tile, _ = one.screen.locate("indicator", "response") or (None, None)
    assert tile is not None
    click(qtbot, tile)
    passport = one.screen.findChild(Passport)
    reading = one.stage.readings.of(IndicatorId.RESPONSE)
    assert reading is not None
    assert passport.table.ids() == list(reading.numerator)
    assert reading.text in passport._figure.text()
    assert one.screen.head.tiles[IndicatorId.RESPONSE].figure == reading.text
    passport.tabs.setCurrentIndex(2)
    assert passport.table.ids() == list(reading.denominator)
    qtbot.mouseClick(
        passport.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=passport.table.visualRect(passport.table.model().index(0, 0)).center(),
    )
    assert one.stage.selection.case == reading.denominator[0]
    file = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    click(qtbot, passport._export)
    rows = file.read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(reading.denominator) + len(reading.excluded)


def test_two_versions_of_a_rule_can_be_compared(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    with qtbot.waitSignal(one.stage.readings.changed):
        one.show(qtbot)
    one.screen.open_passport("handling_in_time")
    passport = one.screen.findChild(Passport)
    latest = one.stage.readings.latest()
    assert latest is not None
    for index, version in enumerate((1, 2)):
        passport.version.setCurrentIndex(index)
        reading = latest.of(IndicatorId.HANDLING_IN_TIME, "city", version)
        assert reading.text in passport._figure.text()


def test_satisfaction_never_stands_alone(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    with qtbot.waitSignal(one.stage.readings.changed):
        one.show(qtbot)
    tile = one.screen.head.tiles[IndicatorId.SATISFACTION]
    for id_ in (IndicatorId.CALLBACK, IndicatorId.SOLUTION):
        reading = one.stage.readings.of(id_)
        assert reading is not None
        assert reading.text in tile.text()


def test_what_turns_red_is_watched_and_can_be_chosen(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    (case_id,) = ask(one.picture, [EXTENSION])
    case = replace(
        one.picture.cases[case_id], request=None, due_at=NOW + timedelta(minutes=12), hard=True
    )
    one.picture.cases = {case_id: case}
    one.show(qtbot)
    rows = one.screen.watch.parts["red"].rows
    qtbot.waitUntil(lambda: rows.keys() == [case_id])
    assert one.screen.watch.parts["hard"].rows.keys() == [case_id]
    spot = one.screen.locate("watch", case_id)
    assert spot is not None
    qtbot.mouseClick(spot[0], Qt.MouseButton.LeftButton, pos=spot[1].center())
    assert one.stage.selection.case == case_id


def test_a_hidden_screen_does_nothing(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty()
    one.show(qtbot)
    one.screen.hide()
    before = one.screen.decisions.rows.keys()
    ask(one.stage.board.picture, (RETURN, EXTENSION))
    one.screen.decisions.refresh()
    one.screen.watch.refresh()
    assert one.screen.decisions.rows.keys() == before
    assert not one.stage.readings._listeners[0].isVisible()


def test_what_the_chief_writes_stays_while_the_case_changes(duty: MakeDuty, qtbot: QtBot) -> None:
    """The centre's news come while somebody writes: another version, the same question."""
    one = duty(role=Role.DUTY_CHIEF)
    (case_id,) = ask(one.picture, [SUSPENSION])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    opinion = one.screen.page.opinion
    opinion.take_phrase(4)
    assert opinion.buttons[Act.AGREE].text() == one.stage.texts("duty.act.endorse")
    case = one.stage.board.picture.cases[case_id]
    assert case.request is not None
    endorsed = replace(case.request, endorsed_at=NOW)
    one.stage.board.picture.cases[case_id] = replace(
        case, version=case.version + 1, request=endorsed
    )
    one.screen.decisions.refresh()
    assert opinion.opinion
    assert not opinion.buttons[Act.AGREE].isEnabled()
    assert opinion.buttons[Act.REFUSE].isEnabled()


def test_a_supervised_case_counts_as_seen_with_its_version(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty(role=Role.DUTY_CHIEF)
    (case_id,) = ask(one.picture, [RETURN])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    click(qtbot, one.screen.findChild(QWidget, "duty-hard"))
    assert one.body() == {"case": case_id, "hard": True}
    version = one.picture.cases[case_id].version
    assert one.link.sent[-1].expect == {f"case:{case_id}": version}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_fits_a_small_display(duty: MakeDuty, qtbot: QtBot, lang: str) -> None:
    one = duty(lang=lang)
    (case_id,) = ask(one.picture, [RETURN])
    one.show(qtbot)
    choose(one, qtbot, case_id)
    one.screen.resize(1280, 630)
    assert (one.screen.width(), one.screen.height()) == (1280, 630)
    qtbot.waitUntil(one.screen.charts.isHidden)
    opinion = one.screen.page.opinion
    foot = opinion.mapTo(one.screen, opinion.rect().bottomLeft()).y()
    assert foot <= one.screen.height()
    one.screen.open_handover()
    lines = one.screen.handover.lines
    qtbot.waitUntil(lambda: bool(lines.rows()))
    assert sum(lines.columnWidth(n) for n in range(6)) <= lines.viewport().width()
    one.screen.resize(1920, 1000)
    qtbot.waitUntil(one.screen.charts.isVisible)
