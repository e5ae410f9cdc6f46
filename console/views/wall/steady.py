"""Rows that keep their places: read from afar, a list must not move under the eye."""

from collections.abc import Sequence

LEAST_S = 5.0
"""Rows change their places at most so often."""


class SteadyRows:
    """The ids of the rows that are shown, in their order. Times are monotonic seconds."""

    def __init__(self, least_s: float = LEAST_S) -> None:
        """No rows."""
        self._least_s = least_s
        self._shown: list[str] = []
        self._moved_at: float | None = None

    def arrange(self, wanted: Sequence[str], most: int, now: float) -> list[str]:
        """The rows to show of `wanted` (best order first), at most `most` of them.

        Between two orders a row that is no longer wanted keeps its place, and a new one may only
        stand behind the others.
        """
        best = list(wanted[:most])
        early = self._moved_at is not None and now - self._moved_at < self._least_s
        if early and self._shown:
            kept = self._shown[:most]
            new = [row for row in best if row not in kept]
            best = [*kept, *new][:most]
        elif best != self._shown:
            self._moved_at = now
        self._shown = best
        return list(best)
