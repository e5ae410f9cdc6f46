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
MAP_WIDTH, MAP_HEIGHT = 0.45, 0.55
"""The least shares of the wall that the map keeps where the rows stand beside it."""
LEAST_TYPE = 0.6
"""For the map's sake type shrinks, but not below this share of the wanted size."""


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
    top_lines: int = 1
    bottom_lines: int = 1
    chiefs: bool = True
    stacked: bool = False
    flanked: bool = False
    """The figures stand in a column of their own, beside the map and not below it."""

    @property
    def top(self) -> int:
        """Height of the top."""
        return TOP_LINE + (self.top_lines - 1) * SECOND_TOP_LINE

    @property
    def bottom(self) -> int:
        """Height of the bottom."""
        return self.bottom_lines * BOTTOM_LINE

    @property
    def below(self) -> int:
        """What the figures take of the height of the map."""
        return 0 if self.flanked else self.bottom + GAP

    @property
    def beside(self) -> int:
        """What stands at the map's sides."""
        figures = CALLS + GAP if self.flanked else 0
        return (0 if self.stacked else COLUMN + GAP) + figures


_ROWS_LEAST = HEADING + ROW + LAST_LINE
_TWO_LINES = TOP_LINE + SECOND_TOP_LINE + 2 * BOTTOM_LINE
_COMPACT = TOP_LINE + SECOND_TOP_LINE + BOTTOM_LINE
WIDE = Shape((3840, 2160), (3840, TOP_LINE + BOTTOM_LINE + _ROWS_LEAST))
NARROW = Shape((3840, 2160), (2 * COLUMN, _TWO_LINES + _ROWS_LEAST), 2, 2)
COMPACT = Shape((3840, 2160), (2 * COLUMN, _COMPACT + _ROWS_LEAST), 2, 1, chiefs=False)
"""For a display that is small for its distance: the map is worth more than the chiefs' names."""
FLANKED = Shape(
    (7680, 2160), (2 * (CALLS + COLUMN), TOP_LINE + 3 * (BOTTOM_LINE + GAP)), flanked=True
)
"""A very wide wall has room at its sides and none to give away in its height."""
VERY_WIDE = 2.8
"""From this width to height on."""
STACKED = Shape((2160, 3840), (2160, _TWO_LINES + 2 * _ROWS_LEAST), 2, 2, stacked=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """The regions of one wall in its `shape`."""

    unit: float
    shape: Shape
    top: Box
    map: Box
    urgent: Box
    bottom: Box
    rows: int
    row_height: int

    @property
    def two_lines(self) -> bool:
        """Whether the top is folded into two lines."""
        return self.shape.top_lines > 1

    def readable(self, wanted: float) -> float:
        """The share of a distance from which the smallest type is read, where `wanted` pixels are from all of it."""
        return min(1.0, self.unit * SMALLEST / max(wanted, 1e-6))

    def bottom_boxes(self) -> tuple[Box, Box, Box | None]:
        """The places of the calls, the share and the duty chiefs (None: no room for them)."""
        whole, gap = self.bottom, self.px(GAP)
        if self.shape.flanked:
            line = round(BOTTOM_LINE * self.unit)
            boxes = [Box(whole.x, whole.y + n * (line + gap), whole.width, line) for n in (0, 1)]
            chiefs = whole.y + 2 * (line + gap)
            rest = Box(whole.x, chiefs, whole.width, whole.y + whole.height - chiefs)
            return boxes[0], boxes[1], rest
        folded = self.shape.bottom_lines > 1
        if folded or not self.shape.chiefs:
            line = (whole.height - gap) // 2 if folded else whole.height
            calls = round(whole.width * CALLS / (CALLS + SHARE))
            left = Box(whole.x, whole.y, calls, line)
            right = Box(calls + gap, whole.y, whole.width - calls - gap, line)
            below = Box(whole.x, whole.y + line + gap, whole.width, whole.height - line - gap)
            return left, right, below if folded else None
        calls = round(CALLS * self.unit)
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

    The chiefs give way, regions fold and rows become fewer before type shrinks below it; type
    shrinks to `LEAST_TYPE` of it before the map loses its share of the wall.
    """
    order: tuple[Shape, ...] = (WIDE, NARROW, COMPACT, STACKED)
    if width < height:
        order = (STACKED, NARROW, WIDE, COMPACT)
    elif width >= VERY_WIDE * height:
        order = (FLANKED, *order)
    asked = least_type / SMALLEST
    for shape in order:
        wanted = max(_scale(shape.drawn_for, width, height), asked)
        if wanted <= _with_map(shape, width, height) * 1.001:
            return _arrange(shape, width, height, wanted)
    best = max(order, key=lambda shape: _with_map(shape, width, height))
    unit = _with_map(best, width, height)
    if unit < LEAST_TYPE * asked:
        best = max(order, key=lambda shape: _scale(shape.least, width, height))
        unit = min(LEAST_TYPE * asked, _scale(best.least, width, height))
    return _arrange(best, width, height, unit)


def _with_map(shape: Shape, width: int, height: int) -> float:
    """The largest unit with which everything has room and the map its share of the wall."""
    room = _scale(shape.least, width, height)
    if shape.stacked:
        return room
    beside = width * (1 - MAP_WIDTH) / shape.beside
    above_and_below = height * (1 - MAP_HEIGHT) / (shape.top + GAP + shape.below)
    return min(room, beside, above_and_below)


def _scale(size: tuple[int, int], width: int, height: int) -> float:
    return min(width / size[0], height / size[1])


def _arrange(shape: Shape, width: int, height: int, unit: float) -> Plan:
    gap = max(1, round(GAP * unit))
    top, bottom = round(shape.top * unit), round(shape.bottom * unit)
    y = top + gap
    middle = height - y - (0 if shape.flanked else bottom + gap)
    figures = Box(0, height - bottom, width, bottom)
    if shape.stacked:
        all_rows = round((HEADING + ROWS * ROW + LAST_LINE) * unit)
        for_map = max(middle - all_rows - gap, round(middle * MAP_SHARE))
        on_map = Box(0, y, width, for_map)
        urgent = Box(0, y + for_map + gap, width, middle - for_map - gap)
    else:
        column, left = round(COLUMN * unit), 0
        if shape.flanked:
            figures = Box(0, y, round(CALLS * unit), middle)
            left = figures.width + gap
        on_map = Box(left, y, width - left - column - gap, middle)
        urgent = Box(width - column, y, column, middle)
    for_rows = urgent.height - (HEADING + LAST_LINE) * unit
    rows = min(ROWS, max(1, int(for_rows / (ROW * unit) + 0.05)))
    return Plan(
        unit=unit,
        shape=shape,
        top=Box(0, 0, width, top),
        map=on_map,
        urgent=urgent,
        bottom=figures,
        rows=rows,
        row_height=int(min(for_rows / rows, TALLEST_ROW * unit)),
    )
