"""The past days' volumes, fetched once a day, asked for again while the centre has none yet."""

from datetime import date, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from console.live.link import Link
from console.live.tasks import Tasks
from console.wire.frames import DayVolumes

PATIENCE_MS, LONGEST_MS = 5000, 300_000


class PastDays(QObject):
    """`days` are those before the `want`ed one, oldest first; None until the first answer."""

    changed = Signal()

    def __init__(self, tasks: Tasks, span: timedelta, parent: QObject) -> None:
        """`span` is how far back. Nothing is fetched before a link is there and a day is wanted."""
        super().__init__(parent)
        self.days: list[DayVolumes] | None = None
        self._span = span
        self._tasks = tasks
        self._link: Link | None = None
        self._day = ""
        self._again = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._again.timeout.connect(self._fetch)

    def attach(self, link: Link) -> None:
        """From now on they can be fetched."""
        self._link = link
        self._fetch()

    def want(self, day: str) -> None:
        """Fetch what came before this local day (`YYYY-MM-DD`), once."""
        if day != self._day:
            self._day = day
            self._fetch()

    def _fetch(self) -> None:
        link, wanted = self._link, self._day
        if link is None or not wanted:
            return
        today = date.fromisoformat(wanted)
        first, last = today - self._span, today - timedelta(days=1)

        def done(days: list[DayVolumes]) -> None:
            if wanted == self._day:
                self._take(days)

        self._tasks.run(lambda: link.volumes(first, last), done, lambda _: self._wait(), self)

    def _take(self, days: list[DayVolumes]) -> None:
        self.days = days
        if days:
            self._again.setInterval(PATIENCE_MS)
        else:
            self._wait()
        self.changed.emit()

    def _wait(self) -> None:
        self._again.start()
        self._again.setInterval(min(2 * self._again.interval(), LONGEST_MS))
