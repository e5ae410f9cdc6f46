"""The live end of the log: a ring of encoded frames that every stream reads, each at its own pace."""

import asyncio
import itertools
from collections import deque
from collections.abc import Sequence

from console.central.mirror import Mirror
from console.central.sse import event_frame, fix_frames
from console.domain.event import Event
from console.domain.worker import Fix

RING = 20_000
"""Frames kept; a live reader that falls behind them is told to take a new snapshot."""


class Tail:
    """Lives on the event loop; only `publish` may be called from another thread.

    `rev` and `digest` belong together: what the frames up to `rev` add up to.
    """

    def __init__(self, mirror: Mirror, size: int = RING) -> None:
        """The ring begins behind what the mirror was loaded with."""
        picture = mirror.fork()
        self._ring: deque[bytes] = deque(maxlen=size)
        self.rev = picture.rev
        self.digest = picture.digest
        self.closed = False
        self.wake = asyncio.Event()
        # What is known already is the first batch; a reader begins before it.
        self._moved = {fix.worker: (1, fix) for fix in picture.fixes.values()}
        self._fresh = (1, fix_frames(list(picture.fixes.values())))
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on frames are handed to this loop."""
        self._loop = loop

    @property
    def first(self) -> int:
        """Rev of the oldest frame in the ring, one after `rev` when it is empty."""
        return self.rev - len(self._ring) + 1

    @property
    def fix_turn(self) -> int:
        """Number of the last batch of positions."""
        return self._fresh[0]

    def publish(self, events: Sequence[Event], digest: int) -> None:
        """The next events of the log and what the picture adds up to; by the writer's thread."""
        rev = events[-1].rev
        frames = [event_frame(event) for event in events]
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._extend, frames, rev, digest)
        else:
            self._extend(frames, rev, digest)

    def _extend(self, frames: list[bytes], rev: int, digest: int) -> None:
        self._ring.extend(frames)
        self.rev, self.digest = rev, digest
        self._ring_bell()

    def send_fixes(self, fixes: Sequence[Fix]) -> None:
        """One batch of positions to everybody; on the loop."""
        if not fixes:
            return
        turn = self.fix_turn + 1
        self._moved.update((fix.worker, (turn, fix)) for fix in fixes)
        self._fresh = (turn, fix_frames(fixes))
        self._ring_bell()

    def _ring_bell(self) -> None:
        """Wake every waiting stream once; each takes the new bell before it looks again."""
        bell, self.wake = self.wake, asyncio.Event()
        bell.set()

    def since(self, rev: int, limit: int) -> list[bytes]:
        """Frames after `rev`, at most `limit`; `rev + 1` must be in the ring or yet to come."""
        start = rev + 1 - self.first
        return list(itertools.islice(self._ring, start, start + limit))

    def fixes_since(self, turn: int) -> list[bytes]:
        """Frames with the latest position of every worker who moved after that batch, 0 for all."""
        if turn == self.fix_turn:
            return []
        if turn == self.fix_turn - 1:
            return self._fresh[1]
        return fix_frames([fix for at, fix in self._moved.values() if at > turn])

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        self._ring_bell()
