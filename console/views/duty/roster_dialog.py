"""Edit the roster: the turns of the coming week with their gaps; set one, change one, take one off."""

import uuid
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.command import SetTurn
from console.domain.event import EntityKind, entity_ref
from console.domain.roster import Turn, overlapping
from console.domain.rules.rostering import LONGEST_TURN
from console.store.changes import ChangeSet
from console.theme import tokens
from console.views.awaited import refusal
from console.views.duty.office import Office
from console.widgets.label import plain_label
from console.widgets.line_list import Line, LineList
from console.wire.commands import Envelope
from console.wire.messages import CommandMoved, Tick

DAYS = timedelta(days=7)
_GAP = "gap:"


class RosterDialog(QDialog):
    """A turn that overlaps another, or a gap, is shown in amber with what to do about it."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        """The scope's turns from now on."""
        super().__init__(parent)
        self.setObjectName("duty-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._office = office
        self._texts = office.stage.texts
        self.setWindowTitle(self._texts("duty.roster_of", unit=office.name_of(office.scope.code)))
        self.resize(720, 760)
        self._turns: dict[str, Turn] = {}
        self._gaps: dict[str, tuple[datetime, datetime]] = {}
        self._turn_id = uuid.uuid4().hex
        self.rows = LineList(60)
        self.rows.setObjectName("roster-rows")
        self.start, self.end = self._moment("roster-start"), self._moment("roster-end")
        self.name, self.phone = QLineEdit(), QLineEdit()
        self._said = plain_label(tone="amber", wrap=True)
        self._buttons = {n: QPushButton(self._texts(f"duty.roster_{n}")) for n in _ACTS}
        self._sent: dict[str, Turn] = {}
        self._lay_out()
        self._connect()
        self.refresh()
        self._new()

    def _moment(self, name: str) -> QDateTimeEdit:
        field = QDateTimeEdit()
        field.setObjectName(name)
        field.setDisplayFormat("yyyy-MM-dd HH:mm")
        field.setCalendarPopup(True)
        field.setTimeZone(QTimeZone.utc())
        return field

    def _lay_out(self) -> None:
        texts = self._texts
        form = QFormLayout()
        form.setSpacing(8)
        self.name.setObjectName("roster-name")
        self.phone.setObjectName("roster-phone")
        self.name.setMaxLength(40)
        self.phone.setMaxLength(30)
        form.addRow(texts("duty.roster_from"), self.start)
        form.addRow(texts("duty.roster_to"), self.end)
        form.addRow(texts("duty.roster_name"), self.name)
        form.addRow(texts("duty.roster_phone"), self.phone)
        row = QHBoxLayout()
        for name, button in self._buttons.items():
            button.setObjectName(f"roster-{name}")
            button.setAutoDefault(name == "set")
            row.addWidget(button)
        self._buttons["set"].setProperty("kind", "main")
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addWidget(plain_label(texts("duty.roster_hint"), tone="second", wrap=True))
        box.addWidget(self.rows, 1)
        box.addLayout(form)
        box.addWidget(self._said)
        box.addLayout(row)

    def _connect(self) -> None:
        self.rows.chosen.connect(self._take)
        for field in (self.start, self.end):
            field.dateTimeChanged.connect(self._judge)
        self.name.textChanged.connect(self._judge)
        for name, act in zip(
            _ACTS, (self._set, self._take_off, self._new, self.accept), strict=True
        ):
            self._buttons[name].clicked.connect(act)
        self._office.stage.orders.moved.connect(self._on_moved)
        self._office.stage.board.changed.connect(self._on_changed)

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.turns or changes.everything:
            self.refresh()

    def refresh(self) -> None:
        """Read the roster anew."""
        now, code = self._office.now(), self._office.scope.code
        roster = self._office.roster()
        self._turns = {turn.id: turn for turn in roster.turns(code, now, now + DAYS)}
        gaps = roster.gaps(code, now, now + DAYS)
        self._gaps = {f"{_GAP}{start.isoformat()}": (start, end) for start, end in gaps}
        lines = [(turn.start, self._turn_line(turn)) for turn in self._turns.values()]
        lines += [(span[0], self._gap_line(key, span)) for key, span in self._gaps.items()]
        self.rows.set_lines([line for _, line in sorted(lines, key=lambda entry: entry[0])])
        self._judge()

    def _span(self, start: datetime, end: datetime) -> str:
        tz, weekday = self._office.city.tz, self._texts
        first, last = start.astimezone(tz), end.astimezone(tz)
        day = weekday(f"weekday.{first.weekday()}")
        return f"{first:%m-%d} {day} {first:%H:%M} – {last:%H:%M}"

    def _turn_line(self, turn: Turn) -> Line:
        others = [other for other in self._turns.values() if other.id != turn.id]
        clash = overlapping(others, turn)
        set_here = self._texts("duty.roster_set_here" if turn.version else "duty.roster_of_pack")
        second = set_here
        if clash is not None:
            second = self._texts("duty.roster_clash", name=clash.name)
        return Line(
            key=turn.id,
            title=f"{self._span(turn.start, turn.end)}   {turn.name}",
            second=second,
            note=turn.phone,
        )

    def _gap_line(self, key: str, span: tuple[datetime, datetime]) -> Line:
        return Line(
            key=key,
            title=self._span(*span),
            second=self._texts("duty.roster_gap_hint"),
            figures=self._texts("duty.roster_gap"),
            colour=tokens.AMBER,
        )

    def _take(self, key: str) -> None:
        """Put a row into the form: a turn to change it, a gap to fill it."""
        turn = self._turns.get(key)
        if turn is not None:
            self._fill(turn.id, turn.start, turn.end, turn.name, turn.phone)
        elif key in self._gaps:
            self._fill(uuid.uuid4().hex, *self._gaps[key], "", "")
            self.name.setFocus()

    def _new(self) -> None:
        """An empty turn, in the first gap if there is one."""
        now = self._office.now().replace(second=0, microsecond=0)
        start, end = next(iter(self._gaps.values()), (now, now + timedelta(hours=8)))
        self.rows.show_current(None)
        self._fill(uuid.uuid4().hex, start, end, "", "")

    def _fill(self, turn: str, start: datetime, end: datetime, name: str, phone: str) -> None:
        self._turn_id = turn
        tz = self._office.city.tz
        for field, at in ((self.start, start), (self.end, end)):
            field.setDateTime(_wall_time(at.astimezone(tz)))
        self.name.setText(name)
        self.phone.setText(phone)
        self._judge()

    def _read(self, field: QDateTimeEdit) -> datetime:
        """The field's local time of the city, as UTC comes with `astimezone`."""
        words = field.dateTime().toString(_FORMAT)
        return datetime.fromisoformat(words).replace(tzinfo=self._office.city.tz)

    def _turn(self) -> Turn:
        start, end = self._read(self.start), self._read(self.end)
        return Turn(
            id=self._turn_id,
            version=0,
            unit=self._office.scope.code,
            start=start,
            end=end,
            name=" ".join(self.name.text().split()),
            phone=" ".join(self.phone.text().split()),
        )

    def _judge(self) -> None:
        """Say at once what the centre would refuse, and what to do."""
        why = self._why_not(self._turn())
        self._said.setText(why or "")
        refused = self._office.stage.why_not("set_turn", unit=self._office.scope.code)
        self._buttons["set"].setEnabled(why is None and refused is None)
        self._buttons["off"].setEnabled(self._turn_id in self._turns and refused is None)

    def _why_not(self, turn: Turn) -> str | None:
        texts = self._texts
        refused = self._office.stage.why_not("set_turn", unit=self._office.scope.code)
        if refused is not None:
            return refused
        if not timedelta(0) < turn.end - turn.start <= LONGEST_TURN:
            return texts("duty.roster_bad_span")
        near = self._office.roster().turns(turn.unit, turn.start, turn.end)
        other = overlapping(near, turn)
        if other is not None:
            span = self._span(other.start, other.end)
            return texts("duty.roster_overlaps", name=other.name, span=span)
        return None if turn.name else texts("duty.roster_name_needed")

    def _set(self) -> None:
        turn = self._turn()
        self._sent[self._send(turn).key] = turn
        self._new()

    def _on_moved(self, moved: CommandMoved) -> None:
        """What was refused comes back to be mended, unless another turn is being written already."""
        if moved.tick in (Tick.STORED, Tick.HELD):
            return
        turn = self._sent.pop(moved.envelope.key, None)
        if turn is None or moved.tick is Tick.COMMITTED:
            return
        if not self.name.text():
            self._fill(turn.id, turn.start, turn.end, turn.name, turn.phone)
        code = moved.answer.problem if moved.answer is not None else None
        reason = refusal(code or moved.tick.value, self._texts)
        self._said.setText(self._texts("duty.roster_refused", name=turn.name, reason=reason))

    def _take_off(self) -> None:
        known = self._turns.get(self._turn_id)
        if known is not None:
            self._send(known, taken_off=True)
            self._new()

    def _send(self, turn: Turn, *, taken_off: bool = False) -> Envelope:
        command = SetTurn(
            turn=turn.id,
            unit=turn.unit,
            start=turn.start,
            end=turn.start if taken_off else turn.end,
            name=turn.name,
            phone=turn.phone,
        )
        logged = self._office.stage.board.picture.turns.get(turn.id)
        seen = {entity_ref(EntityKind.TURN, turn.id): logged.version} if logged is not None else {}
        return self._office.stage.orders.send(command, seen)


def _wall_time(local: datetime) -> QDateTime:
    """The city's wall time; called UTC so that this machine's own zone cannot move it."""
    date, time = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
    return QDateTime(date, time, QTimeZone.utc())


_ACTS = ("set", "off", "new", "close")
_FORMAT = "yyyy-MM-dd HH:mm"
