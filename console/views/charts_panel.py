"""The charts of a screen: calls today per hour over the normal band, calls per day, open by level."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.i18n import Texts
from console.live.board import Board
from console.live.headline import Headline
from console.live.link import Link
from console.live.tasks import Tasks
from console.store.changes import ChangeSet
from console.theme import tokens
from console.views.past_days import PastDays
from console.views.sight import Sight
from console.widgets.charts import Charts
from console.wire.frames import DayVolumes

YEAR = timedelta(days=365)
REFRESH_MS = 2000


class ChartsPanel(QWidget):
    """Built only after the first pins are on the map: the charts' library is slow to load."""

    built = Signal()
    """`charts` are there."""

    def __init__(
        self,
        board: Board,
        headline: Headline,
        tasks: Tasks,
        texts: Texts,
        *,
        span: timedelta = YEAR,
        pixels: int = tokens.FONT_LEAST,
    ) -> None:
        """An empty strip until `build`; `span` is how far back the days go, `pixels` the type's height."""
        super().__init__()
        self._pixels = pixels
        self._hours: Callable[[], DayVolumes] | None = None
        self.setObjectName("charts-panel")
        self._board = board
        self._headline = headline
        self._texts = texts
        self._past = PastDays(tasks, span, self)
        self._past.changed.connect(self._show)
        self._charts: Charts | None = None
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._due = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._due.timeout.connect(self._show)
        self._sight = Sight(board, self)
        self._sight.changed.connect(self._refresh)
        self._sight.opened.connect(self._show)
        headline.changed.connect(self._show_levels)

    def attach(self, link: Link) -> None:
        """From now on the history can be fetched."""
        self._past.attach(link)

    def build(self) -> None:
        """Make the charts and fetch the history; later calls do nothing."""
        if self._charts is None:
            self._charts = Charts(self._texts, self._pixels)
            self._box.addWidget(self._charts)
            self.built.emit()
            self._show()

    @property
    def charts(self) -> Charts | None:
        """The charts, None before they are built."""
        return self._charts

    def set_hours(self, hours: Callable[[], DayVolumes] | None) -> None:
        """Show other hours of today than the city's calls, such as a district's cases; None: the calls."""
        self._hours = hours
        self._show()

    def _refresh(self, changes: ChangeSet) -> None:
        if self._charts is None or self._due.isActive():
            return
        if changes.everything or changes.volumes or changes.cases or changes.removed_cases:
            self._due.start()

    def _show_levels(self) -> None:
        if self._charts is not None and self._sight.open:
            self._charts.levels.show_counts(self._headline.figures.levels)

    def _show(self) -> None:
        if self._charts is None or not self._sight.open or not self._board.picture.day.day:
            return
        self._past.want(self._board.picture.day.day)
        now = self._board.time.domain_now().astimezone(self._board.city.tz)
        day, levels = self._board.picture.day, self._headline.figures.levels
        hours = self._hours() if self._hours is not None else None
        self._charts.show_figures(self._past.days, day, now, levels, hours)
