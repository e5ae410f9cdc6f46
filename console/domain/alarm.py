"""Alarms of a seat: what calls for a hand there, how loudly, and how many of them a person can bear."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from console.domain.role import Role


class Priority(IntEnum):
    """Three, as ISA-18.2 and EEMUA 191 advise: more are not told apart under stress."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class AlarmKind(StrEnum):
    """What happened.

    An urgent case waits for a signature or is overdue, an incident waits for its word, another case
    is overdue, an order was lost (or the like), the centre does not answer.
    """

    URGENT = "urgent"
    URGENT_RED = "urgent_red"
    INCIDENT = "incident"
    RED = "red"
    TROUBLE = "trouble"
    LINK = "link"


class SilenceReason(StrEnum):
    """Why a seat is silenced: on the telephone, all that sounds is one matter already known, handing over."""

    CALL = "call"
    KNOWN = "known"
    HANDOVER = "handover"


SILENCES = (5, 15, 30)
"""Minutes for which a seat can be silenced."""

PRIORITY: Mapping[AlarmKind, Priority] = {
    AlarmKind.URGENT: Priority.HIGH,
    AlarmKind.TROUBLE: Priority.HIGH,
    AlarmKind.LINK: Priority.HIGH,
    AlarmKind.URGENT_RED: Priority.MEDIUM,
    AlarmKind.INCIDENT: Priority.MEDIUM,
    AlarmKind.RED: Priority.LOW,
}

_OWN = frozenset({AlarmKind.TROUBLE, AlarmKind.LINK})
_URGENT = _OWN | {AlarmKind.URGENT, AlarmKind.URGENT_RED}
_ALL = frozenset(AlarmKind)

ALARMS_OF: Mapping[Role, frozenset[AlarmKind]] = {
    Role.CALL_TAKER: _OWN,
    Role.CALLBACK_SEAT: _OWN,
    Role.DISPATCHER: _ALL - {AlarmKind.INCIDENT},
    Role.SHIFT_LEADER: _ALL,
    Role.DUTY_CHIEF: _ALL - {AlarmKind.INCIDENT},
    Role.CENTRE_LEADER: _URGENT,
    Role.SUPERVISOR: _OWN,
    Role.EMERGENCY: _URGENT | {AlarmKind.INCIDENT},
    Role.ADMIN: _OWN,
}
"""Role → what is an alarm at its seat: only what somebody there can do something about. A wall, an
auditor and a trainee have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many alarms a seat announces one by one; the city's `alarm_…` policies.

    EEMUA 191 (and ISA-18.2 after it): about one in ten minutes is what an operator can answer all
    day long, ten in ten minutes what can be borne for a short while.
    """

    peak: int = 10
    steady: int = 1
    window: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm of one seat. `subject` is the id of the case, incident or notice; times aware UTC server time.

    `grouped` was decided when it was raised: what one looks at does not change its place.
    """

    id: str
    kind: AlarmKind
    subject: str
    district: str | None
    raised_at: datetime
    grouped: bool = False
    acknowledged_at: datetime | None = None
    cleared_at: datetime | None = None

    @property
    def priority(self) -> Priority:
        """How loud it is."""
        return PRIORITY[self.kind]

    @property
    def waits(self) -> bool:
        """Whether it still calls for a hand: nobody has seen it, and its cause is still there."""
        return self.acknowledged_at is None and self.cleared_at is None

    @property
    def state(self) -> str:
        """`new`, `acknowledged` or `cleared`: the end of a translation key."""
        if self.cleared_at is not None:
            return "cleared"
        return "new" if self.acknowledged_at is None else "acknowledged"
