"""The alarms of this seat: raised and cleared by what the board shows, kept over a restart of the console."""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.alarm import ALARMS_OF, Alarm, AlarmKind, Budget
from console.domain.case import Case
from console.domain.category import Urgency
from console.domain.city import Policy
from console.domain.incident import IncidentState
from console.domain.role import Role
from console.domain.scope import WHOLE, Scope
from console.live.board import Board, Freshness
from console.live.headline import Headline
from console.paths import private_file
from console.store.alarms import AlarmBook, GroupKey
from console.store.changes import ChangeSet
from console.store.urgent import UnsignedUrgent
from console.wire.codec import BadInput, decode, encode

log = logging.getLogger(__name__)

KEEP_MS = 300
"""Changes are written together; an acknowledgement that a power cut swallows is asked for again."""

Causes = Mapping[str, tuple[str, str | None]]
"""Alarm id → subject and district."""


def budget_of(policy: Policy) -> Budget:
    """The city's budget."""
    window = timedelta(minutes=policy.alarm_window_min)
    return Budget(peak=policy.alarm_peak, steady=policy.alarm_steady, window=window)


class Alarms(QObject):
    """One for all windows of a shift."""

    changed = Signal()
    raised = Signal(object)
    """An Alarm that is to be heard."""
    acknowledged = Signal(object)
    """An Alarm that somebody here has seen."""

    def __init__(
        self,
        board: Board,
        headline: Headline,
        role: Role,
        file: Path | None,
        parent: QObject | None = None,
        *,
        scope: Scope = WHOLE,
    ) -> None:
        """`file` keeps them between starts; None keeps nothing."""
        super().__init__(parent)
        self._board, self._headline, self._scope, self._file = board, headline, scope, file
        self._kinds = ALARMS_OF.get(role, frozenset())
        self._budget = budget_of(board.city.policy)
        self.book = AlarmBook(self._budget, _read(file))
        self._urgent = UnsignedUrgent()
        self._before: frozenset[str] | None = None
        """Overdue when the seat was taken: known to whoever sat here before, and counted in the top bar."""
        self._overdue: set[str] = set()
        self._keep = QTimer(self, interval=KEEP_MS, singleShot=True)
        self._keep.timeout.connect(self.keep)
        board.changed.connect(self._on_changed)
        board.ticked.connect(self._on_tick)
        headline.changed.connect(self._on_overdue)

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        """What is an alarm here."""
        return self._kinds

    def lately(self) -> int:
        """Alarms within the budget's window."""
        return self.book.lately(self._now())

    @property
    def budget(self) -> Budget:
        """What a seat can bear."""
        return self._budget

    def set_causes(self, kind: AlarmKind, causes: Causes) -> None:
        """Exactly these causes of a kind are there now."""
        if kind not in self._kinds:
            return
        now, before = self._now(), self.book.current(kind)
        gone = [one for one in before - set(causes) if self.book.clear(one, now)]
        new = [
            alarm
            for name, (subject, district) in causes.items()
            if name not in before and (alarm := self.book.add(name, kind, subject, district, now))
        ]
        for alarm in new:
            if self.book.sound(alarm):
                self.raised.emit(alarm)
        if gone or new:
            self._changed()

    def add(self, kind: AlarmKind, alarm_id: str, subject: str) -> None:
        """Something without a place has happened; it is over when `end` says so."""
        alarm = None
        if kind in self._kinds:
            alarm = self.book.add(alarm_id, kind, subject, None, self._now())
        if alarm is not None:
            if self.book.sound(alarm):
                self.raised.emit(alarm)
            self._changed()

    def end(self, alarm_id: str) -> None:
        """Its cause is gone."""
        if self.book.clear(alarm_id, self._now()):
            self._changed()

    def acknowledge(self, alarm_id: str) -> None:
        """Somebody here has seen it."""
        self._acknowledge([alarm_id])

    def acknowledge_group(self, key: GroupKey) -> None:
        """All that was in the group when it was opened; raises `NotOpened`."""
        self._told(self.book.acknowledge_group(key, self._now()))

    def _acknowledge(self, ids: list[str]) -> None:
        now = self._now()
        self._told([one for one in ids if self.book.acknowledge(one, now)])

    def _told(self, ids: list[str] | tuple[str, ...]) -> None:
        seen = {alarm.id: alarm for alarm in self.book.all}
        for one in ids:
            self.acknowledged.emit(seen[one])
        if ids:
            self._changed()

    def keep(self) -> None:
        """Write them down now."""
        self._keep.stop()
        if self._file is None:
            return
        try:
            private_file(self._file, encode(self.book.all).decode())
        except OSError as error:
            log.warning("alarms are not kept: %s", error)

    def _changed(self) -> None:
        self.book.forget(self._now())
        self._keep.start()
        self.changed.emit()

    def _now(self) -> datetime:
        time = self._board.time
        return time.server_now() if time.known else datetime.now(UTC)

    # -- causes ------------------------------------------------------------------------------

    def _on_changed(self, changes: ChangeSet) -> None:
        picture = self._board.picture
        if self._urgent.update(picture, changes) or changes.everything:
            self._set_urgent()
        if changes.incidents or changes.everything:
            started = (i for i in picture.incidents.values() if i.state is IncidentState.STARTED)
            causes = {f"incident:{i.id}": (i.id, i.district) for i in started}
            self.set_causes(AlarmKind.INCIDENT, causes)

    def _set_urgent(self) -> None:
        picture, causes = self._board.picture, {}
        for case_id in self._urgent.ids:
            case = picture.cases[case_id]
            if self._mine(case):
                causes[f"urgent:{case.lead}"] = (case_id, case.district)
        self.set_causes(AlarmKind.URGENT, causes)

    def _on_overdue(self) -> None:
        if not self._board.time.known:
            return
        picture, overdue = self._board.picture, self._headline.figures.overdue
        if self._before is None:
            if not picture.cases:
                return
            self._before = frozenset(overdue)
        elif overdue == self._overdue:
            return
        self._overdue = overdue
        cases = [picture.cases[one] for one in overdue if one in picture.cases]
        urgent = {c.id for c in cases if c.urgency is Urgency.URGENT}
        known = self.book.current(AlarmKind.RED)
        others = [c for c in cases if c.id not in urgent]
        late = [c for c in others if c.id not in self._before or f"red:{c.id}" in known]
        self.set_causes(AlarmKind.URGENT_RED, self._red(c for c in cases if c.id in urgent))
        self.set_causes(AlarmKind.RED, self._red(late))

    def _red(self, cases: Iterable[Case]) -> Causes:
        return {f"red:{case.id}": (case.id, case.district) for case in cases if self._mine(case)}

    def _mine(self, case: Case) -> bool:
        lead = self._board.picture.lead(case)
        return self._scope.has_case(self._board.city, case, lead.unit if lead else None)

    def _on_tick(self) -> None:
        time = self._board.time
        if not time.known:
            return
        away = self._board.freshness() is Freshness.OFFLINE
        self.set_causes(AlarmKind.LINK, {"link": ("", None)} if away else {})


def _read(file: Path | None) -> tuple[Alarm, ...]:
    if file is None:
        return ()
    try:
        return decode(file.read_bytes(), tuple[Alarm, ...])
    except FileNotFoundError:
        return ()
    except (BadInput, OSError) as error:
        log.warning("the kept alarms cannot be read: %s", error)
        return ()
