"""What a source of the picture tells a board: the live link and a replay speak alike."""

from dataclasses import dataclass
from datetime import datetime
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


PictureMessage = SnapshotArrived | EventsArrived | BookmarkArrived | FixesArrived | LinkChanged
"""What moves a board's picture; nothing here needs a network."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A command as this console keeps it. `stored_at` is aware UTC of this machine's clock."""

    seq: int
    stored_at: datetime
    tick: Tick
    envelope: Envelope
    answer: Answer | None


Message = PictureMessage | CommandMoved
