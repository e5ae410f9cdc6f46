"""Server-sent events: how a frame looks on the line."""

from collections.abc import Sequence

from console.domain.event import Event
from console.domain.worker import Fix
from console.wire.codec import encode
from console.wire.frames import BOOKMARK, EVENT, FIXES, RESYNC, Bookmark, DomainClock, FixBatch

FRAME_LIMIT = 64 * 1024
"""Largest frame, bytes: readers split lines in buffers of this size."""


def frame(kind: str, data: bytes, event_id: str | None = None) -> bytes:
    """One frame; JSON has no line ends inside, so one data line is enough."""
    id_line = b"" if event_id is None else b"id: " + event_id.encode() + b"\n"
    return b"%bevent: %b\ndata: %b\n\n" % (id_line, kind.encode(), data)


def event_frame(event: Event) -> bytes:
    """A committed event; its id is where to go on."""
    return frame(EVENT, encode(event), f"{event.epoch}:{event.rev}")


def bookmark_frame(epoch: str, rev: int, clock: DomainClock, digest: int) -> bytes:
    """The heartbeat: everything up to rev was sent."""
    bookmark = Bookmark(epoch=epoch, rev=rev, clock=clock, digest=f"{digest:016x}")
    return frame(BOOKMARK, encode(bookmark), f"{epoch}:{rev}")


def resync_frame() -> bytes:
    """To a reader that fell behind the buffer: take a new snapshot."""
    return frame(RESYNC, b"{}")


def fix_frames(fixes: Sequence[Fix]) -> list[bytes]:
    """Positions in as many frames as the limit asks for."""
    if not fixes:
        return []
    whole = frame(FIXES, encode(FixBatch(fixes=list(fixes))))
    if len(whole) <= FRAME_LIMIT or len(fixes) == 1:
        return [whole]
    middle = len(fixes) // 2
    return fix_frames(fixes[:middle]) + fix_frames(fixes[middle:])
