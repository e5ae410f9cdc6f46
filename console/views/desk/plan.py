"""How large the parts of a desk are, by the room there is; logical pixels."""

from dataclasses import dataclass

CHARTS = 200
"""Height of the charts below the map."""
WIDE, TALL, LOW = 1700, 960, 800
"""Full columns from this width on, the full case card from this height on; below `LOW` panels share."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Widths of the columns, heights of the right column's panels; what is left is the units'."""

    left: int
    right: int
    case: int
    workers: int
    charts: bool
    """Whether map and charts have room below each other; F9 shows the charts all the same."""


def plan(width: int, height: int) -> Plan:
    """The parts of a desk of this size."""
    wide = width >= WIDE
    left, right = (432, 432) if wide else (384, 368)
    if height >= TALL:
        return Plan(left, right, case=296, workers=336, charts=wide)
    if height >= LOW:
        return Plan(left, right, case=264, workers=296, charts=wide)
    return Plan(left, right, case=248, workers=(height - 248) // 2, charts=False)
