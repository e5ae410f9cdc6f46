"""The emergency linkage from a drawn area to its after-action sheet, by the centre's own rules."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.domain.assignment import AssignmentState
from console.domain.command import Acknowledge, Arrive, Report, Respond
from console.domain.incident import IncidentState, ReportKind, ResponseLevel, Review
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules.scene import Located
from console.live.drag import Payload
from console.store.changes import ChangeSet
from console.store.inside import circle
from console.views.incident import ask_dialog, end_dialog, report_dialog
from console.views.incident.ask_dialog import AskDialog
from console.views.incident.end_dialog import EndDialog
from console.views.incident.lane_view import columns
from console.views.incident.level_dialog import LevelDialog
from console.views.incident.report_dialog import ReportDialog
from console.views.incident.start_dialog import StartDialog, add_start_action
from console.wire.codec import encode
from console.wire.commands import Answer
from console.wire.messages import CommandMoved, Tick
from tests.qt.desk_picture import NOW
from tests.qt.tables.listing import drop, middle, ours
from tests.qt.views.linkage import CENTRE
from tests.qt.views.linkage_room import RING, UNITS, MakeLinkage, ask, call, map_of, start

HINT_TOP = 64
"""Where the map's hint for a drawing begins (map.css)."""


@pytest.fixture
def make(make_linkage: MakeLinkage) -> MakeLinkage:
    """Short: nearly every test here begins with it."""
    return make_linkage


# -- starting -------------------------------------------------------------------------------------


def test_without_an_incident_it_says_how_to_start_one(make: MakeLinkage) -> None:
    linkage = make()
    texts = linkage.screen.stage.texts
    assert linkage.screen.banner._name.text() == texts("incident.none")
    assert linkage.screen.focus.incident is None
    assert linkage.screen.lanes.list.rows.rows == []


def test_a_drawn_area_says_what_is_inside_at_once(make: MakeLinkage) -> None:
    linkage = make()
    panel = linkage.screen.map.start
    assert panel.isHidden()
    map_of(linkage).finish(RING)
    assert panel.isVisible()
    assert int(panel._figures["cases"].text()) >= 10
    assert int(panel._figures["units"].text()) > 0
    assert "供水" in panel.name.text() or panel.name.text()
    assert linkage.centre.sent == []


