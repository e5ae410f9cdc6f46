"""How everything on a wall wanders round its place, so that nothing burns in; no Qt."""

from math import floor, pi, sin

REACH = 0.01
"""How far it goes each way, as a share of the wall's height: more than the strokes of its type are wide."""
PERIOD_S = 3600.0
STEP = 2
"""Pixels of one move: few enough to be seen by nobody, and not more moves than are needed."""


def reach(height: int) -> int:
    """Pixels that stay free on each side."""
    return max(STEP, floor(height * REACH / STEP) * STEP)


def offset(seconds: float, height: int) -> tuple[int, int]:
    """Pixels right and down at a monotonic moment, each within the reach, in even steps.

    A Lissajous figure of three to two: within the hour it comes by everywhere in its square.
    """
    turn, most = 2 * pi * (seconds % PERIOD_S) / PERIOD_S, reach(height)
    x, y = most * sin(3 * turn), most * sin(2 * turn)
    return STEP * round(x / STEP), STEP * round(y / STEP)
