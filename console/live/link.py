"""What a screen asks of whatever is behind the board: the centre now, a replay later."""

from datetime import date
from typing import Protocol

from console.domain.event import Event
from console.wire.commands import Envelope
from console.wire.frames import DayVolumes, PrivateDetails
from console.wire.messages import Stored


class NotKept(LookupError):
    """Behind this link nobody keeps personal data: there is nothing to show."""


def refusal_code(error: Exception) -> str:
    """The problem code of what a link raised (its `code`); "unreachable" where nothing answered."""
    return str(getattr(error, "code", "") or "unreachable")


class Link(Protocol):
    """Takes commands and answers questions; `client.link.LiveLink` is the one to a central API."""

    def submit(self, envelope: Envelope) -> None:
        """Take a command; it is on disk when this returns."""

    def waiting(self) -> int:
        """How many commands are not answered yet."""

    def held_count(self) -> int:
        """How many orders wait for the operator's word."""

    def held(self) -> list[Stored]:
        """The orders that wait for the operator's word."""

    def release(self, key: str) -> None:
        """Send a held order after all."""

    def discard(self, key: str) -> None:
        """Void a held order, or be told no more of a lost one."""

    def private(self, case_id: str) -> PrivateDetails:
        """A case's masked personal data; blocks. Raises `NotKept` where there never is any."""

    def reveal(self, case_id: str, why: str) -> PrivateDetails:
        """A case's personal data in full, for a minute; the centre records who and why. Blocks."""

    def dial(self, case_id: str) -> None:
        """Have this seat connected with the citizen; the number stays at the centre. Blocks."""

    def history(self, owner: str) -> list[Event]:
        """The events of a case or an incident, oldest first; blocks."""

    def volumes(self, first: date, last: date) -> list[DayVolumes]:
        """Volumes of the local days, oldest first; blocks."""
