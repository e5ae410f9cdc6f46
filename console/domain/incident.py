"""An incident (突发事件): one event, its footprint, and the joint operation (联动) that answers it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.place import Position


class IncidentState(StrEnum):
    """STARTED by a dispatcher must be confirmed or ended by the shift leader; units are asked meanwhile."""

    STARTED = "started"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class ReportKind(StrEnum):
    """Situation reports upward: 首报, 续报, 终报."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    FINAL = "final"


class ResponseLevel(StrEnum):
    """响应等级, set by the competent headquarters alone; the console records the order."""

    I = "I"  # noqa: E741 - the level's own name
    II = "II"
    III = "III"
    IV = "IV"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelOrder:
    """The headquarters' order that set a response level; `ordered_at` aware UTC domain time."""

    level: ResponseLevel
    number: str
    ordered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The after-action sheet; `course` and `lessons` may not be empty."""

    course: str
    went_well: str
    lessons: str
    follow_up: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A logged entity. Times are aware UTC domain times; `footprint` is an open ring of (lon, lat).

    Which cases belong to it stands on the cases, who was asked on the assignments. `report_due` is
    when the next situation report is owed, None after the final one.
    """

    id: str
    version: int
    state: IncidentState
    name: str
    footprint: tuple[Position, ...]
    district: str | None
    started_at: datetime
    started_by: str
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    level: LevelOrder | None = None
    reports: int = 0
    report_due: datetime | None = None
    unconfirmed: bool = False
    review: Review | None = None

    @property
    def open(self) -> bool:
        """Whether the operation goes on."""
        return self.state is not IncidentState.ENDED
