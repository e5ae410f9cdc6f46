"""Tells the page what it does not know yet: in slices, when it listens, and where to look."""

from PySide6.QtCore import QObject, QTimer

from console.map.host import MapHost
from console.map.picture import Picture

SETTLE_MS = 300
"""After a drag nothing moves by itself for so long."""


class Teller(QObject):
    """Takes from the picture what waits and gives it to the page, one slice for each turn of the event loop.

    A page listens while it lives and is on the screen; what is told to another waits or is lost.
    """

    def __init__(self, picture: Picture, host: MapHost, parent: QObject | None = None) -> None:
        """Nobody listens yet."""
        super().__init__(parent)
        self.alive = False
        """Whether the page has said that it is ready, and has not been lost since."""
        self.on_screen = False
        self.aimed: dict[str, object] | None = None
        """Where to look: where it was sent last, or where a hand has moved it."""
        self._picture, self._host = picture, host
        self._slice = QTimer(self, singleShot=True, interval=0)
        self._slice.timeout.connect(self._tell_one)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._thaw)

    @property
    def listens(self) -> bool:
        """Whether there is a page that is told anything."""
        return self.alive and self.on_screen

    def tell(self) -> None:
        """Tell all that waits, as soon as somebody listens."""
        if self.listens and not self._slice.isActive():
            self._slice.start()

    def say(self, **message: object) -> None:
        """A passing word: lost on a page that does not listen."""
        if self.listens:
            self._picture.say(**message)
            self.tell()

    def aim(self, **message: object) -> None:
        """Where to look: the latest waits for a page that listens, and is said again after a crash."""
        self.aimed = message
        self._picture.say_latest("aim", **message)
        self.tell()

    def aim_again(self) -> None:
        """Say to a new page where to look; a page that was never sent anywhere chooses itself."""
        if self.aimed is not None:
            self.aim(**self.aimed)

    def freeze(self, frozen: bool) -> None:
        """While frozen no pin moves, comes or goes; released, it takes `SETTLE_MS` more."""
        if frozen:
            self._settle.stop()
            self._picture.held = True
        else:
            self._settle.start()

    def begin_again(self) -> None:
        """A page is there that knows nothing."""
        self.alive = True
        # A page that died in a drag is filled at once: an empty map would be worse than a moving one.
        self._picture.held = False
        self._picture.begin_again()

    def stop(self) -> None:
        """Tell nothing more."""
        self.alive = False
        self._slice.stop()

    def _tell_one(self) -> None:
        """A snapshot in slices never holds the GUI up."""
        message = self._picture.next_message() if self.listens else None
        if message is None:
            return
        self._host.send(message)
        self._slice.start()

    def _thaw(self) -> None:
        self._picture.held = False
        self.tell()
