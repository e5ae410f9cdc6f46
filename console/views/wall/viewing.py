"""How large type must be to be read from where people stand; lengths in millimetres."""

from math import hypot, radians, tan

ARC_MINUTES = 25.0
"""What the smallest type takes of the eye's field."""
SHARE_OF_TYPE = 0.92
"""How much of the type's size in pixels a Chinese character fills."""

ASSUMED_INCHES = 98.0
LEAST_INCHES, MOST_INCHES = 40.0, 1000.0
"""A smaller display is somebody's desk (or its server made the size up): the wall is tried out there."""

NEAREST_M, FARTHEST_M = 0.5, 50.0
"""Viewing distances that can be set."""


def pixel_pitch(
    physical_mm: tuple[float, float],
    pixels: tuple[int, int],
    assumed_inches: float = ASSUMED_INCHES,
) -> float:
    """Millimetres from pixel to pixel of a display; of an assumed one where the told size is no wall's."""
    told, count = hypot(*physical_mm), hypot(*pixels)
    wall = LEAST_INCHES * 25.4 <= told <= MOST_INCHES * 25.4
    return (told if wall else assumed_inches * 25.4) / max(count, 1.0)


def smallest_type(distance_m: float, pitch_mm: float) -> float:
    """Pixels of the smallest type that is read from so far away."""
    return distance_m * 1000 * tan(radians(ARC_MINUTES / 60)) / (pitch_mm * SHARE_OF_TYPE)
