"""Reads roster.csv: who takes turns as duty chief of which unit and shift."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path

from console.domain.roster import CITY, OnCall, Rota
from console.domain.shift import Shift
from console.geo.pack.table import Row, read_table
from console.geo.problem import Problems

_COLUMNS = ("unit", "shift", "name", "name_en", "phone")
_DAY_MIN = 24 * 60


def read_rotas(
    folder: Path, units: Mapping[str, object], shifts: Mapping[str, Shift], problems: Problems
) -> tuple[Rota, ...]:
    """One rota a unit and shift, the people in the file's order; two that overlap are noted.

    A unit without rows has no duty chief: that is allowed, and said on the screen.
    """
    people: dict[tuple[str, str], list[OnCall]] = {}
    for row in read_table(folder, "roster.csv", _COLUMNS, problems, unique=False):
        shift = row.text("shift")
        if row.code != CITY:
            row.known("unit", row.code, units, "units.csv")
        if not row.known("shift", shift, shifts, "city.toml"):
            continue
        _check_overlap(row, shifts[shift], [shifts[s] for u, s in people if u == row.code])
        person = OnCall(name=row.text("name"), name_en=row.text("name_en"), phone=row.text("phone"))
        people.setdefault((row.code, shift), []).append(person)
    return tuple(
        Rota(unit=unit, shift=shifts[shift], people=tuple(found))
        for (unit, shift), found in people.items()
    )


def _check_overlap(row: Row, shift: Shift, others: list[Shift]) -> None:
    for other in others:
        if other.code != shift.code and _overlap(shift, other):
            row.wrong(
                "shift",
                f"班次“{shift.name}”与同一单位的班次“{other.name}”时间重叠，请改 city.toml 的班次时间或这一行",
                f'the shift "{shift.name_en}" overlaps "{other.name_en}" of the same unit; change the times in city.toml or this row',
            )


def _overlap(a: Shift, b: Shift) -> bool:
    """Whether two daily spans share a minute."""
    return any(
        start < other_end and other < end
        for start, end in _spans(a)
        for other, other_end in _spans(b)
    )


def _spans(shift: Shift) -> list[tuple[int, int]]:
    """Minutes of the day; a shift over midnight has two spans."""
    start, end = _minutes(shift.start), _minutes(shift.end)
    return [(start, end)] if start < end else [(start, _DAY_MIN), (0, end)]


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
