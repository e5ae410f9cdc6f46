"""One reader's stream: the backlog from the log, then live, with bookmarks and positions between."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from console.central.clock import CityClock
from console.central.sse import bookmark_frame, resync_frame
from console.central.tail import Tail

BOOKMARK_EVERY_S = 5.0
"""Real seconds between two bookmarks."""

_AT_ONCE = 500

ReadLog = Callable[[int, int], Awaitable[list[bytes]]]
"""Frames of the log after a rev, at most so many."""


class Stream:
    """What one reader gets. `rev` is the last rev handed to the network."""

    def __init__(
        self, epoch: str, after: int, tail: Tail, clock: CityClock, read_log: ReadLog
    ) -> None:
        """Begins after rev `after`, which must not lie beyond the log's end."""
        self._epoch = epoch
        self._tail = tail
        self._clock = clock
        self._read_log = read_log
        self._next_bookmark = 0.0
        self._fix_turn = 0
        self._live = False
        self.rev = after

    async def frames(self) -> AsyncIterator[bytes]:
        """Chunks of whole frames until the tail closes or the reader is too slow."""
        while not self._tail.closed:
            bell = self._tail.wake
            if self.rev < self._tail.first - 1:
                if self._live:
                    yield resync_frame()
                    return
                backlog = await self._read_log(self.rev, _AT_ONCE)
                self.rev += len(backlog)
                yield b"".join(backlog)
                continue
            chunk = self._chunk()
            if chunk:
                yield chunk
            else:
                await self._rest(bell)

    def _chunk(self) -> bytes:
        """What there is to send now; a bookmark only where everything before it is in."""
        parts = self._tail.since(self.rev, _AT_ONCE)
        self.rev += len(parts)
        if self.rev == self._tail.rev:
            self._live = True
            parts += self._tail.fixes_since(self._fix_turn)
            self._fix_turn = self._tail.fix_turn
            if time.monotonic() >= self._next_bookmark:
                self._next_bookmark = time.monotonic() + BOOKMARK_EVERY_S
                digest = self._tail.digest
                parts.append(bookmark_frame(self._epoch, self.rev, self._clock.reading(), digest))
        return b"".join(parts)

    async def _rest(self, bell: asyncio.Event) -> None:
        left = self._next_bookmark - time.monotonic()
        try:
            await asyncio.wait_for(bell.wait(), max(left, 0.0))
        except TimeoutError:
            return
