"""What every screen is to the window that holds it."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QMenu, QWidget

from console.live.link import Link
from console.views.stage import Stage

Spot = tuple[QWidget, QRect] | None
"""A widget and a rectangle in it; None for what is not in sight."""


class Screen(QWidget):
    """One place of the program. It is built when first entered and may be built twice (torn off).

    A screen that is not in sight does no work: what changed is shown when it comes into sight.
    """

    said = Signal(str)
    """A translation key for the status line."""
    told = Signal(str)
    """Words for the status line, in the user's language already."""
    wanted = Signal(str)
    """The name of another screen to go to; what is chosen is in the stage's selection."""
    first_pins = Signal()
    """Its map shows the first pins; a screen without a map never says so."""

    bare_changed = Signal()
    """`bare` is another while the screen is in sight."""

    bare = False
    """Whether it fills the window, without top bar and status line."""
    public = False
    """Whether strangers look at it: nothing that is said to this seat alone stands beside it."""
    least_size = 1280, 720
    """The smallest window that it is shown in."""
    own_way_out = False
    """Whether it leads back by itself while it is bare; otherwise Esc and a floating menu button do."""

    key_help: tuple[str, ...] = ()
    """What its keys do: translation keys, one a line of the key help."""

    def __init__(self, stage: Stage) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__()
        self.stage = stage

    def attach(self, link: Link) -> None:
        """The centre (or a replay) answers: commands can be given, details fetched."""

    def add_to_menu(self, menu: QMenu) -> None:
        """Put what only this screen offers into the window's menu."""

    def go_back(self) -> None:
        """Choose what was chosen before."""
        self.stage.selection.back()

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on this screen (see app/probe.py)."""
        return None

    def shut_down(self) -> None:
        """Let go of what must end in order, such as a map's page."""
