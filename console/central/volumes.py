"""Daily and hourly volumes: counted live from the life of cases, or imported for days long past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from console.central.tables import volumes
from console.wire.frames import DayVolumes

COUNTS = ("calls", "answered", "cases")


class Origin(StrEnum):
    """Where a day's figures come from."""

    LIVE = "live"
    IMPORTED = "imported"


class Slot(NamedTuple):
    """One figure: the local day and hour, and which of `COUNTS`."""

    day: str
    hour: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One local day `YYYY-MM-DD`, 24 figures each, and where they come from."""

    day: str
    origin: Origin
    calls: list[int]
    answered: list[int]
    cases: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Volumes of several days, oldest first."""

    days: list[Day]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """History to take in."""

    days: list[DayVolumes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many days were taken; `kept` are those that the centre counted itself, today and later days."""

    imported: int
    kept: list[str]


def add(connection: Connection, counts: Mapping[Slot, int]) -> None:
    """Count on; `counts` are increments."""
    by_hour: dict[tuple[str, int], dict[str, int]] = {}
    for slot, count in counts.items():
        by_hour.setdefault((slot.day, slot.hour), {})[slot.what] = count
    for (day, hour), more in by_hour.items():
        values = {name: volumes.c[name] + count for name, count in more.items()}
        query = update(volumes).where(volumes.c.day == day, volumes.c.hour == hour)
        if connection.execute(query.values(values)).rowcount == 0:
            figures = dict.fromkeys(COUNTS, 0) | more
            row = {"day": day, "hour": hour, "origin": Origin.LIVE.value, **figures}
            connection.execute(insert(volumes), row)


def live_day(connection: Connection, day: str) -> DayVolumes:
    """What the centre itself has counted on a local day."""
    found = DayVolumes(day=day)
    query = select(volumes).where(volumes.c.day == day, volumes.c.origin == Origin.LIVE.value)
    for row in connection.execute(query):
        for name in COUNTS:
            getattr(found, name)[row.hour] = getattr(row, name)
    return found


def between(connection: Connection, first: date, last: date) -> Days:
    """Every known day from `first` to `last`, inclusive."""
    query = select(volumes).where(volumes.c.day.between(first.isoformat(), last.isoformat()))
    days: dict[str, Day] = {}
    for row in connection.execute(query.order_by(volumes.c.day, volumes.c.hour)):
        day = days.get(row.day)
        if day is None:
            blank = {name: [0] * 24 for name in COUNTS}
            day = days[row.day] = Day(day=row.day, origin=Origin(row.origin), **blank)
        for name in COUNTS:
            getattr(day, name)[row.hour] = getattr(row, name)
    return Days(days=list(days.values()))


def import_days(connection: Connection, days: Iterable[DayVolumes], today: str) -> Imported:
    """Take history of days before `today`; a day that the centre counted itself stays as counted."""
    query = select(volumes.c.day).where(volumes.c.origin == Origin.LIVE.value).distinct()
    counted = set(connection.execute(query).scalars())
    taken: dict[str, DayVolumes] = {}
    kept: list[str] = []
    for day in days:
        if day.day in counted or day.day >= today:
            kept.append(day.day)
        else:
            taken[day.day] = day
    rows: list[dict[str, object]] = []
    for day in taken.values():
        connection.execute(delete(volumes).where(volumes.c.day == day.day))
        rows.extend(_rows(day))
    if rows:
        connection.execute(insert(volumes), rows)
    return Imported(imported=len(taken), kept=kept)


def _rows(day: DayVolumes) -> Iterable[dict[str, object]]:
    for hour in range(24):
        figures = {name: getattr(day, name)[hour] for name in COUNTS}
        yield {"day": day.day, "hour": hour, "origin": Origin.IMPORTED.value, **figures}


def forget_imported(connection: Connection, day: str) -> None:
    """A day that begins is counted from nothing."""
    connection.execute(
        delete(volumes).where(volumes.c.day == day, volumes.c.origin == Origin.IMPORTED.value)
    )


def problem_of(day: DayVolumes) -> str | None:
    """What is wrong with an imported day, in English, None when it is sound."""
    try:
        if date.fromisoformat(day.day).isoformat() != day.day:
            return f"{day.day!r} is not a date such as 2026-01-31"
    except ValueError:
        return f"{day.day[:20]!r} is not a date such as 2026-01-31"
    for name in COUNTS:
        figures = getattr(day, name)
        if len(figures) != 24 or any(not 0 <= count < 2**31 for count in figures):
            return f"{day.day}: {name} needs 24 counts from 0 up"
    return None
