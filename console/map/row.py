"""What is checked of everything that becomes a row for the page: ids, places, numbers, texts."""

import math

from console.domain.place import Position

TEXT_LIMIT = 160
"""Characters of one text that reach the page; the whole text stands in the detail panel."""
ID_LIMIT = 128
"""Characters of an id."""


def short(text: str) -> str:
    """The text as one line of at most `TEXT_LIMIT` characters."""
    return " ".join(text[: TEXT_LIMIT * 2].split())[:TEXT_LIMIT]


def check_finite(name: str, value: float) -> None:
    """Raise ValueError naming the field for a number that is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, got {value}")


def check_id(value: str) -> None:
    """Raise ValueError for an id that is empty or too long."""
    if not 0 < len(value) <= ID_LIMIT:
        raise ValueError(f"id must have 1 to {ID_LIMIT} characters, got {len(value)}")


def check_position(position: Position) -> None:
    """A Position checks itself; this keeps the field's name in the message for any other thing."""
    if not isinstance(position, Position):
        raise ValueError(f"position must be a Position (lon, lat), got {type(position).__name__}")
