"""Which areas a position lies in; the geometry is loaded behind the start, nobody waits for it there."""

import asyncio
import logging
from collections.abc import Callable

from console.domain.place import Position
from console.domain.rules.scene import Located

log = logging.getLogger(__name__)

Locate = Callable[[Position], Located]
"""Position (WGS 84, lon lat) → the areas it lies in, all None outside the city."""


class Areas:
    """Hands out the city's `Locate` once it is loaded."""

    def __init__(self, load: Callable[[], Locate]) -> None:
        """`load` takes a second or two and runs on a thread of its own."""
        self._load = load
        self._task: asyncio.Task[Locate] | None = None

    def start(self) -> None:
        """Begin to load; on the event loop."""
        self._task = asyncio.create_task(asyncio.to_thread(self._load))

    async def locate(self, positions: list[Position | None]) -> list[Located]:
        """The areas of each position; waits for the geometry the first time."""
        if not any(positions):
            return [Located() for _ in positions]
        assert self._task is not None
        locate = await asyncio.shield(self._task)
        return await asyncio.to_thread(_all, locate, positions)


def _all(locate: Locate, positions: list[Position | None]) -> list[Located]:
    return [Located() if position is None else locate(position) for position in positions]
