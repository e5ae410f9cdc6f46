"""The messages under their former address; `console.wire.messages` is where they are."""

from console.wire.messages import (
    BookmarkArrived,
    CommandMoved,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    Message,
    SnapshotArrived,
    Tick,
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
