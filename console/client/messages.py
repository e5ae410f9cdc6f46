"""What the client's threads tell the rest of the program: the picture's messages and its own commands'."""

from dataclasses import dataclass
from enum import StrEnum

from console.wire.commands import Answer, Envelope
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    PictureMessage,
    SnapshotArrived,
)

__all__ = [
    "BookmarkArrived",
    "CommandMoved",
    "EventsArrived",
    "FixesArrived",
    "LinkChanged",
    "LinkState",
    "Message",
    "SnapshotArrived",
    "Tick",
]


class Tick(StrEnum):
    """Where a command is: ✓ stored here, ✓✓ committed centrally, or a way out.

    LOST is work the centre had committed and, restored from a backup, knows no more.
    """

    STORED = "stored"
    COMMITTED = "committed"
    REFUSED = "refused"
    HELD = "held"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class CommandMoved:
    """A command of this console got a tick or was refused."""

    envelope: Envelope
    tick: Tick
    answer: Answer | None = None


Message = PictureMessage | CommandMoved
