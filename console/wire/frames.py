"""What the stream and the snapshot carry, besides events."""

from dataclasses import dataclass, field
from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.event import Event
from console.domain.handover import Handover
from console.domain.incident import Incident
from console.domain.roster import Turn
from console.domain.worker import Fix, WorkerDuty

SCHEMA = 2
"""Version of the wire; a console and a centre with different ones do not talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainClock:
    """Domain time at a server time, and its rate in domain seconds per real second (1 when live)."""

    domain_time: datetime
    server_time: datetime
    rate: float
    simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayVolumes:
    """Counts per local hour (24 numbers each) of one local day `YYYY-MM-DD`.

    `calls` taken in, `answered` at once, `cases` that left the centre (first dispatch).
    """

    day: str
    calls: list[int] = field(default_factory=lambda: [0] * 24)
    answered: list[int] = field(default_factory=lambda: [0] * 24)
    cases: list[int] = field(default_factory=lambda: [0] * 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The whole picture at one rev; `page` of `pages`, every page at the same rev."""

    schema: int
    epoch: str
    rev: int
    city: str
    clock: DomainClock
    day: DayVolumes
    page: int
    pages: int
    digest: str
    cases: list[Case]
    assignments: list[Assignment]
    workers: list[WorkerDuty]
    fixes: list[Fix]
    incidents: list[Incident] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """Everything up to `rev` was sent. `digest` is a hexadecimal 64-bit number."""

    epoch: str
    rev: int
    clock: DomainClock
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FixBatch:
    """Latest positions, one a worker."""

    fixes: list[Fix]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateDetails:
    """A case's personal data as this role may see it: name and number masked by the centre."""

    citizen: str
    phone: str
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed(PrivateDetails):
    """The same in full, to be hidden again at `shown_until` (server time, UTC)."""

    shown_until: datetime


Frame = Event | Bookmark | FixBatch
"""One thing that arrives on the stream."""

EVENT, BOOKMARK, FIXES, RESYNC = "event", "bookmark", "fixes", "resync"
"""SSE event names; `resync` tells a slow console to take a new snapshot."""
