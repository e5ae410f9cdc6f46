"""The handover of a shift: every difference accepted or refused, then logged and printed."""

import uuid
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.domain.command import HandOver
from console.domain.handover import Handover, Line
from console.domain.rules.rostering import MOST_LINES
from console.live.link import Link
from console.store.handover import Difference
from console.views.duty.draft import draft_of
from console.views.duty.gathering import Gathering
from console.views.duty.handover_lines import ACCEPT, REFUSE, REMARK, HandoverLines, Row
from console.views.duty.handover_sheet import handover_sheet
from console.views.duty.office import Office
from console.views.screen import Spot
from console.widgets.empty_state import EmptyState
from console.widgets.export import PDF_FILTER, choose_file
from console.widgets.label import ElidedLabel, plain_label
from console.wire.messages import CommandMoved, Tick

UNKNOWN_SHIFT = timedelta(hours=8)
"""So far back a shift is taken to begin where the roster has a gap."""
_CELLS = {"line": 1, "line-accept": ACCEPT, "line-refuse": REFUSE, "line-remark": REMARK}


class HandoverPanel(QWidget):
    """In the place of queue and page while the shift is handed over."""

    closed = Signal()
    told = Signal(str)
    chosen = Signal(str)

    def __init__(self, office: Office) -> None:
        """Nothing is gathered before `begin`."""
        super().__init__()
        self.setObjectName("duty-handover-panel")
        self._office = office
        self._texts = office.stage.texts
        self._link: Link | None = None
        self._since: datetime | None = None
        self._key: str | None = None
        self._over = False
        self._unlisted = False
        self._draft = draft_of(office.stage.board)
        self.lines = HandoverLines(office)
        self.outgoing, self.incoming = QLineEdit(), QLineEdit()
        self._title, self._count = ElidedLabel(tone="duty-title"), ElidedLabel()
        self._said = plain_label(tone="amber", wrap=True)
        self._progress = QProgressBar()
        self.buttons = {name: QPushButton() for name in ("rest", "send", "print", "again", "close")}
        self._gathering = Gathering(office, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        texts = self._texts
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for name, button in self.buttons.items():
            button.setObjectName(f"handover-{name}")
            button.setText(texts(f"duty.handover_{name}"))
        self.buttons["send"].setProperty("kind", "main")
        names = QHBoxLayout()
        for key, field in (("outgoing", self.outgoing), ("incoming", self.incoming)):
            field.setObjectName(f"handover-{key}")
            field.setMaxLength(40)
            field.setMaximumWidth(240)
            names.addWidget(plain_label(texts(f"duty.{key}"), tone="second"))
            names.addWidget(field)
        names.addWidget(self._count, 1)
        names.addWidget(self.buttons["rest"])
        empty = EmptyState(texts("duty.no_lines"), texts("duty.no_lines_hint"))
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.lines)
        self._stack.addWidget(self._progress_page())
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        for name in ("again", "print", "send", "close"):
            foot.addWidget(self.buttons[name])
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addLayout(names)
        box.addWidget(body, 1)
        box.addWidget(plain_label(texts("duty.handover_keys"), tone="second"))
        box.addLayout(foot)

    def _progress_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(80, 0, 80, 0)
        box.addStretch(1)
        box.addWidget(plain_label(self._texts("duty.gathering")))
        box.addWidget(self._progress)
        box.addStretch(1)
        return page

    def _connect(self) -> None:
        acts = (self.accept_rest, self.send, self.print_sheet, self.begin, self.closed.emit)
        for button, act in zip(self.buttons.values(), acts, strict=True):
            button.clicked.connect(lambda _=False, act=act: act())
        self.lines.changed.connect(self._show)
        self.lines.chosen.connect(self.chosen)
        for field in (self.outgoing, self.incoming):
            field.textChanged.connect(self._show)
        self._gathering.moved.connect(self._on_progress)
        self._gathering.done.connect(self._on_gathered)
        self._office.stage.orders.moved.connect(self._on_moved)
        self._office.stage.board.relisted.connect(self._on_relisted)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (("Shift+A", self.accept_rest), ("Ctrl+Return", self.send)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(context)
            shortcut.activated.connect(act)

    def attach(self, link: Link) -> None:
        """Histories can be read from now on."""
        self._link = link
        if self._draft.open and self._since is not None and not self.lines.rows():
            self.begin()

    def begin(self) -> None:
        """Gather the differences since the shift began; what was said before is kept where it still fits.

        Before the first picture nothing is known, not even the roster and the time: then it waits for it.
        """
        if self._over:
            # What was said of the last handover is said; the next one has nobody's word yet.
            self._over = False
            self.forget()
        self._show()
        self._show_progress()
        self._unlisted = self._office.stage.board.picture.rev == 0
        if not self._unlisted:
            self._gather()

    def _on_relisted(self) -> None:
        if self._unlisted:
            self._unlisted = False
            self._gather()

    def _show_progress(self) -> None:
        self._progress.setRange(0, 0)
        self._stack.setCurrentIndex(2)
        self._said.setText("")

    def _gather(self) -> None:
        office, roster = self._office, self._office.roster()
        turn, code, now = office.turn(), office.scope.code, office.now()
        last = self._last_handover()
        began = turn.start if turn is not None else now - UNKNOWN_SHIFT
        self._since = max(began, last.made_at) if last is not None else began
        if not self.outgoing.text():
            self.outgoing.setText(turn.name if turn is not None else "")
        coming = roster.next(code, now)
        if not self.incoming.text():
            self.incoming.setText(coming.name if coming is not None else "")
        self._show_title(self._since)
        # The names have shown the lines of before again.
        self._show_progress()
        self._gathering.begin(self._link, self._since)

    def _show_title(self, since: datetime) -> None:
        office = self._office
        local, unit = since.astimezone(office.city.tz), office.name_of(office.scope.code)
        words = self._texts("duty.handover_title", unit=unit, time=f"{local:%m-%d %H:%M}")
        self._title.set_words(words)

    def resume(self) -> bool:
        """Take up what was said on a screen before this one; whether it was in sight there."""
        draft = self._draft
        if draft.since is None or draft.scope != self._office.scope.code:
            return False
        since, rows, names, key = draft.since, list(draft.rows), draft.names, draft.key
        self._show_title(since)
        for field, name in zip((self.outgoing, self.incoming), names, strict=True):
            field.setText(name)
        self._since, self._key = since, key
        self.lines.put(rows)
        return draft.open

    def _keep(self) -> None:
        draft = self._draft
        draft.scope, draft.since, draft.key = self._office.scope.code, self._since, self._key
        draft.rows = self.lines.rows()
        draft.names = (self.outgoing.text(), self.incoming.text())

    def forget(self) -> None:
        """For another scope: nothing of this one is kept, or waited for."""
        self._unlisted = False
        self.lines.put([])
        for field in (self.outgoing, self.incoming):
            field.clear()
        self._draft.clear()

    def _last_handover(self) -> Handover | None:
        made = self._office.stage.board.picture.handovers.values()
        own = [h for h in made if h.unit == self._office.scope.code]
        return max(own, key=lambda handover: handover.made_at, default=None)

    def _on_progress(self, read: int, of: int) -> None:
        self._progress.setRange(0, of)
        self._progress.setValue(read)

    def _on_gathered(self, found: list[Difference], unread: int) -> None:
        said = {row.difference: row for row in self.lines.rows()}
        every = self._left_over() + [Row(difference) for difference in found]
        rows, beyond = every[:MOST_LINES], max(len(every) - MOST_LINES, 0)
        for row in rows:
            before = said.get(row.difference)
            if before is not None and before.accepted is not None:
                row.accepted, row.remark = before.accepted, before.remark
        self.lines.put(rows)
        self._said.setText(self._gathered_words(unread, beyond))
        self._show()
        self.lines.setFocus()

    def _gathered_words(self, unread: int, beyond: int) -> str:
        """What could not be read, and what is too much for one handover: nothing is left out unsaid."""
        words = [self._texts("duty.unread", n=unread)] if unread else []
        if beyond:
            words.append(self._texts("duty.beyond", n=beyond, most=MOST_LINES))
        return " ".join(words)

    def _left_over(self) -> list[Row]:
        """The lines that the last handover left open come first."""
        last = self._last_handover()
        lines = last.open_lines if last is not None else ()
        return [Row(_difference(line), remark=line.remark, left=True) for line in lines]

    def accept_rest(self) -> None:
        """Accept every line of which nothing was said."""
        self.lines.accept_rest()

    def _show(self) -> None:
        self._keep()
        rows = self.lines.rows()
        self._stack.setCurrentIndex(int(bool(rows)))
        refused = sum(row.accepted is False for row in rows)
        unsettled = self.lines.unsettled()
        self._count.set_words(
            self._texts("duty.counted", n=len(rows), open=unsettled, refused=refused)
        )
        self.buttons["rest"].setEnabled(any(row.accepted is None for row in rows))
        why = self._why_not()
        self.buttons["send"].setEnabled(why is None)
        self.buttons["send"].setToolTip(why or "")

    def _why_not(self) -> str | None:
        if self._since is None or self._key is not None:
            return self._texts("duty.handover_running")
        if self._over:
            return self._texts("duty.handed_over")
        refused = self._office.stage.why_not("hand_over", unit=self._office.scope.code)
        if refused is not None:
            return refused
        unsettled = self.lines.unsettled()
        if unsettled:
            return self._texts("duty.unsettled", n=unsettled)
        if not (self.outgoing.text().strip() and self.incoming.text().strip()):
            return self._texts("duty.names_needed")
        return None

    def told_lines(self) -> list[Line]:
        """The lines as they would be logged."""
        return [row.line() for row in self.lines.rows()]

    def send(self) -> None:
        """Log the handover."""
        why = self._why_not()
        if why is not None or self._since is None:
            self._said.setText(why or "")
            return
        command = HandOver(
            handover=uuid.uuid4().hex,
            unit=self._office.scope.code,
            since=self._since,
            outgoing=self.outgoing.text().strip(),
            incoming=self.incoming.text().strip(),
            lines=tuple(self.told_lines()),
        )
        self._key = self._office.stage.orders.send(command).key
        self._said.setText(self._texts("duty.handover_sent"))
        self._show()

    def _on_moved(self, moved: CommandMoved) -> None:
        if moved.envelope.key != self._key:
            return
        if moved.tick is Tick.COMMITTED:
            self._key = None
            self._over = True
            self._said.setText(self._texts("duty.handed_over"))
            self._show()
            self._draft.clear()
            self.told.emit(self._texts("duty.handed_over"))
        elif moved.tick in (Tick.REFUSED, Tick.LOST):
            self._key = None
            self._said.setText(self._texts("duty.handover_refused"))
            self._show()

    def print_sheet(self) -> None:
        """Ask for a file and write the sheet, also while offline."""
        if self._since is None:
            return
        office = self._office
        local = office.now().astimezone(office.city.tz)
        name = self._texts("duty.sheet.file", unit=office.name_of(office.scope.code))
        path = choose_file(
            self, self._texts("duty.handover_print"), f"{name}-{local:%Y%m%d-%H%M}.pdf", PDF_FILTER
        )
        if path is None:
            return
        sheet = handover_sheet(
            office, self._since, self.outgoing.text(), self.incoming.text(), self.told_lines()
        )
        try:
            sheet.write(path)
        except OSError as error:
            self._said.setText(self._texts("duty.not_written", file=path.name, error=error))
            return
        self._said.setText(self._texts("duty.written", file=path.name))

    def place_of(self, kind: str, case_id: str) -> Spot:
        """Where a line or one of its cells is: kinds `line`, `line-accept`, `line-refuse`, `line-remark`."""
        if kind not in _CELLS or not self.isVisible():
            return None
        rect = self.lines.place_of(case_id, _CELLS[kind])
        return None if rect is None else (self.lines.viewport(), rect)


def _difference(line: Line) -> Difference:
    return Difference(kind=line.kind, case=line.case, before=line.before, after=line.after)
