"""What the map is told of a case, a worker, a team or a place: plain data, checked here, nothing personal."""

from dataclasses import dataclass
from enum import IntFlag, StrEnum

from console.domain.place import PlaceKind, Position
from console.map.row import check_finite, check_id, check_position, short


class Kind(StrEnum):
    """What can be pointed at on the map."""

    CASE = "case"
    WORKER = "worker"
    TEAM = "team"
    PLACE = "place"
    FOOTPRINT = "footprint"


DRAGGABLE = frozenset({Kind.CASE, Kind.WORKER, Kind.TEAM})
"""Kinds that can be taken in hand."""
UNIT_PLACE = "unit"
"""Kind of a `PlacePin` that is the seat of a unit, beside the kinds of `PlaceKind`."""


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
            check_finite(name, getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePin:
    """One case on the map.

    `holder` is the clock of whoever has the case now and is the pin's ring; `citizen` runs from
    the call to the handling deadline; either may be None when nothing is owed. `unsigned` means
    given to somebody who has not signed for it. `holder_name` says whose clock `holder` is. An
    `apart` case never shares a chip with others where the style gathers them (style.py). The
    texts are in the user's language.
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
    holder_name: str = ""
    apart: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when the id or the position cannot be used."""
        check_id(self.id)
        check_position(self.position)

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
            short(self.category),
            short(self.place),
            short(self.state),
            short(self.holder_name),
            int(self.apart),
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
        check_id(self.id)
        check_position(self.position)
        check_finite("seen_at", self.seen_at)

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
            short(self.name),
            short(self.note),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPin:
    """One team on the map: who it is, whose (`unit`, a name) and what it does now (`state`, words)."""

    id: str
    position: Position
    name: str
    unit: str
    state: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when the id or the position cannot be used."""
        check_id(self.id)
        check_position(self.position)

    def row(self) -> list[object]:
        """The pin as the page reads it (js/store.js `teamOf`)."""
        return [
            self.id,
            round(self.position.lon, 6),
            round(self.position.lat, 6),
            short(self.name),
            short(self.unit),
            short(self.state),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePin:
    """A named place, or the seat of a unit (`kind` "unit"); `vulnerable` ones are drawn brighter."""

    id: str
    kind: str
    position: Position
    name: str
    vulnerable: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when the id, kind or position cannot be used."""
        check_id(self.id)
        check_position(self.position)
        if self.kind != UNIT_PLACE and self.kind not in set(PlaceKind):
            raise ValueError(f"kind must be a PlaceKind or {UNIT_PLACE!r}, got {self.kind[:40]!r}")

    def row(self) -> list[object]:
        """The pin as the page reads it (js/store.js `placeOf`)."""
        return [
            self.id,
            round(self.position.lon, 6),
            round(self.position.lat, 6),
            str(self.kind),
            short(self.name),
            int(self.vulnerable),
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
        return [self.kind.value, self.id, int(self.best), short(self.label)]


Pin = CasePin | WorkerPin | TeamPin | PlacePin


def _clock_row(clock: Countdown | None) -> list[float] | None:
    return None if clock is None else [clock.start, clock.due, clock.amber]
