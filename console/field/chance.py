"""Chance without a shared generator: each draw is a pure function of the seed and a key."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import accumulate
from statistics import NormalDist
from typing import Generic, TypeVar

T = TypeVar("T")

_SCALE = 2.0**-53
_STANDARD = NormalDist()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SLOT = timedelta(seconds=30)
_SLOT_S = 30.0


class Chance:
    """Draws named by keys: the same seed and key give the same number on every machine and in every order."""

    def __init__(self, seed: int) -> None:
        """Any whole number is a seed."""
        self.seed = seed
        self._base = blake2b(f"baton:{seed}".encode(), digest_size=8)

    def uniform(self, *key: object) -> float:
        """A number strictly between 0 and 1."""
        drawn = self._base.copy()
        drawn.update("\x1f".join(map(str, key)).encode())
        bits = int.from_bytes(drawn.digest(), "big") >> 11
        return (bits + 0.5) * _SCALE

    def happens(self, probability: float, *key: object) -> bool:
        """Whether something of this probability (0…1) happens."""
        return self.uniform(*key) < probability

    def between(self, low: float, high: float, *key: object) -> float:
        """A number from `low` to `high`, all equally likely."""
        return low + (high - low) * self.uniform(*key)

    def exponential(self, mean: float, *key: object) -> float:
        """A memoryless wait with this mean."""
        return -mean * math.log(self.uniform(*key))

    def normal(self, *key: object) -> float:
        """A draw of the standard normal distribution."""
        return _STANDARD.inv_cdf(self.uniform(*key))

    def lognormal(self, median: float, sigma: float, *key: object) -> float:
        """A positive number around `median`; `sigma` is the spread of its logarithm."""
        return median * math.exp(sigma * self.normal(*key))

    def gamma(self, shape: float, scale: float, *key: object) -> float:
        """A gamma draw of mean shape × scale (Marsaglia and Tsang, 2000); both must be positive."""
        if shape < 1:
            boost = math.pow(self.uniform(*key, "boost"), 1 / shape)
            return self.gamma(shape + 1, scale, *key, "up") * boost
        d = shape - 1 / 3
        c = 1 / math.sqrt(9 * d)
        attempt = 0
        while True:
            x = self.normal(*key, attempt, "x")
            v = (1 + c * x) ** 3
            u = self.uniform(*key, attempt, "u")
            if v > 0 and math.log(u) < 0.5 * x * x + d * (1 - v + math.log(v)):
                return d * v * scale
            attempt += 1

    def choice(self, weights: Sequence[float], *key: object) -> int:
        """An index, each as likely as its weight."""
        return Wheel(range(len(weights)), weights).at(self.uniform(*key))

    def pick(self, items: Sequence[T], *key: object) -> T:
        """One of the items, all equally likely."""
        return items[int(self.uniform(*key) * len(items))]

    def next_hit(self, mean: timedelta, now: datetime, *key: object) -> datetime:
        """When a memoryless wait that nobody noted the beginning of ends, at or after `now`.

        The moments are fixed on the time axis by seed and key, so whoever asks again later, after
        a restart too, gets the same one as long as it has not passed.
        """
        probability = 1 - math.exp(-_SLOT_S / mean.total_seconds())
        slot = int((now - _EPOCH) / _SLOT)
        while True:
            if self.happens(probability, *key, slot):
                moment = _EPOCH + (slot + self.uniform(*key, slot, "in")) * _SLOT
                if moment >= now:
                    return moment
            slot += 1


class Wheel(Generic[T]):
    """Items with weights, prepared for many draws."""

    def __init__(self, items: Sequence[T], weights: Sequence[float]) -> None:
        """At least one weight must be positive (`ValueError`)."""
        self._items = items
        self._sums = list(accumulate(weights))
        if not self._sums or self._sums[-1] <= 0:
            raise ValueError("a wheel needs a positive weight")

    def at(self, u: float) -> T:
        """The item at the fraction `u` (0…1) of the wheel."""
        index = bisect_right(self._sums, u * self._sums[-1])
        return self._items[min(index, len(self._items) - 1)]
