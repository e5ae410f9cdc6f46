"""The handover: every difference accepted or refused with a remark, logged once, printed also while offline."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.domain.event import Event
from console.domain.handover import Handover, Line, LineKind
from console.domain.role import Role
from console.i18n import Texts
from console.views.duty.draft import draft_of
from console.views.duty.handover import HandoverPanel
from console.views.duty.screen import DutyScreen
from console.wire.messages import CommandMoved, Tick
from tests.qt.desk_picture import NOW
from tests.qt.views.duty_stage import EXTENSION, RETURN, Duty, MakeDuty, ask
from tests.qt.views.stand_ins import StandInLink


def begun(make: MakeDuty, qtbot: QtBot, **fields: object) -> tuple[Duty, list[str]]:
    """A handover of the district with a few lines."""
    one = make(cases=12, role=Role.DUTY_CHIEF, **fields)
    ids = ask(one.picture, (RETURN, EXTENSION))
    one.picture.cases = {case_id: one.picture.cases[case_id] for case_id in ids}
    one.show(qtbot)
    one.screen.office.look_at("D.460106")
    qtbot.mouseClick(one.screen.head.handover, Qt.MouseButton.LeftButton)
    panel = one.screen.handover
    qtbot.waitUntil(lambda: bool(panel.lines.rows()))
    return one, ids


def click(one: Duty, qtbot: QtBot, kind: str, case_id: str) -> None:
    spot = one.screen.locate(kind, case_id)
    assert spot is not None
    place: QRect = spot[1]
    qtbot.mouseClick(spot[0], Qt.MouseButton.LeftButton, pos=place.center())


def remark(one: Duty, qtbot: QtBot, words: str) -> None:
    editor = one.screen.handover.lines.findChild(QLineEdit)
    qtbot.keyClicks(editor, words)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    rows = one.screen.handover.lines.rows()
    qtbot.waitUntil(lambda: words in [row.remark for row in rows])
    qtbot.waitUntil(one.screen.handover.lines.hasFocus)


def test_what_was_asked_is_a_line(duty: MakeDuty, qtbot: QtBot) -> None:
    one, ids = begun(duty, qtbot)
    asked = [r.difference for r in one.screen.handover.lines.rows()]
    assert {d.case for d in asked if d.kind is LineKind.ASKED} == set(ids)


def test_opened_before_the_first_picture_it_waits_for_it(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty(cases=12, role=Role.DUTY_CHIEF)
    ids = ask(one.picture, (RETURN, EXTENSION))
    one.screen.show()
    one.screen.open_handover()
    assert not one.screen.handover.lines.rows()
    assert not one.screen.handover.buttons["send"].isEnabled()
    one.show(qtbot)
    panel = one.screen.handover
    qtbot.waitUntil(lambda: bool(panel.lines.rows()))
    assert set(ids) <= {row.difference.case for row in panel.lines.rows()}
    assert panel.outgoing.text()


def test_what_was_left_before_the_first_picture_is_not_gathered(
    duty: MakeDuty, qtbot: QtBot
) -> None:
    one = duty(cases=12, role=Role.DUTY_CHIEF)
    ask(one.picture, (RETURN, EXTENSION))
    one.screen.show()
    one.screen.open_handover()
    one.screen.office.look_at("D.460106")
    one.show(qtbot)
    assert draft_of(one.stage.board).since is None
    assert one.screen.handover._since is None


def test_it_cannot_be_sent_before_every_line_has_its_word(duty: MakeDuty, qtbot: QtBot) -> None:
    one, ids = begun(duty, qtbot)
    send = one.screen.handover.buttons["send"]
    assert not send.isEnabled()
    click(one, qtbot, "line-refuse", ids[0])
    one.screen.handover.accept_rest()
    assert not send.isEnabled()
    assert "1" in send.toolTip()


def test_a_refused_line_needs_a_remark_and_goes_into_the_log(duty: MakeDuty, qtbot: QtBot) -> None:
    one, ids = begun(duty, qtbot)
    click(one, qtbot, "line-refuse", ids[0])
    remark(one, qtbot, "no photo")
    qtbot.mouseClick(one.screen.handover.buttons["rest"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(one.screen.handover.buttons["send"], Qt.MouseButton.LeftButton)
    body = one.body()
    lines = body["lines"]
    assert isinstance(lines, tuple)
    refused = [line for line in lines if not line["accepted"]]
    assert [(line["case"], line["remark"]) for line in refused] == [(ids[0], "no photo")]
    assert body["unit"] == "D.460106"
    assert body["outgoing"]
    assert body["incoming"]
    assert body["outgoing"] != body["incoming"]


def test_by_keyboard_alone(duty: MakeDuty, qtbot: QtBot) -> None:
    one, ids = begun(duty, qtbot)
    lines = one.screen.handover.lines
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_A)
    assert lines.rows()[0].accepted is True
    assert lines.currentIndex().row() == 1
    qtbot.keyClick(lines, Qt.Key.Key_R)
    remark(one, qtbot, "ask again")
    qtbot.keyClick(lines, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: lines.unsettled() == 0)
    qtbot.keyClick(lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(one.link.sent) == 1
    assert len(ids) == 2


def test_it_is_sent_once_and_says_what_became_of_it(duty: MakeDuty, qtbot: QtBot) -> None:
    one, _ = begun(duty, qtbot)
    panel = one.screen.handover
    panel.accept_rest()
    panel.send()
    panel.send()
    assert len(one.link.sent) == 1
    one.stage.board.sink(CommandMoved(one.link.sent[0], Tick.COMMITTED))
    one.stage.board.drain()
    assert panel._said.text() == one.stage.texts("duty.handed_over")


def test_a_refused_handover_can_be_sent_again(duty: MakeDuty, qtbot: QtBot) -> None:
    one, _ = begun(duty, qtbot)
    panel = one.screen.handover
    panel.accept_rest()
    panel.send()
    one.stage.board.sink(CommandMoved(one.link.sent[0], Tick.REFUSED))
    one.stage.board.drain()
    assert panel._said.text() == one.stage.texts("duty.handover_refused")
    panel.send()
    assert len(one.link.sent) == 2


def test_what_the_last_handover_left_open_comes_first(duty: MakeDuty, qtbot: QtBot) -> None:
    one, ids = begun(duty, qtbot)
    open_line = Line(
        kind=LineKind.SILENT, case=ids[1], before="sent", after="", accepted=False, remark="why"
    )
    kept = replace(open_line, accepted=True, remark="")
    one.stage.board.picture.handovers["h"] = Handover(
        id="h",
        version=1,
        unit="D.460106",
        since=NOW - timedelta(hours=9),
        made_at=NOW - timedelta(minutes=90),
        outgoing="a",
        incoming="b",
        lines=(open_line, kept),
    )
    one.screen.handover.begin()
    qtbot.waitUntil(lambda: one.screen.handover.lines.rows()[0].left)
    first = one.screen.handover.lines.rows()[0]
    assert (first.difference.case, first.remark, first.accepted) == (ids[1], "why", None)
    assert not one.screen.handover.lines.rows()[1].left


def test_what_was_said_is_kept_when_it_is_gathered_again(duty: MakeDuty, qtbot: QtBot) -> None:
    one, ids = begun(duty, qtbot)
    click(one, qtbot, "line-accept", ids[0])
    with qtbot.waitSignal(one.screen.handover._gathering.done):
        one.screen.handover.begin()
    said = {r.difference.case: r.accepted for r in one.screen.handover.lines.rows()}
    assert said[ids[0]] is True


def again(one: Duty, qtbot: QtBot, lang: str) -> HandoverPanel:
    """The screen built anew, as after a change of language."""
    stage = replace(one.stage, texts=Texts(lang, strict=True))
    one.screen.shut_down()
    one.screen.deleteLater()
    one.screen = DutyScreen(stage)
    qtbot.addWidget(one.screen)
    one.screen.attach(one.link)
    one.screen.show()
    return one.screen.handover


def test_another_language_keeps_what_was_said(duty: MakeDuty, qtbot: QtBot) -> None:
    one, ids = begun(duty, qtbot)
    click(one, qtbot, "line-refuse", ids[0])
    remark(one, qtbot, "no photo")
    one.screen.handover.incoming.setText("陈新")
    before = [(r.difference, r.accepted, r.remark) for r in one.screen.handover.lines.rows()]
    panel = again(one, qtbot, "en")
    assert [(r.difference, r.accepted, r.remark) for r in panel.lines.rows()] == before
    assert panel.incoming.text() == "陈新"
    assert panel.isVisible()
    panel.accept_rest()
    panel.send()
    panel = again(one, qtbot, "zh")
    panel.send()
    assert len(one.link.sent) == 1
    one.stage.board.sink(CommandMoved(one.link.sent[0], Tick.COMMITTED))
    one.stage.board.drain()
    assert panel._said.text() == one.stage.texts("duty.handed_over")
    panel.closed.emit()
    panel = again(one, qtbot, "en")
    assert not panel.isVisible()
    assert list(panel.lines.rows()) == []


@pytest.mark.parametrize("training", [False, True])
def test_it_is_printed_also_while_the_histories_cannot_be_read(
    duty: MakeDuty,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    training: bool,
) -> None:
    def away(self: StandInLink, case_id: str) -> list[Event]:
        raise OSError("no route")

    monkeypatch.setattr(StandInLink, "history", away)
    one, _ = begun(duty, qtbot, training=training)
    panel = one.screen.handover
    assert "没有读到" in panel._said.text()
    file = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    qtbot.mouseClick(panel.buttons["print"], Qt.MouseButton.LeftButton)
    assert file.read_bytes().startswith(b"%PDF")
    assert file.name in panel._said.text()
    nowhere = tmp_path / "no" / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(nowhere), ""))
    panel.print_sheet()
    assert "sheet.pdf" in panel._said.text()
    assert not nowhere.exists()


def test_another_scope_forgets_it(duty: MakeDuty, qtbot: QtBot) -> None:
    one, _ = begun(duty, qtbot)
    one.screen.office.look_at("D.460105")
    assert list(one.screen.handover.lines.rows()) == []
    assert not one.screen.handover.isVisible()


def test_it_is_offered_in_the_last_half_hour(duty: MakeDuty, qtbot: QtBot) -> None:
    one = duty(cases=0)
    one.show(qtbot)
    button: QWidget = one.screen.head.handover
    assert button.property("kind") == ""
    turn = one.screen.office.turn()
    assert turn is not None
    soon = replace(turn, version=1, end=NOW + timedelta(minutes=20))
    one.stage.board.picture.turns[soon.id] = soon
    one.stage.board.ticked.emit()
    assert button.property("kind") == "due"
