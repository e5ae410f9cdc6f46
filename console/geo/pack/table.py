"""Reads one CSV table of a pack, cell by cell with checks, noting what is wrong and going on."""

import csv
import math
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from console.domain.place import Position, distance_m
from console.geo.pack.files import read_text
from console.geo.problem import Problems

Choice = TypeVar("Choice", bound=StrEnum)

FAR_M = 300_000.0
"""A position farther than this from the city's centre is a mistake, most often another order or unit."""


class Row:
    """One line of a table. A cell that is wrong is noted and answered with a harmless value."""

    __slots__ = ("_at", "_cells", "_file", "_problems", "code", "line")

    def __init__(
        self, file: str, line: int, at: dict[str, int], cells: list[str], problems: Problems
    ) -> None:
        self._file, self._at, self._cells, self._problems = file, at, cells, problems
        self.line = line
        self.code = cells[0].strip()

    def wrong(self, field: str, zh: str, en: str) -> None:
        """Note a problem with this row."""
        self._problems.add(self._file, self.code, field, zh, en, self.line)

    def text(self, field: str) -> str:
        """The cell without blanks round it; noted when empty."""
        value = self._cells[self._at[field]].strip()
        if not value:
            self.wrong(field, "不能为空", "must not be empty")
        return value

    def optional(self, field: str) -> str | None:
        """The cell without blanks round it, None when empty."""
        return self._cells[self._at[field]].strip() or None

    def codes(self, field: str) -> tuple[str, ...]:
        """Codes with semicolons between them; an empty cell has none."""
        value = self._cells[self._at[field]].strip()
        return tuple(value.split(";")) if value else ()

    def integer(self, field: str, least: int = 0) -> int:
        """A whole number of at least `least`."""
        value = self._cells[self._at[field]].strip()
        # isdecimal alone would let through digits of other scripts and 5,000 of them.
        if value.isascii() and value.isdecimal() and len(value) < 10 and int(value) >= least:
            return int(value)
        self.wrong(field, f"“{value[:40]}”不是不小于 {least} 的整数", f'"{value[:40]}" is not a whole number of at least {least}')  # fmt: skip
        return least

    def number(self, field: str) -> float:
        """A finite number of at least 0."""
        value = self._real(field)
        if value is not None and value < 0:
            self.wrong(field, "不能小于 0", "must not be below 0")
        return value or 0.0

    def flag(self, field: str) -> bool:
        """1 or 0."""
        value = self._cells[self._at[field]].strip()
        if value not in ("0", "1"):
            self.wrong(field, f"“{value[:40]}”应为 0 或 1", f'"{value[:40]}" must be 0 or 1')
        return value == "1"

    def choice(self, field: str, among: type[Choice]) -> Choice:
        """One of the values of `among`."""
        value = self._cells[self._at[field]].strip()
        try:
            return among(value)
        except ValueError:
            known = ", ".join(among)
            self.wrong(field, f"“{value[:40]}”应为其中之一：{known}", f'"{value[:40]}" must be one of {known}')  # fmt: skip
            return next(iter(among))

    def position(self, centre: Position) -> Position:
        """The columns lon and lat, degrees WGS 84, not farther than 300 km from the centre."""
        lon, lat = self._real("lon"), self._real("lat")
        if lon is None or lat is None:
            return centre
        try:
            position = Position(lon, lat)
        except ValueError:
            self.wrong("lon, lat", f"({lon}, {lat}) 不是经纬度，是否写反了？", f"({lon}, {lat}) is not (lon, lat) in degrees; are the two swapped?")  # fmt: skip
            return centre
        if distance_m(position, centre) > FAR_M:
            self.wrong("lon, lat", f"({lon}, {lat}) 距城市中心超过 300 公里", f"({lon}, {lat}) is more than 300 km from the city's centre")  # fmt: skip
        return position

    def known(self, field: str, code: str, among: Collection[str], file: str) -> bool:
        """Whether the code is in `among`, which stands in `file`; noted if not.

        Nothing is noted against an empty `among`: that its file gave nothing was noted already.
        """
        found = code in among
        if not found and among:
            self.wrong(field, f"“{code[:40]}”不在 {file} 中", f'"{code[:40]}" is not in {file}')
        return found

    def _real(self, field: str) -> float | None:
        value = self._cells[self._at[field]].strip()
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        self.wrong(field, f"“{value[:40]}”不是数", f'"{value[:40]}" is not a number')
        return None


def read_table(
    folder: Path, name: str, columns: Sequence[str], problems: Problems, unique: bool = True
) -> Iterator[Row]:
    """The rows of a CSV with at least these columns; the first column is the row's code.

    `unique`: a code that stands twice is noted and its second row left out.
    """
    text = read_text(folder, name, problems)
    if text is None:
        return
    reader = csv.reader(text.splitlines())
    try:
        header = [cell.strip() for cell in next(reader, [])]
        at = _columns(name, header, columns, problems)
        if at is None:
            return
        seen: set[str] = set()
        for cells in reader:
            if not cells:
                continue
            row = _row(name, reader.line_num, header, at, cells, problems)
            if row is None:
                continue
            if unique and row.code in seen:
                row.wrong(columns[0], "这个代码出现了两次", "this code stands twice")
                continue
            seen.add(row.code)
            yield row
        if not seen:
            problems.add(name, "", "", "没有任何有效的行", "has no row that can be used")
    except csv.Error as error:
        problems.add(name, "", "", f"不是有效的 CSV：{error}", f"not a valid CSV: {error}", reader.line_num)  # fmt: skip


def _columns(
    name: str, header: list[str], columns: Sequence[str], problems: Problems
) -> dict[str, int] | None:
    """Column → index, or None with the missing ones noted; the code's column comes first."""
    missing = [column for column in columns if column not in header]
    for column in missing:
        problems.add(name, "", column, "缺少这一列", "the column is missing", 1)
    if not missing and header[0] != columns[0]:
        problems.add(name, "", columns[0], "必须是第一列", "must be the first column", 1)
        return None
    return None if missing else {column: header.index(column) for column in columns}


def _row(
    name: str,
    line: int,
    header: list[str],
    at: dict[str, int],
    cells: list[str],
    problems: Problems,
) -> Row | None:
    if len(cells) != len(header):
        problems.add(
            name,
            cells[0].strip()[:40],
            "",
            f"有 {len(cells)} 列，表头有 {len(header)} 列",
            f"has {len(cells)} cells where the header has {len(header)}",
            line,
        )
        return None
    row = Row(name, line, at, cells, problems)
    if not row.code:
        row.wrong(header[0], "不能为空", "must not be empty")
        return None
    return row
