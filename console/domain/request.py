"""What a holder asks for and somebody above must decide: a later deadline (延期) or to park the case (挂账)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RequestKind(StrEnum):
    """EXTENSION moves the handling deadline, SUSPENSION parks the case until a review date."""

    EXTENSION = "extension"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The one open request of a case. Times are aware UTC domain times.

    `until` is the deadline or review date asked for; `number` counts the case's extensions, this
    one included; `endorsed_at` is when the duty chief agreed to one that the centre leader grants.
    """

    kind: RequestKind
    assignment: str
    until: datetime
    reason: str
    number: int
    asked_at: datetime
    endorsed_at: datetime | None = None

    @property
    def first_standard(self) -> bool:
        """Whether the shift leader may grant it alone."""
        return self.kind is RequestKind.EXTENSION and self.number <= 1
