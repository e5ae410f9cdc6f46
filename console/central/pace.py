"""How fast one seat may write: far faster than a human, slower than a program that has run away."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from console.central.problems import Problem

PER_S = 50.0
BURST = 500.0
"""Requests that change something, a real second in the long run and at once; a shift's clicks fit a hundred times."""

LONGEST_S = 60.0
FORGIVEN_S = 60.0
"""Each refusal doubles the wait, up to `LONGEST_S`; so much time without one begins anew."""

_MOST = 10_000


@dataclass(slots=True)
class _Seat:
    left: float
    at: float
    refusals: int = 0
    until: float = 0.0


class Pace:
    """Counts by name, in this process and in memory: it keeps a fault small, no attacker out."""

    def __init__(self, elapsed_s: Callable[[], float] = time.monotonic) -> None:
        """Nobody has written yet."""
        self._elapsed_s = elapsed_s
        self._seats: dict[str, _Seat] = {}

    def take(self, name: str) -> None:
        """One request of a seat; raises `Problem` 429 while it has to wait."""
        now = self._elapsed_s()
        seat = self._seats.get(name) or self._begun(name, now)
        if now >= seat.until:
            seat.left = min(seat.left + (now - seat.at) * PER_S, BURST)
            seat.at = now
            if seat.left >= 1:
                seat.left -= 1
                return
            self._refuse(seat, now)
        seconds = max(1, -(-(seat.until - now) // 1))
        detail = f"this seat sends too much; it is heard again in {seconds:.0f} s"
        raise Problem(429, "slow-down", detail, headers={"Retry-After": f"{seconds:.0f}"})

    @staticmethod
    def _refuse(seat: _Seat, now: float) -> None:
        if now - seat.until > FORGIVEN_S:
            seat.refusals = 0
        seat.until = now + min(2.0**seat.refusals, LONGEST_S)
        seat.refusals += 1

    def _begun(self, name: str, now: float) -> _Seat:
        if len(self._seats) >= _MOST:
            self._seats.clear()
        found = self._seats[name] = _Seat(BURST, now)
        return found
