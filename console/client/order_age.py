"""How old an order is, whatever somebody does to this machine's clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.wire.elapsed import elapsed_s
from console.wire.messages import Stored

STALE_ORDER = timedelta(seconds=60)
"""An order that waited longer is put before the operator again: the radio may have done it."""

ORDERS = frozenset(
    {"dispatch", "assist", "redispatch", "verify", "recall", "call_in", "end_incident"}
    | {"rule_return", "rule_request"}
)
"""Commands that send somebody somewhere, call them back, or decide who has to go."""


class OrderAge:
    """Within a run by a clock that is never set and counts sleep; from an earlier run by the wall clock."""

    def __init__(self, elapsed: Callable[[], float] = elapsed_s) -> None:
        """`elapsed` gives seconds."""
        self._elapsed = elapsed
        self._made: dict[str, float] = {}

    def made(self, key: str) -> None:
        """The gesture was just now."""
        self._made.setdefault(key, self._elapsed())

    def forget(self, key: str) -> None:
        """Its fate is known."""
        self._made.pop(key, None)

    def is_stale(self, stored: Stored) -> bool:
        """Whether it is an order too old to go by itself.

        One stored in the future was stored before the clock was put back: nobody knows how old it is.
        """
        if stored.envelope.type not in ORDERS:
            return False
        made = self._made.get(stored.envelope.key)
        if made is not None:
            return self._elapsed() - made > STALE_ORDER.total_seconds()
        age = datetime.now(UTC) - stored.stored_at
        return not timedelta(0) <= age <= STALE_ORDER
