"""The roster (区局长值班制): who decides for a unit at a moment, at night too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain.shift import Shift

CITY = "city"
"""Stands in the place of a unit's code: the centre leader on duty, who decides for the whole city."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One person's turn on the roster of `unit`, from `start` on and before `end` (aware UTC).

    A logged entity once it was set; a turn of the city pack has version 0. Setting a turn with the
    id of a pack's turn replaces that one. A turn that ends when it starts is taken off.
    """

    id: str
    version: int
    unit: str
    start: datetime
    end: datetime
    name: str
    phone: str

    def covers(self, now: datetime) -> bool:
        """Whether it is this person's turn at the moment."""
        return self.start <= now < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """One person of a rota."""

    name: str
    name_en: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """The city pack's rule for one unit (or `CITY`) and shift: `people` take turns day by day."""

    unit: str
    shift: Shift
    people: tuple[OnCall, ...]

    def turn(self, day: date, tz: ZoneInfo) -> Turn:
        """Whose turn it is in the shift that begins on the local day."""
        person = self.people[day.toordinal() % len(self.people)]
        start = datetime.combine(day, self.shift.start, tz)
        last = day if self.shift.start < self.shift.end else day + _DAY
        end = datetime.combine(last, self.shift.end, tz)
        return Turn(
            id=f"{self.unit}:{self.shift.code}:{day.isoformat()}",
            version=0,
            unit=self.unit,
            start=start.astimezone(UTC),
            end=end.astimezone(UTC),
            name=person.name,
            phone=person.phone,
        )


class Roster:
    """The turns of a city: the pack's rotas with what was set in the log laid over them."""

    def __init__(self, rotas: Iterable[Rota], logged: Iterable[Turn], tz: ZoneInfo) -> None:
        """`logged` are the turns of the picture."""
        self._rotas: dict[str, list[Rota]] = {}
        for rota in rotas:
            self._rotas.setdefault(rota.unit, []).append(rota)
        self._logged = {turn.id: turn for turn in logged}
        self._tz = tz

    def units(self) -> list[str]:
        """Units with a roster, in the order of the pack, then those set in the log alone."""
        return list(dict.fromkeys([*self._rotas, *(t.unit for t in self._logged.values())]))

    def turns(self, unit: str, start: datetime, end: datetime) -> list[Turn]:
        """The turns that touch [`start`, `end`) (aware), in the order of time."""
        found = {turn.id: turn for turn in self._of_pack(unit, start, end)}
        found |= {turn.id: turn for turn in self._logged.values() if turn.unit == unit}
        touching = (t for t in found.values() if t.start < end and t.end > start)
        return sorted((t for t in touching if t.start < t.end), key=lambda t: (t.start, t.id))

    def _of_pack(self, unit: str, start: datetime, end: datetime) -> Iterator[Turn]:
        day, last = start.astimezone(self._tz).date() - _DAY, end.astimezone(self._tz).date()
        while day <= last:
            for rota in self._rotas.get(unit, ()):
                yield rota.turn(day, self._tz)
            day += _DAY

    def now(self, unit: str, now: datetime) -> Turn | None:
        """Who decides for the unit now; None is a gap that must be filled.

        Where two turns overlap the one that was set in the log counts, the newest first.
        """
        there = [t for t in self.turns(unit, now, now + timedelta(microseconds=1)) if t.covers(now)]
        return max(there, key=lambda turn: turn.version, default=None)

    def next(self, unit: str, now: datetime) -> Turn | None:
        """Who comes next within two days."""
        later = (t for t in self.turns(unit, now, now + 2 * _DAY) if t.start > now)
        return next(later, None)

    def gaps(self, unit: str, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Spans of [`start`, `end`) in which nobody decides, UTC."""
        found, covered = [], start
        for turn in self.turns(unit, start, end):
            if turn.start > covered:
                found.append((covered, turn.start))
            covered = max(covered, turn.end)
        return [*found, (covered, end)] if covered < end else found


def overlapping(turns: Iterable[Turn], new: Turn) -> Turn | None:
    """The first other turn of the same unit that shares time with the new one."""
    for turn in turns:
        same = turn.unit == new.unit and turn.id != new.id
        if same and turn.start < new.end and new.start < turn.end and turn.start < turn.end:
            return turn
    return None
