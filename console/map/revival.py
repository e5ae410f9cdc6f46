"""When a map that was given up is tried again: at once when asked, else by itself after a rest that grows."""

from PySide6.QtCore import QObject, QTimer, Signal

REST_MS = 60_000
"""The first rest; each page that fails on trial doubles it."""
LONGEST_MS = 15 * 60_000
PROOF_MS = 5_000
"""A page that was tried by itself must have lived so long, out of sight, before it is shown."""


class Revival(QObject):
    """Nothing but the times: `wanted` asks for a page out of sight, `proven` says that it may be shown."""

    wanted = Signal()
    proven = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """The map lives."""
        super().__init__(parent)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._try)
        self._proof = QTimer(self, singleShot=True)
        self._proof.timeout.connect(self._prove)
        self._patience_ms = PROOF_MS
        self.trying = False
        """Whether a page is on trial."""

    def given_up(self) -> None:
        """The page has died too often, or on trial: rest."""
        if self.trying:
            self._rest.setInterval(min(2 * self._rest.interval(), LONGEST_MS))
        self.trying = False
        self._proof.stop()
        self._rest.start()

    def ask(self) -> None:
        """Somebody wants it now: it is shown as soon as it is ready."""
        self._patience_ms = 0
        self._begin()

    def page_ready(self) -> None:
        """The page on trial has said that it listens."""
        if self.trying:
            self._proof.start(self._patience_ms)

    def stop(self) -> None:
        """There will be no page any more."""
        self._rest.stop()
        self._proof.stop()

    def _try(self) -> None:
        self._patience_ms = PROOF_MS
        self._begin()

    def _begin(self) -> None:
        self._rest.stop()
        if not self.trying:
            self.trying = True
            self.wanted.emit()

    def _prove(self) -> None:
        self.trying = False
        self._rest.setInterval(REST_MS)
        self.proven.emit()
