"""Timers the centre holds: acts that happen because time has passed, never on a console."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TimerKind(StrEnum):
    """What falls due."""

    ANNOUNCE = "announce"
    ESCALATE = "escalate"
    RESPONSE_DUE = "response_due"
    DAY_BEGINS = "day_begins"
    SUPERVISION_DUE = "supervision_due"
    REVIEW_DUE = "review_due"
    CONFIRM_DUE = "confirm_due"


class TimeBasis(StrEnum):
    """Whether a due time is domain time (case clocks) or real server time (undo)."""

    DOMAIN = "domain"
    REAL = "real"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """One act to come. `entity` is `kind:id`; `due` aware UTC in its basis."""

    due: datetime
    basis: TimeBasis
    kind: TimerKind
    entity: str
    step: int = 0