def test_the_lasso_becomes_an_incident_with_its_cases(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    assert linkage.centre.types() == ["start_incident"]
    incident = linkage.incident
    assert incident.state is IncidentState.CONFIRMED
    assert len(linkage.board.picture.cases_of(incident.id)) >= 10
    assert linkage.screen.map.start.isHidden()
    assert set(map_of(linkage).footprints) == {incident.id}
    assert set(map_of(linkage).hours) == {
        c.grid for c in linkage.board.picture.cases_of(incident.id)
    }


def test_without_the_tick_no_case_is_attached(make: MakeLinkage) -> None:
    linkage = make()
    map_of(linkage).finish(RING)
    linkage.screen.map.start._attach.setChecked(False)
    QTest.mouseClick(linkage.screen.map.start.start, Qt.MouseButton.LeftButton)
    assert linkage.board.picture.cases_of(linkage.incident.id) == []


def test_the_surroundings_of_the_chosen_case(make: MakeLinkage, qtbot: QtBot) -> None:
    linkage = make()
    linkage.screen.activateWindow()
    qtbot.waitUntil(linkage.screen.isActiveWindow)
    case_id = call(linkage.board, linkage.centre.city, 30)
    linkage.screen.stage.selection.choose(case_id)
    QTest.keyClick(linkage.screen, Qt.Key.Key_S)
    assert linkage.screen.map.start.isVisible()
    QTest.keyClick(linkage.screen.map.start.name, Qt.Key.Key_Return)
    assert case_id in [c.id for c in linkage.board.picture.cases_of(linkage.incident.id)]


BOW_TIE = [
    Position(110.3, 20.0),
    Position(110.31, 20.01),
    Position(110.31, 20.0),
    Position(110.3, 20.01),
]


@pytest.mark.parametrize(
    ("ring", "problem"),
    [(BOW_TIE, "footprint-crosses-itself"), (circle(Position(112.0, 21.5), 500), "outside-city")],
)
def test_a_bad_area_says_what_is_wrong_before_anything_is_sent(
    make: MakeLinkage, ring: list[Position], problem: str
) -> None:
    linkage = make()
    map_of(linkage).finish(ring)
    panel = linkage.screen.map.start
    assert panel.fault() == linkage.screen.stage.texts(f"problem.{problem}")
    assert not panel.start.isEnabled()
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    assert linkage.centre.sent == []


def test_a_refusal_of_the_centre_opens_the_panel_again(make: MakeLinkage) -> None:
    linkage = make()
    map_of(linkage).finish(RING)
    linkage.centre.rules._locate = lambda _: Located()
    panel = linkage.screen.map.start
    QTest.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert linkage.screen.focus.incident is None
    assert panel.fault() == linkage.screen.stage.texts("problem.outside-city")
    assert panel.isVisible()


def test_a_refused_call_in_never_offers_the_start_again(
    make: MakeLinkage, monkeypatch: pytest.MonkeyPatch
) -> None:
    linkage = make()
    start(linkage)
    reasons = []
    linkage.screen.acts.refused.connect(lambda _, reason: reasons.append(reason))
    ask(linkage, ("B.water",))
    linkage.screen.acts.call_in(linkage.incident, [("unit", "B.water")])
    linkage.screen.acts.redraw(linkage.incident, BOW_TIE)
    assert len(reasons) == 2
    panel = linkage.screen.map.start
    assert panel.isHidden()
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    assert linkage.centre.types().count("start_incident") == 1


def test_what_another_incident_has_is_not_counted_but_named(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    texts, panel = linkage.screen.stage.texts, linkage.screen.map.start
    assert panel._taken.isHidden()
    held = len(linkage.board.picture.cases_of(linkage.incident.id))
    made = call(linkage.board, linkage.centre.city, 60)
    map_of(linkage).finish(RING)
    quoted = texts("incident.quoted", name=linkage.incident.name)
    assert panel._taken.text() == texts("incident.taken", n=held, names=quoted)
    assert panel._taken.isVisible()
    assert panel._figures["cases"].text() == "1"
    QTest.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert [case.id for case in linkage.board.picture.cases_of(linkage.incident.id)] == [made]


def test_a_tool_is_taken_out_and_put_down_by_its_key(make: MakeLinkage, qtbot: QtBot) -> None:
    linkage = make()
    linkage.screen.activateWindow()
    qtbot.waitUntil(linkage.screen.isActiveWindow)
    tools = linkage.screen.map.tools
    for key, tool in ((Qt.Key.Key_C, "circle"), (Qt.Key.Key_L, "lasso")):
        QTest.keyClick(linkage.screen, key)
        assert (map_of(linkage).tool, tools.out) == (tool, tool)
        assert [n for n, b in tools.buttons.items() if b.isChecked()] == [tool]
    QTest.keyClick(linkage.screen, Qt.Key.Key_Escape)
    assert (map_of(linkage).tool, tools.out) == (None, None)
    map_of(linkage).finish(RING)
    QTest.keyClick(linkage.screen, Qt.Key.Key_Escape)
    assert linkage.screen.map.start.isHidden()
    assert map_of(linkage).footprints == {}


def test_a_role_that_may_not_start_one_reads_why(make: MakeLinkage) -> None:
    linkage = make(Role.SUPERVISOR)
    assert not linkage.screen.map.tools.buttons["lasso"].isEnabled()
    assert linkage.screen.map.tools.buttons["lasso"].toolTip()
    map_of(linkage).finish(RING)
    assert not linkage.screen.map.start.start.isEnabled()


def test_what_a_dispatcher_starts_waits_for_the_shift_leader(make: MakeLinkage) -> None:
    linkage = make(Role.DISPATCHER)
    start(linkage)
    banner, texts = linkage.screen.banner, linkage.screen.stage.texts
    assert banner._mark.text() == f"{texts('incident.unconfirmed')} 05:00"
    assert not banner._buttons["confirm_incident"].isEnabled()
    linkage.centre.go_to(6)
    assert banner._mark.text().startswith(texts("incident.unconfirmed_late"))
    assert linkage.incident.unconfirmed


def test_one_press_confirms(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    incident = linkage.incident
    waiting = replace(incident, state=IncidentState.STARTED, confirmed_at=None)
    linkage.board.picture.incidents[incident.id] = waiting
    linkage.board.changed.emit(ChangeSet(incidents={incident.id}))
    QTest.mouseClick(linkage.screen.banner._buttons["confirm_incident"], Qt.MouseButton.LeftButton)
    assert linkage.incident.state is IncidentState.CONFIRMED
    assert linkage.screen.banner._mark.isHidden()


def test_another_area_for_the_same_incident(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    wider = circle(CENTRE, 1500)
    map_of(linkage).finish(wider)
    QTest.mouseClick(linkage.screen.map.start._redraw, Qt.MouseButton.LeftButton)
    assert linkage.incident.footprint == wider


# -- asking ---------------------------------------------------------------------------------------


def test_units_are_proposed_by_duty_and_area_and_asked_in_one_command(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    linkage.screen.dialogs.ask()
    (dialog,) = linkage.screen.findChildren(AskDialog)
    proposed = [one for _, one in dialog.chosen()]
    leads = {linkage.centre.city.categories["0901"].lead, "D.460106"}
    assert leads <= set(proposed)
    assert len(proposed) <= ask_dialog.MOST_TICKED
    whys = {
        choice.id: choice for choice in ask_dialog.choices(linkage.screen.stage, linkage.incident)
    }
    assert any(choice.why and not choice.ticked for choice in whys.values())
    assert [c.ticked for c in whys.values()] == sorted(
        (c.ticked for c in whys.values()), reverse=True
    )
    QTest.mouseClick(dialog.send, Qt.MouseButton.LeftButton)
    assert linkage.centre.types().count("call_in") == 1
    assert {order.unit for order in linkage.orders()} == set(proposed)


def test_not_even_many_kinds_of_calls_tick_many_units(make: MakeLinkage) -> None:
    linkage = make()
    kinds = list(linkage.centre.city.categories)
    for number, kind in enumerate(kinds[:40]):
        call(linkage.board, linkage.centre.city, 100 + number, kind)
    start(linkage)
    assert (
        len({case.category for case in linkage.board.picture.cases_of(linkage.incident.id)}) >= 40
    )
    linkage.screen.dialogs.ask()
    (dialog,) = linkage.screen.findChildren(AskDialog)
    chosen = [one for _, one in dialog.chosen()]
    assert 3 <= len(chosen) <= ask_dialog.MOST_TICKED
    assert "D.460106" in chosen


def test_who_was_asked_cannot_be_asked_again(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage)
    linkage.screen.dialogs.ask()
    dialog = linkage.screen.findChildren(AskDialog)[-1]
    dialog._tick_all(Qt.CheckState.Checked)
    assert not {one for _, one in dialog.chosen()} & set(UNITS)


def test_the_search_finds_by_pinyin_initials(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    dialog = AskDialog(linkage.screen.stage, linkage.incident, linkage.screen.acts, linkage.screen)
    dialog._filter("swj")
    shown = [i.data(ask_dialog._ID) for i in dialog._items() if not i.isHidden()]
    assert "B.water" in shown
    assert len(shown) < 20


def test_lanes_follow_the_field(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage)
    lanes = linkage.screen.lanes.list.rows
    assert [row.unsigned for row in lanes.rows] == [True] * 5
    texts = linkage.screen.stage.texts
    assert linkage.screen.banner.unsigned() == texts("incident.unsigned_n", n=5)
    first, second = linkage.orders()[:2]
    linkage.centre.go_to(2)
    linkage.centre.field(Acknowledge(assignment=first.id))
    linkage.centre.field(Respond(assignment=first.id))
    linkage.centre.go_to(3)
    linkage.centre.field(Arrive(assignment=first.id))
    assert linkage.screen.banner.unsigned() == texts("incident.unsigned_n", n=4)
    row = next(row for row in lanes.rows if row.id == first.id)
    assert (row.reached, row.stages[0], row.stages[3]) == (3, "10:05", "")
    assert lanes.rows[-1].id == first.id
    linkage.centre.field(Report(assignment=first.id))
    row = next(row for row in lanes.rows if row.id == first.id)
    assert row.reached == 4
    assert second.id in [row.id for row in lanes.rows[:4]]


def test_the_ladder_says_whom_it_reaches_next_and_when(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage, ("B.water",))
    city = linkage.centre.city
    seen = []
    for minutes in (0, 3.1, 6.1, 10.1):
        linkage.centre.go_to(minutes)
        row = linkage.screen.lanes.list.rows.rows[0]
        seen.append((row.waits, row.next_when, row.next_who))
    texts = linkage.screen.stage.texts
    assert [waits for waits, _, _ in seen] == ["0", "3", "6", "10"]
    assert seen[0][1] == texts("incident.lane.next", time="10:06")
    assert city.units["B.water"].phone in seen[0][2]
    assert city.units["B.water"].duty_leader in seen[1][2]
    assert seen[2][2].startswith(texts("incident.rung.duty_chief"))
    assert seen[3][1] == texts("incident.lane.top")
    assert linkage.orders()[0].step == 3


def test_rows_change_places_only_between_drags(make: MakeLinkage, qtbot: QtBot) -> None:
    linkage = make()
    start(linkage)
    ask(linkage)
    lanes = linkage.screen.lanes
    before = [row.id for row in lanes.list.rows.rows]
    lanes.hold(True)
    linkage.centre.field(Acknowledge(assignment=before[0]))
    assert [row.id for row in lanes.list.rows.rows] == before
    assert lanes.list.rows.rows[0].reached == 1
    lanes.hold(False)
    qtbot.waitUntil(lambda: [row.id for row in lanes.list.rows.rows] != before)
    assert lanes.list.rows.rows[-1].id == before[0]


# -- drags ----------------------------------------------------------------------------------------


def test_cases_workers_and_teams_are_dropped_on_the_lanes(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage, ("B.water",))
    board, lanes = linkage.board, linkage.screen.lanes.list
    case_id = call(board, linkage.centre.city, 40)
    worker = next(w for w, duty in board.picture.workers.items() if duty.on_duty)
    team = next(iter(linkage.centre.city.teams))
    for kind, one in (("case", case_id), ("worker", worker), ("team", team)):
        assert drop(lanes, ours(kind, one), middle(lanes, 0))
    assert board.picture.cases[case_id].incident == linkage.incident.id
    asked = {(order.worker, order.team) for order in linkage.orders()}
    assert {(worker, None), (None, team)} <= asked
    for kind, one in (("case", case_id), ("worker", worker), ("team", team)):
        assert not drop(lanes, ours(kind, one), middle(lanes, 0))


def test_a_drop_on_the_footprint_is_a_drop_on_its_incident(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    case_id = call(linkage.board, linkage.centre.city, 41)
    mime = encode(Payload(kind="case", ids=[case_id]))
    assert map_of(linkage).policy(mime, "footprint", linkage.incident.id)
    assert not map_of(linkage).policy(mime, "footprint", "unknown")
    map_of(linkage).dropped.emit(mime, "footprint", linkage.incident.id, CENTRE)
    assert linkage.board.picture.cases[case_id].incident == linkage.incident.id


def test_during_a_drag_the_lanes_say_what_a_drop_does(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage, ("B.water",))
    screen, texts, name = linkage.screen, linkage.screen.stage.texts, linkage.incident.name
    case_id = call(linkage.board, linkage.centre.city, 42)
    team = next(iter(linkage.centre.city.teams))
    for kind, words in (("case", "case"), ("team", "call_in")):
        one = case_id if kind == "case" else team
        screen.dragging.began.emit(Payload(kind=kind, ids=[one]))
        assert screen.lanes._title.text() == texts(f"incident.drop.{words}", n=1, name=name)
        assert screen.lanes.property("target") == "yes"
        screen.dragging.ended.emit()
    assert screen.lanes._title.text() == texts("incident.lanes")
    there = linkage.board.picture.cases_of(linkage.incident.id)[0].id
    screen.dragging.began.emit(Payload(kind="case", ids=[there]))
    assert screen.lanes._title.text() == texts("problem.already-done")
    assert screen.lanes.property("target") == "no"


def test_somebody_off_duty_is_not_asked(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    worker = next(w for w, duty in linkage.board.picture.workers.items() if not duty.on_duty)
    target = linkage.screen.lanes.list
    assert not drop(target, ours("worker", worker), target.viewport().rect().center())


# -- calls, timeline, checklist ---------------------------------------------------------------------


def test_repeat_calls_are_proposed_and_attached_by_one_click(
    make: MakeLinkage, qtbot: QtBot
) -> None:
    linkage = make()
    start(linkage)
    calls = linkage.screen.calls
    assert calls._bar.isHidden()
    linkage.centre.go_to(1)
    for number in (50, 51, 52):
        made = call(linkage.board, linkage.centre.city, number)
        case = linkage.board.picture.cases[made]
        linkage.board.picture.cases[made] = replace(case, received_at=linkage.centre.now)
    linkage.board.changed.emit(ChangeSet(cases={"x"}))
    qtbot.waitUntil(lambda: not calls._bar.isHidden())
    assert calls._attach.text() == linkage.screen.stage.texts("incident.attach_n", n=3)
    QTest.mouseClick(calls._attach, Qt.MouseButton.LeftButton)
    assert linkage.centre.types().count("attach") == 3
    assert calls._bar.isHidden()


def test_what_was_left_out_is_not_proposed_again(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    made = call(linkage.board, linkage.centre.city, 50)
    linkage.screen.calls.show_calls()
    case = linkage.board.picture.cases[made]
    linkage.board.picture.cases[made] = replace(case, received_at=NOW)
    linkage.screen.calls.show_calls()
    assert linkage.screen.calls._proposed == [made]
    linkage.screen.calls._dismiss()
    linkage.screen.calls.show_calls()
    assert linkage.screen.calls._proposed == []


def test_repeats_are_folded_with_their_count_and_unfold(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    rows = linkage.screen.calls.list.rows
    folded = next(row for row in rows.rows if row.repeats)
    assert folded.repeats == 9
    before = len(rows.rows)
    linkage.screen.calls._toggle(folded.id)
    assert len(rows.rows) == before + 9


def test_a_chosen_call_is_chosen_on_every_screen(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    linkage.screen.calls.list.select_row(0)
    row = linkage.screen.calls.list.rows.rows[0]
    assert linkage.screen.stage.selection.case == row.id


def test_notes_stand_in_the_timeline(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    timeline = linkage.screen.timeline
    timeline.note.setText("关阀需 20 分钟")
    QTest.keyClick(timeline.note, Qt.Key.Key_Return)
    assert timeline.note.text() == ""
    assert timeline.list.rows.rows[0].detail == "关阀需 20 分钟"


def test_the_past_is_fetched_when_it_is_chosen(make: MakeLinkage, qtbot: QtBot) -> None:
    linkage = make()
    start(linkage)
    ask(linkage, ("B.water",))
    linkage.screen.timeline.show_incident()
    assert linkage.screen.timeline.list.rows.rows == []
    qtbot.waitUntil(lambda: len(linkage.screen.timeline.list.rows.rows) >= 3)
    whats = [row.what for row in linkage.screen.timeline.list.rows.rows]
    assert whats.count(linkage.screen.stage.texts("event.case.attached")) == 1
    types = [event.type for event in linkage.screen.timeline.events]
    assert types[0] == "incident.started"
    assert types.count("incident.called_in") == 1
    assert "assignment.sent" not in types


def test_a_ticked_step_is_a_note_and_stays_ticked(make: MakeLinkage, qtbot: QtBot) -> None:
    linkage = make()
    start(linkage)
    checklist = linkage.screen.checklist
    item = checklist.list.item(0)
    item.setCheckState(Qt.CheckState.Checked)
    assert linkage.centre.types()[-1] == "note_incident"
    checklist._sent.clear()
    linkage.screen.timeline.show_incident()
    qtbot.waitUntil(lambda: "incident.noted" in [e.type for e in linkage.screen.timeline.events])
    assert checklist.list.item(0).checkState() is Qt.CheckState.Checked
    assert not checklist.list.item(0).flags() & Qt.ItemFlag.ItemIsUserCheckable


# -- level, reports, the end ---------------------------------------------------------------------------


def test_a_level_is_recorded_with_its_order(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    linkage.screen.dialogs.record_level()
    (dialog,) = linkage.screen.findChildren(LevelDialog)
    dialog._record()
    assert not dialog._fault.isHidden()
    dialog.number.setText("海三防〔2026〕12号")
    dialog._record()
    level = linkage.incident.level
    assert level is not None
    assert (level.level, level.number) == (ResponseLevel.IV, "海三防〔2026〕12号")
    assert level.ordered_at == NOW
    assert linkage.screen.banner._level.text() == linkage.screen.stage.texts("incident.level.IV")


@pytest.fixture
def pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sheet.pdf"
    for module in (report_dialog, end_dialog):
        monkeypatch.setattr(module, "choose_file", lambda *_: path)
    return path


def test_reports_go_up_in_their_order_with_a_pdf(make: MakeLinkage, pdf: Path) -> None:
    linkage = make()
    start(linkage)
    ask(linkage)
    told = []
    for kind in (ReportKind.FIRST, ReportKind.FOLLOW_UP, ReportKind.FINAL):
        linkage.screen._report()
        dialog = linkage.screen.findChildren(ReportDialog)[-1]
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind.value))
        assert linkage.incident.name in dialog.words.toPlainText()
        QTest.mouseClick(dialog.send, Qt.MouseButton.LeftButton)
        assert pdf.read_bytes().startswith(b"%PDF")
        pdf.unlink()
        told.append(linkage.centre.sent[-1].body["kind"])
    assert told == ["first", "follow_up", "final"]
    assert linkage.incident.report_due is None
    linkage.screen._report()
    dialog = linkage.screen.findChildren(ReportDialog)[-1]
    assert dialog.fault() == linkage.screen.stage.texts("incident.report_over")


def test_offline_nothing_is_reported_but_a_draft_may_be_kept(make: MakeLinkage, pdf: Path) -> None:
    linkage = make()
    start(linkage)
    linkage.centre.go_to(2, silent=True)
    linkage.screen._report()
    (dialog,) = linkage.screen.findChildren(ReportDialog)
    assert dialog._fault.text() == linkage.screen.stage.texts("incident.report_offline")
    assert not dialog.send.isEnabled()
    dialog._send()
    assert "report_upward" not in linkage.centre.types()
    assert not pdf.exists()
    QTest.mouseClick(dialog.draft, Qt.MouseButton.LeftButton)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "report_upward" not in linkage.centre.types()
    linkage.centre.go_to(2)
    assert dialog.send.isEnabled()


def test_a_file_that_cannot_be_written_is_no_report(
    make: MakeLinkage, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linkage = make()
    start(linkage)
    monkeypatch.setattr(report_dialog, "choose_file", lambda *_: pdf / "no" / "folder.pdf")
    linkage.screen._report()
    (dialog,) = linkage.screen.findChildren(ReportDialog)
    dialog._send()
    assert "report_upward" not in linkage.centre.types()
    assert not dialog._fault.isHidden()


def test_from_lasso_to_after_action_with_two_of_five_late(make: MakeLinkage, pdf: Path) -> None:
    linkage = make()
    start(linkage)
    ask(linkage)
    orders = {order.unit: order.id for order in linkage.orders()}
    for minutes, units in ((1, UNITS[:3]), (5, UNITS[3:4]), (8, UNITS[4:])):
        linkage.centre.go_to(minutes)
        for unit in units:
            linkage.centre.field(Acknowledge(assignment=orders[unit]))
    assert linkage.screen.banner.unsigned() == ""
    late = [row.name for row in linkage.screen.lanes.list.rows.rows if row.late]
    assert len(late) == 2
    for unit in UNITS:
        linkage.centre.field(Arrive(assignment=orders[unit]))
        linkage.centre.field(Report(assignment=orders[unit]))
    linkage.screen._end()
    (dialog,) = linkage.screen.findChildren(EndDialog)
    course = dialog.fields["course"].toPlainText()
    assert all(name in course for name in late)
    assert course.count(linkage.screen.stage.texts("incident.lane.late")) == 2
    QTest.mouseClick(dialog.end, Qt.MouseButton.LeftButton)
    assert not dialog._fault.isHidden()
    assert linkage.incident.open
    dialog.fields["lessons"].setPlainText("夜间值班电话要有人接")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert pdf.read_bytes().startswith(b"%PDF")
    QTest.mouseClick(dialog.end, Qt.MouseButton.LeftButton)
    ended = linkage.incident
    assert ended.state is IncidentState.ENDED
    assert ended.review is not None
    assert ended.review.lessons == "夜间值班电话要有人接"
    pdf.unlink()
    linkage.screen._save_review()
    assert pdf.exists()
    types = [event.type for event in linkage.centre.log]
    assert types.count("assignment.acknowledged") == 5
    assert types.count("assignment.sent") == 5
    assert types[-1] == "incident.ended"


def test_the_end_takes_back_who_has_not_signed_and_names_them(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage, ("B.water", "B.urban"))
    linkage.centre.go_to(4)
    linkage.screen._end()
    (dialog,) = linkage.screen.findChildren(EndDialog)
    name = linkage.centre.city.units["B.water"].name
    assert name in dialog.fields["course"].toPlainText()
    dialog.fields["lessons"].setPlainText("x")
    dialog._end()
    assert {o.state for o in linkage.orders()} == {AssignmentState.RECALLED}
    assert all(row.gone for row in linkage.screen.lanes.list.rows.rows)


def test_what_goes_on_while_the_review_is_typed_does_not_lose_it(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    linkage.screen._end()
    (dialog,) = linkage.screen.findChildren(EndDialog)
    linkage.screen._report()
    (report,) = linkage.screen.findChildren(ReportDialog)
    opened = linkage.incident.version
    ask(linkage, ("B.water",))
    linkage.screen.acts.note(linkage.incident, "二次塌陷")
    assert linkage.incident.version > opened
    dialog.fields["lessons"].setPlainText("x")
    dialog._end()
    assert linkage.incident.state is IncidentState.ENDED
    assert dialog.isHidden()
    assert report.isVisible()


def test_a_refused_end_keeps_the_dialog_and_says_why(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    linkage.screen._end()
    (dialog,) = linkage.screen.findChildren(EndDialog)
    dialog.fields["lessons"].setPlainText("x")
    linkage.screen.acts.end(
        linkage.incident, Review(course="c", went_well="", lessons="l", follow_up="")
    )
    dialog._end()
    assert dialog.isVisible()
    assert dialog._fault.text() == linkage.screen.stage.texts("problem.incident-ended")
    assert dialog.fields["lessons"].toPlainText() == "x"
    assert dialog.end.isEnabled()


def test_a_report_and_a_level_wait_for_the_centres_word(
    make: MakeLinkage, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linkage = make()
    start(linkage)
    dialogs = linkage.screen.dialogs
    linkage.screen._report()
    dialogs.record_level()
    (report,) = linkage.screen.findChildren(ReportDialog)
    (level,) = linkage.screen.findChildren(LevelDialog)
    level.number.setText("12")
    with monkeypatch.context() as quiet:
        quiet.setattr(linkage.centre, "submit", linkage.centre.sent.append)
        quiet.setattr(linkage.screen.stage.orders, "_submit", linkage.centre.sent.append)
        level._record()
        report._send()
        report._send()
    sent = linkage.centre.sent[-2:]
    assert [envelope.type for envelope in sent] == ["record_level", "report_upward"]
    awaited = linkage.screen.stage.texts("incident.awaited")
    for dialog in (level, report):
        assert dialog.isVisible()
        assert dialog._fault.text() == awaited
    lost, stale = sent
    linkage.board.command_moved.emit(CommandMoved(lost, Tick.STORED))
    linkage.board.command_moved.emit(CommandMoved(lost, Tick.COMMITTED))
    answer = Answer(key=stale.key, status=412, problem="stale")
    linkage.board.command_moved.emit(CommandMoved(stale, Tick.REFUSED, answer))
    assert level.isHidden()
    assert report.isVisible()
    assert report.send.isEnabled()
    assert report._fault.text() not in ("", awaited)


def test_there_is_one_dialog_of_each_kind_and_none_types_into_the_screen(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    dialogs = linkage.screen.dialogs
    for _ in range(2):
        dialogs.ask()
        dialogs.record_level()
        linkage.screen._report()
        linkage.screen._end()
    for kind in (AskDialog, LevelDialog, ReportDialog, EndDialog):
        (dialog,) = linkage.screen.findChildren(kind)
        assert dialog.windowModality() is Qt.WindowModality.WindowModal
    (level,) = linkage.screen.findChildren(LevelDialog)
    QTest.keyClick(level, Qt.Key.Key_L)
    assert linkage.screen.map.tools.out is None
    level.close()
    dialogs.record_level()
    assert linkage.screen.findChildren(LevelDialog)[-1].isVisible()


def test_the_end_closes_what_has_no_use_any_more(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    linkage.screen.dialogs.ask()
    linkage.screen.dialogs.record_level()
    (asking,) = linkage.screen.findChildren(AskDialog)
    (level,) = linkage.screen.findChildren(LevelDialog)
    linkage.screen.acts.end(
        linkage.incident, Review(course="c", went_well="", lessons="l", follow_up="")
    )
    assert asking.isHidden()
    assert level.isHidden()


# -- the screen ------------------------------------------------------------------------------------


def test_english_has_all_its_words(make: MakeLinkage) -> None:
    linkage = make(lang="en")
    start(linkage)
    ask(linkage)
    linkage.centre.go_to(4)
    linkage.screen._end()
    linkage.screen._report()
    assert linkage.screen.banner.unsigned() == "Unsigned 5"


def test_out_of_sight_it_does_nothing_and_catches_up(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage, ("B.water",))
    order = linkage.orders()[0]
    linkage.screen.hide()
    before = linkage.screen.lanes.list.rows.rows
    linkage.centre.field(Acknowledge(assignment=order.id))
    assert linkage.screen.lanes.list.rows.rows == before
    linkage.screen.show()
    assert linkage.screen.lanes.list.rows.rows[0].reached == 1


@pytest.mark.parametrize("size", [(1280, 600), (1366, 700), (1920, 1000)])
def test_the_map_and_all_six_lanes_have_room(make: MakeLinkage, size: tuple[int, int]) -> None:
    linkage = make()
    start(linkage)
    linkage.screen.resize(*size)
    QApplication.processEvents()
    assert linkage.screen.width() == size[0]
    assert linkage.screen.map.width() >= 600
    lanes = columns(linkage.screen.lanes.head.rect())
    assert [column.left() for column in lanes] == sorted({column.left() for column in lanes})
    assert all(column.width() >= 76 for column in lanes)
    assert lanes[-1].right() == linkage.screen.lanes.head.rect().right()
    assert linkage.screen.map.tools.geometry().bottom() < HINT_TOP


@pytest.mark.parametrize("height", [620, 1000])
def test_all_of_a_rings_panel_can_be_reached(make: MakeLinkage, height: int) -> None:
    linkage = make()
    start(linkage)
    screen = linkage.screen
    screen.resize(1280, height)
    map_of(linkage).finish(RING)
    QApplication.processEvents()
    assert screen.map.start.geometry().bottom() < screen.map.height()
    assert screen.height() == height
    screen.map.drop_draft()
    assert screen.lanes.isVisible()


def test_places_for_a_mouse(make: MakeLinkage) -> None:
    linkage = make()
    start(linkage)
    ask(linkage, ("B.water",))
    screen = linkage.screen
    order = linkage.orders()[0]
    for kind, name in (
        ("lane", order.id),
        ("lane", "B.water"),
        ("incident", linkage.incident.id),
        ("panel", "map"),
        ("call", screen.calls.list.rows.rows[0].id),
    ):
        found = screen.locate(kind, name)
        assert found is not None, (kind, name)
        assert not found[1].isEmpty()
    assert screen.locate("lane", "B.urban") is None
    assert screen.locate("choice", "B.urban") is None
    linkage.screen.dialogs.ask()
    assert screen.locate("choice", linkage.centre.city.categories["0901"].lead) is not None


def test_an_incident_is_started_from_another_screens_menu(make: MakeLinkage, qtbot: QtBot) -> None:
    linkage = make()
    case_id = call(linkage.board, linkage.centre.city, 3)
    stage, went = linkage.screen.stage, []
    menu = QMenu(linkage.screen)
    add_start_action(menu, stage, case_id, linkage.screen, lambda: went.append(True))
    menu.actions()[0].trigger()
    (dialog,) = linkage.screen.findChildren(StartDialog)
    QTest.mouseClick(dialog.panel.start, Qt.MouseButton.LeftButton)
    assert went == [True]
    assert case_id in [c.id for c in linkage.board.picture.cases_of(linkage.incident.id)]
    menu.clear()
    add_start_action(menu, stage, "nobody", linkage.screen)
    assert not menu.actions()[0].isEnabled()
