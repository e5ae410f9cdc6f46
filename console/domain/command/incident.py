"""Commands of the emergency linkage: an incident from its start to its after-action sheet."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.incident import ReportKind, ResponseLevel, Review
from console.domain.place import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class StartIncident:
    """`footprint` is an open ring of (lon, lat); the open `cases` are attached in the same act."""

    incident: str
    name: str
    footprint: tuple[Position, ...]
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmIncident:
    """The shift leader stands behind what a dispatcher started."""

    incident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One receiver of a joint order: exactly one of unit, worker and team; `assignment` is its id."""

    assignment: str
    unit: str | None = None
    worker: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIn:
    """Ask several receivers in one command; each acknowledges for itself. `words` say what to do."""

    incident: str
    asked: tuple[Asked, ...]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """A case belongs to the incident."""

    case: str
    incident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detach:
    """A case does not belong to its incident after all."""

    case: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFootprint:
    """The incident grew or was drawn anew: an open ring of (lon, lat)."""

    incident: str
    footprint: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLevel:
    """The headquarters has set a response level: the order's number and time are recorded."""

    incident: str
    level: ResponseLevel
    number: str
    ordered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteIncident:
    """A line of the timeline, without personal data."""

    incident: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUpward:
    """A situation report has gone up; `words` are its summary."""

    incident: str
    kind: ReportKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndIncident:
    """The operation is over, with its after-action sheet."""

    incident: str
    review: Review
