"""The roster is edited in the log; gaps and overlaps are shown and refused with what to do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from pytestqt.qtbot import QtBot

from console.domain.role import Role
from console.views.duty.roster_dialog import RosterDialog
from console.wire.commands import Answer
from console.wire.messages import CommandMoved, Tick
from tests.qt.desk_picture import NOW
from tests.qt.views.duty_stage import Duty, MakeDuty


def opened(make: MakeDuty, qtbot: QtBot, **fields: object) -> tuple[Duty, RosterDialog]:
    one = make(cases=0, **fields)
    one.show(qtbot)
    one.screen.roster.edit_wanted.emit()
    dialog = one.screen.findChild(RosterDialog)
    assert isinstance(dialog, RosterDialog)
    return one, dialog


def wall_time(local: datetime) -> QDateTime:
    date, time = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
    return QDateTime(date, time, QTimeZone.utc())


def test_the_turns_of_the_week_are_there_without_a_gap(duty: MakeDuty, qtbot: QtBot) -> None:
    one, dialog = opened(duty, qtbot)
    assert len(dialog._turns) >= 14
    assert dialog._gaps == {}
    assert one.screen.roster._now[0].text() == one.screen.office.turn().name  # type: ignore[union-attr]


def test_an_overlap_is_refused_with_what_to_do(duty: MakeDuty, qtbot: QtBot) -> None:
    one, dialog = opened(duty, qtbot)
    dialog._new()
    dialog.name.setText("李梅")
    assert not dialog._buttons["set"].isEnabled()
    assert "重叠" in dialog._said.text()
    assert one.link.sent == []


def test_a_turn_of_the_pack_gets_another_person(duty: MakeDuty, qtbot: QtBot) -> None:
    one, dialog = opened(duty, qtbot)
    turn = one.screen.office.turn()
    assert turn is not None
    dialog._take(turn.id)
    dialog.name.setText("李梅")
    qtbot.mouseClick(dialog._buttons["set"], Qt.MouseButton.LeftButton)
    body = one.body()
    assert (body["turn"], body["name"], body["unit"]) == (turn.id, "李梅", "city")
    start = datetime.fromisoformat(str(body["start"]))
    assert start == turn.start


def test_a_refused_turn_comes_back_to_be_mended(duty: MakeDuty, qtbot: QtBot) -> None:
    one, dialog = opened(duty, qtbot)
    turn = one.screen.office.turn()
    assert turn is not None
    dialog._take(turn.id)
    dialog.name.setText("李梅")
    qtbot.mouseClick(dialog._buttons["set"], Qt.MouseButton.LeftButton)
    assert dialog.name.text() == ""
    answer = Answer(key=one.link.sent[-1].key, status=422, problem="turn-overlaps")
    one.stage.board.sink(CommandMoved(one.link.sent[-1], Tick.REFUSED, answer))
    one.stage.board.drain()
    assert dialog._turn().id == turn.id
    assert (dialog.name.text(), dialog._turn().start) == ("李梅", turn.start)
    assert "李梅" in dialog._said.text()


def test_a_turn_is_taken_off_and_leaves_a_gap_that_can_be_filled(
    duty: MakeDuty, qtbot: QtBot
) -> None:
    one, dialog = opened(duty, qtbot)
    turn = one.screen.office.turn()
    assert turn is not None
    dialog._take(turn.id)
    qtbot.mouseClick(dialog._buttons["off"], Qt.MouseButton.LeftButton)
    body = one.body()
    assert body["start"] == body["end"]

    one.stage.board.picture.turns[turn.id] = replace(turn, version=1, end=turn.start)
    dialog.refresh()
    (gap,) = dialog._gaps
    assert dialog.rows.keys()[0] == gap
    dialog._take(gap)
    assert not dialog._buttons["set"].isEnabled()
    dialog.name.setText("王强")
    assert dialog._buttons["set"].isEnabled()
    one.stage.board.ticked.emit()
    assert one.screen.head._chief.property("tone") == "duty-gap"


@pytest.mark.parametrize("hours", [-1, 0, 49])
def test_a_span_that_makes_no_sense_is_refused(duty: MakeDuty, qtbot: QtBot, hours: float) -> None:
    one, dialog = opened(duty, qtbot)
    local = (NOW + timedelta(days=30)).astimezone(one.stage.city.tz)
    dialog.name.setText("李梅")
    dialog.start.setDateTime(wall_time(local))
    dialog.end.setDateTime(wall_time(local + timedelta(hours=hours)))
    assert not dialog._buttons["set"].isEnabled()
    assert "48" in dialog._said.text()


def test_who_may_not_set_turns_is_told(duty: MakeDuty, qtbot: QtBot) -> None:
    one, dialog = opened(duty, qtbot, role=Role.AUDITOR)
    assert not dialog._buttons["set"].isEnabled()
    leaders = (Role.SHIFT_LEADER, Role.DUTY_CHIEF, Role.CENTRE_LEADER, Role.ADMIN)
    names = "、".join(one.stage.texts(f"role.{role}") for role in leaders)
    assert dialog._said.text() == one.stage.texts("problem.role_may", roles=names)
