"""Where everything stands on a wall of any size, and how large; no Qt.

All lengths are those of a wall of 3840×2160 (upright: 2160×3840), times `Plan.unit`.
"""

from dataclasses import dataclass

SMALLEST = 72
"""The smallest type of the plan."""
ROWS = 6
CALLS, SHARE = 1120, 900
"""Widths at the bottom; the duty chiefs have the rest."""
TOP_LINE, SECOND_TOP_LINE = 240, 176
BOTTOM_LINE = 280
COLUMN = 1280
HEADING, ROW, TALLEST_ROW, LAST_LINE = 100, 240, 300, 84
GAP = 8
MAP_SHARE = 0.5
"""The least share of the middle that the map keeps where the rows stand below it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int

    def moved(self, dx: int, dy: int) -> "Box":
        """The same rectangle elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to arrange the regions: the wall it is drawn for, and the least it needs, in units."""

    drawn_for: tuple[int, int]
    least: tuple[int, int]
    two_lines: bool
    stacked: bool


_ROWS_LEAST = HEADING + ROW + LAST_LINE
_TWO_LINES = TOP_LINE + SECOND_TOP_LINE + 2 * BOTTOM_LINE
WIDE = Shape((3840, 2160), (3840, TOP_LINE + BOTTOM_LINE + _ROWS_LEAST), False, False)
NARROW = Shape((3840, 2160), (2 * COLUMN, _TWO_LINES + _ROWS_LEAST), True, False)
STACKED = Shape((2160, 3840), (2160, _TWO_LINES + 2 * _ROWS_LEAST), True, True)


@dataclass(frozen=True, slots=True)
class Plan:
    """The regions of one wall. `two_lines`: top and bottom are folded into two lines each."""

    unit: float
    top: Box
    map: Box
    urgent: Box
    bottom: Box
    rows: int
    row_height: int
    two_lines: bool

    def bottom_boxes(self) -> tuple[Box, Box, Box]:
        """The places of the calls, the share and the duty chiefs; in two lines the chiefs stand below."""
        whole, gap = self.bottom, self.px(GAP)
        calls = round(CALLS * self.unit)
        if self.two_lines:
            half = (whole.height - gap) // 2
            calls = round(whole.width * CALLS / (CALLS + SHARE))
            below = Box(whole.x, whole.y + half + gap, whole.width, whole.height - half - gap)
            share = Box(calls + gap, whole.y, whole.width - calls - gap, half)
            return Box(whole.x, whole.y, calls, half), share, below
        share_at = calls + gap
        chiefs_at = share_at + round(SHARE * self.unit) + gap
        return (
            Box(whole.x, whole.y, calls, whole.height),
            Box(share_at, whole.y, chiefs_at - gap - share_at, whole.height),
            Box(chiefs_at, whole.y, whole.width - chiefs_at, whole.height),
        )

    def px(self, length: float) -> int:
        """A length of the plan in this wall's pixels."""
        return max(1, round(length * self.unit))


def plan(width: int, height: int, least_type: float) -> Plan:
    """Arrange a wall of so many pixels on which type must be `least_type` pixels at least.

    Regions fold and rows become fewer before type shrinks below it.
    """
    order = (WIDE, NARROW, STACKED) if width >= height else (STACKED, NARROW, WIDE)
    for shape in order:
        wanted = max(_scale(shape.drawn_for, width, height), least_type / SMALLEST)
        if wanted <= _scale(shape.least, width, height) * 1.001:
            return _arrange(shape, width, height, wanted)
    roomiest = max(order, key=lambda shape: _scale(shape.least, width, height))
    return _arrange(roomiest, width, height, _scale(roomiest.least, width, height))


def _scale(size: tuple[int, int], width: int, height: int) -> float:
    return min(width / size[0], height / size[1])


def _arrange(shape: Shape, width: int, height: int, unit: float) -> Plan:
    gap = max(1, round(GAP * unit))
    top = round((TOP_LINE + (SECOND_TOP_LINE if shape.two_lines else 0)) * unit)
    bottom = round((2 if shape.two_lines else 1) * BOTTOM_LINE * unit)
    y, middle = top + gap, height - top - bottom - 2 * gap
    if shape.stacked:
        all_rows = round((HEADING + ROWS * ROW + LAST_LINE) * unit)
        for_map = max(middle - all_rows - gap, round(middle * MAP_SHARE))
        on_map = Box(0, y, width, for_map)
        urgent = Box(0, y + for_map + gap, width, middle - for_map - gap)
    else:
        column = round(COLUMN * unit)
        on_map = Box(0, y, width - column - gap, middle)
        urgent = Box(width - column, y, column, middle)
    for_rows = urgent.height - (HEADING + LAST_LINE) * unit
    rows = min(ROWS, max(1, int(for_rows / (ROW * unit) + 0.05)))
    return Plan(
        unit=unit,
        top=Box(0, 0, width, top),
        map=on_map,
        urgent=urgent,
        bottom=Box(0, height - bottom, width, bottom),
        rows=rows,
        row_height=int(min(for_rows / rows, TALLEST_ROW * unit)),
        two_lines=shape.two_lines,
    )
