"""Supervision (督办): a case is watched from above, with a reply clock of its own and a reply in four fields."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the unit answers (问题、成因、措施、效果); none may be empty."""

    problem: str
    cause: str
    measures: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """The latest supervision of a case. Times are aware UTC domain times.

    `by` is the seat that opened it; `overdue` is set when the reply clock ran out; a reply that is
    not accepted sets the clock anew and counts `refusals`.
    """

    opened_at: datetime
    by: str
    words: str
    reply_due: datetime
    overdue: bool = False
    reply: Reply | None = None
    replied_at: datetime | None = None
    refusals: int = 0
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for something: a reply, or its acceptance."""
        return self.closed_at is None

    @property
    def awaits_reply(self) -> bool:
        """Whether the reply clock runs."""
        return self.open and self.replied_at is None
