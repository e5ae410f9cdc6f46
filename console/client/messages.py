"""What the client's threads tell the rest of the program."""

from dataclasses import dataclass
from enum import StrEnum

from console.domain.event import Event
from console.domain.worker import Fix
from console.wire.commands import Answer, Envelope
from console.wire.frames import Bookmark, Snapshot


class LinkState(StrEnum):
    """How the stream stands; the picture's age is judged from bookmarks, not from this."""

    CONNECTING = "connecting"
    STREAMING = "streaming"
    BROKEN = "broken"
    REFUSED = "refused"


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
class SnapshotArrived:
    """A whole picture; what was known before is void. `why` names the reason in a word."""

    pages: list[Snapshot]
    why: str


@dataclass(frozen=True, slots=True)
class EventsArrived:
    """The next events, dense from the last rev on."""

    events: list[Event]


@dataclass(frozen=True, slots=True)
class BookmarkArrived:
    """A heartbeat; `received` is the local monotonic time in seconds."""

    bookmark: Bookmark
    received: float


@dataclass(frozen=True, slots=True)
class FixesArrived:
    """Positions of workers."""

    fixes: list[Fix]


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The stream's state; `code` and `detail` say why it is broken or refused."""

    state: LinkState
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CommandMoved:
    """A command of this console got a tick or was refused."""

    envelope: Envelope
    tick: Tick
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class ClockSynced:
    """Server time minus local monotonic time, in seconds, from the best recent round trip."""

    offset: float


Message = (
    SnapshotArrived
    | EventsArrived
    | BookmarkArrived
    | FixesArrived
    | LinkChanged
    | CommandMoved
    | ClockSynced
)
