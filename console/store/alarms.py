"""All alarms of a shift at one seat: what is announced one by one, what in groups; nothing falls off."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.alarm import PRIORITY, Alarm, AlarmKind, Budget

KEPT = timedelta(hours=24)
"""What has ended is listed for so long: the whole of the longest shift."""

GroupKey = tuple[AlarmKind, str]
"""Kind and district ("" where there is none)."""


class NotOpened(ValueError):
    """A group is acknowledged only by somebody who has seen what is in it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Alarms beyond the budget of one kind and district, the oldest first."""

    key: GroupKey
    alarms: tuple[Alarm, ...]


def key_of(alarm: Alarm) -> GroupKey:
    """The group that an alarm belongs to when it is grouped."""
    return alarm.kind, alarm.district or ""


class AlarmBook:
    """Raises, acknowledges, clears. All times are aware UTC server time, `now` always an argument."""

    def __init__(self, budget: Budget, kept: Iterable[Alarm] = ()) -> None:
        """`kept` is what was known when the console ended last."""
        self._budget = budget
        self._all: dict[str, Alarm] = {alarm.id: alarm for alarm in kept}
        self._opened: dict[GroupKey, frozenset[str]] = {}
        self._waiting: tuple[Alarm, ...] | None = None

    @property
    def all(self) -> tuple[Alarm, ...]:
        """Every alarm of the shift, the newest first."""
        return tuple(sorted(self._all.values(), key=lambda a: (a.raised_at, a.id), reverse=True))

    @property
    def waiting(self) -> tuple[Alarm, ...]:
        """What nobody has acknowledged and whose cause is still there: the loudest first, then the oldest."""
        if self._waiting is None:
            found = (alarm for alarm in self._all.values() if alarm.waits)
            order = sorted(found, key=lambda a: (-a.priority, a.raised_at, a.id))
            self._waiting = tuple(order)
        return self._waiting

    @property
    def singles(self) -> tuple[Alarm, ...]:
        """Those of `waiting` that stand by themselves."""
        return tuple(alarm for alarm in self.waiting if not alarm.grouped)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The rest of `waiting`, by kind and district."""
        found: dict[GroupKey, list[Alarm]] = {}
        for alarm in self.waiting:
            if alarm.grouped:
                found.setdefault(key_of(alarm), []).append(alarm)
        return tuple(Group(key, tuple(alarms)) for key, alarms in found.items())

    def current(self, kind: AlarmKind) -> set[str]:
        """Ids of alarms of a kind whose cause is still there, acknowledged or not."""
        return {a.id for a in self._all.values() if a.kind is kind and a.cleared_at is None}

    def lately(self, now: datetime) -> int:
        """How many were raised within the budget's window."""
        return sum(now - a.raised_at < self._budget.window for a in self._all.values())

    def sound(self, alarm: Alarm) -> bool:
        """Whether it is heard: each that stands by itself, of a group only the first."""
        if not alarm.grouped:
            return True
        return not any(
            a.grouped and a.waits and a.id != alarm.id and key_of(a) == key_of(alarm)
            for a in self._all.values()
        )

    def add(
        self, alarm_id: str, kind: AlarmKind, subject: str, district: str | None, now: datetime
    ) -> Alarm | None:
        """Raise an alarm; None when it is raised already."""
        before = self._all.get(alarm_id)
        if before is not None and before.cleared_at is None:
            return None
        alarm = Alarm(
            id=alarm_id,
            kind=kind,
            subject=subject,
            district=district,
            raised_at=now,
            grouped=self._is_too_much(kind, now),
        )
        self._put(alarm)
        return alarm

    def _put(self, alarm: Alarm) -> None:
        self._all[alarm.id] = alarm
        self._waiting = None

    def _is_too_much(self, kind: AlarmKind, now: datetime) -> bool:
        """Whether the budget is used up; a lower priority never uses up a higher one's."""
        announced = (
            a
            for a in self._all.values()
            if not a.grouped and now - a.raised_at < self._budget.window
        )
        return sum(a.priority >= PRIORITY[kind] for a in announced) >= self._budget.peak

    def clear(self, alarm_id: str, now: datetime) -> bool:
        """Its cause is gone; whether that is news."""
        alarm = self._all.get(alarm_id)
        if alarm is None or alarm.cleared_at is not None:
            return False
        self._put(replace(alarm, cleared_at=now))
        return True

    def acknowledge(self, alarm_id: str, now: datetime) -> bool:
        """Somebody at this seat has seen it; whether it was waiting for that."""
        alarm = self._all.get(alarm_id)
        if alarm is None or not alarm.waits:
            return False
        self._put(replace(alarm, acknowledged_at=now))
        return True

    def open(self, key: GroupKey) -> tuple[Alarm, ...]:
        """Look into a group: what is in it now may be acknowledged together."""
        found = next((group.alarms for group in self.groups if group.key == key), ())
        self._opened[key] = frozenset(alarm.id for alarm in found)
        return found

    def acknowledge_group(self, key: GroupKey, now: datetime) -> tuple[str, ...]:
        """What was in the group when it was opened; who joined later waits on. Raises `NotOpened`."""
        if key not in self._opened:
            raise NotOpened(f"{key[0]} {key[1]}")
        seen = self._opened.pop(key)
        return tuple(sorted(one for one in seen if self.acknowledge(one, now)))

    def forget(self, now: datetime) -> None:
        """Drop what has ended long ago; what waits is kept however old it is."""
        self._all = {
            name: alarm
            for name, alarm in self._all.items()
            if alarm.cleared_at is None or now - alarm.cleared_at < KEPT
        }
