"""Colours and sizes of every screen (logical pixels); pure constants, nothing drawn here."""

from collections.abc import Mapping

from console.domain.clock import Level

PAGE = "#0D141C"
PANEL = "#15202B"
RAISED = "#1E2C3A"
LINE = "#3A4E62"
"""Surfaces from the back to the front; `LINE` separates and never informs."""

OUTLINE = "#66788A"
"""Where the edge itself must be seen: fields to write in, the bounds of a normal range (3:1)."""

TEXT = "#E9EFF5"
SECOND = "#A7B6C4"
ON_LEVEL = "#0D141C"
"""Words: main, second, and figures that stand on red, amber or green."""

GREEN = "#35C184"
AMBER = "#FFB224"
RED = "#FF5A52"
DARK_RED = "#C8102E"
SUSPENDED = "#8FA6BF"
WHITE = "#FFFFFF"
SELECTION = "#58B4FF"
TRAINING = "#C79BFF"

DATA = "#7FA9C9"
DATA_PALE = "#4C6F8C"
BAND = "#2B4257"
"""Charts: today, past days and the running hour, the normal range; none of them is a level's colour."""

SHADES = ("#1B2A38", "#223A50", "#2B4C69", "#345E80", "#3C6F96")
"""Days of a calendar by their calls, the fewest first."""

LEVEL_COLOUR: Mapping[int, str] = {
    Level.SUSPENDED: SUSPENDED,
    Level.GREEN: GREEN,
    Level.AMBER: AMBER,
    Level.RED: RED,
    Level.DARK_RED: DARK_RED,
}
"""Level → fill of its shape."""

LEVEL_TEXT: Mapping[int, str] = {
    Level.SUSPENDED: SUSPENDED,
    Level.GREEN: TEXT,
    Level.AMBER: AMBER,
    Level.RED: RED,
    Level.DARK_RED: "#FF8A94",
}
"""Level → colour of minutes written on a panel; dark red itself would be unreadable there (2.8:1)."""

OUTLINED: Mapping[str, str] = {DARK_RED: WHITE}
"""Colours with too little contrast of their own (2.8:1) → the outline they are never drawn without."""

LEVEL_SIZE: Mapping[int, int] = {
    Level.SUSPENDED: 20,
    Level.GREEN: 20,
    Level.AMBER: 26,
    Level.RED: 30,
    Level.DARK_RED: 34,
}
"""Level → edge of its shape at scale 1."""

LEVEL_KEY: Mapping[int, str] = {
    Level.SUSPENDED: "suspended",
    Level.GREEN: "green",
    Level.AMBER: "amber",
    Level.RED: "red",
    Level.DARK_RED: "dark_red",
}
"""Level → the end of its translation key (`level.red`)."""

WORST_FIRST = (Level.DARK_RED, Level.RED, Level.AMBER, Level.GREEN, Level.SUSPENDED)

FONT_MAIN = 16
FONT_SECOND = 14
FONT_FIGURES = 22
FONT_CLOCK = 24
FONT_LEAST = 14
"""Type of the desk in pixels; nothing is smaller than `FONT_LEAST`."""

ROW_HEIGHT = 52
TAKER_HEIGHT = 50
"""Of a row of nearby workers or units: six and five of them stand in the right column."""
DRAG_DISTANCE = 8
"""Pixels the pointer moves before a drag begins."""
EDGE = 40
"""Pixels at a list's edge in which a drag scrolls it."""
EDGE_WAIT_MS = 250
GHOST_SIZE = (220, 48)
DIMMED = 0.4
"""Opacity of what may not be dropped on during a drag."""

MAP_PALETTE = {
    "page": PAGE,
    "panel": PANEL,
    "raised": RAISED,
    "line": LINE,
    "text": TEXT,
    "second": SECOND,
    "green": GREEN,
    "amber": AMBER,
    "red": RED,
    "dark_red": DARK_RED,
    "suspended": SUSPENDED,
    "unsigned": WHITE,
    "select": SELECTION,
    "load_low": "#1B2A38",
    "load_high": "#24425A",
    "heat_low": "#1A2B3B",
    "heat_high": "#3E7099",
}
"""The map's colours by the names its page knows."""
