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
    """A heartbeat; `received` is when, in seconds of `wire.elapsed.elapsed_s`."""

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
class TimeHeard:
    """Server time (UTC) of an answer, between `asked` and `answered` in `elapsed_s` seconds."""

    server_time: datetime
    asked: float
    answered: float


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The centre speaks of `kind`, which this console does not know: it is too old. Told once a kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """The centre is reached by another of its addresses now: the former one did not answer."""

    address: str


@dataclass(frozen=True, slots=True)
class MachineSlept:
    """This machine was asleep for so many seconds; whatever was open then is dead."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ClockStepped:
    """This machine's own clock was put forward (or back, below zero) by so many seconds."""

    seconds: float


PictureMessage = (
    SnapshotArrived
    | EventsArrived
    | BookmarkArrived
    | FixesArrived
    | LinkChanged
    | TimeHeard
    | NotUnderstood
)
"""What moves a board's picture; nothing here needs a network."""


class Tick(StrEnum):
    """Where a command is: ✓ stored here, ✓✓ committed centrally, or a way out.

    LOST is work the centre had committed and, restored from a backup, knows no more. UNREADABLE
    is a row of the outbox that is damaged: it is kept and never sent.
    """

    STORED = "stored"
    COMMITTED = "committed"
    REFUSED = "refused"
    HELD = "held"
    LOST = "lost"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CommandMoved:
    """A command of this console got a tick or was refused."""

    envelope: Envelope
    tick: Tick
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A command as this console keeps it. `stored_at` is aware UTC of this machine's clock.

    `refs` are the entities (`kind:id`) it is about: order is kept among those that share one.
    """

    seq: int
    stored_at: datetime
    tick: Tick
    envelope: Envelope
    answer: Answer | None
    refs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowsSetAside:
    """So many rows of the outbox cannot be read; they are kept in its file and were not sent.

    `keys` are those that can still be told.
    """

    count: int
    keys: tuple[str, ...]


class NotStored(Exception):
    """A command could not be written to the disk: it was NOT sent and will not be. The argument says why."""

    code = "not-stored"

    def refusal(self, key: str) -> Answer:
        """The same as an answer, for whoever waits for one."""
        return Answer(key=key, status=507, problem=self.code, detail=str(self))


Note = NotUnderstood | AddressChanged | MachineSlept | ClockStepped | RowsSetAside
"""What moves no picture, and must not go by unseen."""

Message = PictureMessage | CommandMoved | Note
