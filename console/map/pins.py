"""What the map is told of a case or a worker: plain data, checked here, and nothing personal."""

import math
from dataclasses import dataclass
from enum import IntFlag, StrEnum

from console.domain.place import Position

TEXT_LIMIT = 160
"""Characters of one text that reach the page; the whole text stands in the detail panel."""
ID_LIMIT = 128
"""Characters of an id."""


class Kind(StrEnum):
    """What can be pointed at on the map."""

    CASE = "case"
    WORKER = "worker"


class CaseFlag(IntFlag):
    """The truths about a case that its pin shows, as one number for the page."""

    URGENT = 1
    UNSIGNED = 2
    SUSPENDED = 4


@dataclass(frozen=True, slots=True)
class Countdown:
    """A running limit from `start` to `due` (epoch seconds); amber begins at the fraction `amber` left."""

    start: float
    due: float
    amber: float = 0.5

    def __post_init__(self) -> None:
        """Raise ValueError naming the field for a number that is not finite."""
        for name in ("start", "due", "amber"):
            _finite(name, getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePin:
    """One case on the map.

    `holder` is the clock of whoever has the case now and is the pin's ring; `citizen` runs from
    the call to the handling deadline; either may be None when nothing is owed. `unsigned` means
    given to somebody who has not signed for it. The texts are in the user's language.
    """

    id: str
    position: Position
    holder: Countdown | None
    citizen: Countdown | None
    urgent: bool
    unsigned: bool
    suspended: bool
    category: str
    place: str
    state: str

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when the id or the position cannot be used."""
        _check_id(self.id)
        _check_position(self.position)

    def row(self) -> list[object]:
        """The pin as the page reads it (js/store.js `caseOf`)."""
        flags = CaseFlag.URGENT * self.urgent
        flags |= CaseFlag.UNSIGNED * self.unsigned | CaseFlag.SUSPENDED * self.suspended
        return [
            self.id,
            round(self.position.lon, 6),
            round(self.position.lat, 6),
            int(flags),
            _clock_row(self.holder),
            _clock_row(self.citizen),
            _short(self.category),
            _short(self.place),
            _short(self.state),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPin:
    """One worker on the map; `seen_at` (epoch seconds) is when the position was taken.

    `inspector` draws another glyph; `load` is the number of assignments in hand; `note` is a
    line for the hover card, for instance the grids they own.
    """

    id: str
    position: Position
    seen_at: float
    name: str
    inspector: bool
    on_duty: bool
    load: int
    note: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when the id, position or time cannot be used."""
        _check_id(self.id)
        _check_position(self.position)
        _finite("seen_at", self.seen_at)

    def row(self) -> list[object]:
        """The pin as the page reads it (js/store.js `workerOf`)."""
        return [
            self.id,
            round(self.position.lon, 6),
            round(self.position.lat, 6),
            self.seen_at,
            int(self.inspector),
            int(self.on_duty),
            self.load,
            _short(self.name),
            _short(self.note),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something a drag may be dropped on; `best` ones show `label` (the latest arrival, "16:21")."""

    kind: Kind
    id: str
    best: bool = False
    label: str = ""

    def row(self) -> list[object]:
        """The target as the page reads it (js/layers/targets.js)."""
        return [self.kind.value, self.id, int(self.best), _short(self.label)]


Pin = CasePin | WorkerPin


def _clock_row(clock: Countdown | None) -> list[float] | None:
    return None if clock is None else [clock.start, clock.due, clock.amber]


def _short(text: str) -> str:
    return " ".join(text[: TEXT_LIMIT * 2].split())[:TEXT_LIMIT]


def _finite(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, got {value}")


def _check_id(value: str) -> None:
    if not 0 < len(value) <= ID_LIMIT:
        raise ValueError(f"id must have 1 to {ID_LIMIT} characters, got {len(value)}")


def _check_position(position: Position) -> None:
    """A Position checks itself; this keeps the field's name in the message for any other thing."""
    if not isinstance(position, Position):
        raise ValueError(f"position must be a Position (lon, lat), got {type(position).__name__}")
