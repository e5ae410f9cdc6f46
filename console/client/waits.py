"""Commands that are set aside for a while, each with a growing wait of its own."""

from collections.abc import Callable

from console.client.backoff import full_jitter
from console.wire.elapsed import elapsed_s


class Waits:
    """By key. Seconds of `elapsed`."""

    def __init__(self, elapsed: Callable[[], float] = elapsed_s) -> None:
        """Nothing waits."""
        self._elapsed = elapsed
        self._waits: dict[str, tuple[int, float]] = {}

    def put(self, key: str, at_least_s: float = 0.0) -> None:
        """Not before a jittered wait, longer after each failure, and what the centre asked for."""
        tries = self.tries(key)
        self._waits[key] = (tries + 1, self._elapsed() + at_least_s + full_jitter(tries))

    def tries(self, key: str) -> int:
        """How often it failed."""
        return self._waits.get(key, (0, 0.0))[0]

    def is_due(self, key: str) -> bool:
        """Whether it may be tried."""
        return self._waits.get(key, (0, 0.0))[1] <= self._elapsed()

    def clear(self, key: str) -> None:
        """Its fate is known."""
        self._waits.pop(key, None)

    def next_s(self) -> float | None:
        """Seconds until the next one may be tried, None when nothing waits."""
        if not self._waits:
            return None
        return max(0.0, min(until for _, until in self._waits.values()) - self._elapsed())
