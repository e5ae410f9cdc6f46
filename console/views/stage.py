"""What a screen stands on: one board and all that belongs to it; the live one, or a replay's."""

from dataclasses import dataclass
from pathlib import Path

from console.domain.city import City
from console.domain.role import Role, may
from console.geo.boundaries import Boundaries
from console.i18n import Texts
from console.live.board import Board
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.settings import Settings
from console.views.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Shared by all screens of one board, so that they show the same and choose together.

    `role` is who sits here. `training` is true where a replay stands behind the board.
    """

    board: Board
    headline: Headline
    readings: Readings
    tasks: Tasks
    orders: Orders
    boundaries: Boundaries
    texts: Texts
    cache: Path
    settings: Settings
    selection: Selection
    role: Role
    training: bool = False

    @property
    def city(self) -> City:
        """The city pack."""
        return self.board.city

    def why_not(self, operation: str) -> str | None:
        """Why this role may not do the operation, in the user's language; None when it may."""
        if may(self.role, operation):
            return None
        return self.texts("problem.role")
