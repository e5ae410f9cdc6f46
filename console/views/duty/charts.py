"""The charts at the foot: calls per day over the years, per hour today; each as a picture and as data."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.indicator import Period
from console.domain.roster import CITY
from console.live.link import Link
from console.views.charts_panel import ChartsPanel
from console.views.duty.office import Office
from console.widgets.chart_frame import ChartFrame
from console.widgets.export import CSV_FILTER, PNG_FILTER, choose_file, save_csv, save_picture
from console.wire.frames import DayVolumes

YEARS = timedelta(days=5 * 366)
PIXELS = 18
HEIGHT, LEAST = 232, 96


class DutyCharts(QWidget):
    """The hours are the scope's cases; of the days only the city's calls are counted, and it says so."""

    def __init__(self, office: Office) -> None:
        """Built when it first comes into sight."""
        super().__init__()
        self._office = office
        self._texts = office.stage.texts
        stage = office.stage
        self.panel = ChartsPanel(
            stage.board, stage.headline, stage.tasks, stage.texts, span=YEARS, pixels=PIXELS
        )
        self.panel.built.connect(self._on_built)
        self.setMinimumHeight(LEAST)
        self.setMaximumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panel)
        office.changed.connect(self._rescope)

    def sizeHint(self) -> QSize:
        """On a low display the charts give way first."""
        return QSize(800, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As low as they can still be read."""
        return QSize(400, LEAST)

    def attach(self, link: Link) -> None:
        """The history can be read from now on."""
        self.panel.attach(link)

    def _on_built(self) -> None:
        charts = self.panel.charts
        if charts is None:
            return
        charts.levels.hide()
        for name, frame in (("hours", charts.hours), ("days", charts.days)):
            button = QPushButton(self._texts("duty.export"))
            button.setObjectName(f"export-{name}")
            button.setProperty("kind", "flat")
            menu = QMenu(button)
            picture = menu.addAction(
                self._texts("duty.export_png"), partial(self._save_picture, name)
            )
            data = menu.addAction(self._texts("duty.export_csv"), partial(self._save_data, name))
            picture.setObjectName(f"export-{name}-png")
            data.setObjectName(f"export-{name}-csv")
            button.setMenu(menu)
            frame.add_to_head(button)
        self._rescope()

    def _rescope(self) -> None:
        charts, code = self.panel.charts, self._office.scope.code
        if charts is None:
            return
        texts, name = self._texts, self._office.name_of(code)
        whole = code == CITY
        charts.hours.set_title(texts("chart.hours") if whole else texts("duty.hours_of", unit=name))
        charts.days.set_title(texts("duty.days" if whole else "duty.days_city"))
        self.panel.set_hours(None if whole else self._hours)

    def _hours(self) -> DayVolumes:
        """Cases of the scope per hour in which they came in today; a unit's own, not the city's calls."""
        board, scope = self._office.stage.board, self._office.scope
        day, tz = board.picture.day.day, self._office.city.tz
        today = Period.of_day(date.fromisoformat(day), tz)
        counts = [0] * 24
        for case in board.picture.cases.values():
            if today.holds(case.received_at) and scope.holds_case(case, board.picture.lead(case)):
                counts[case.received_at.astimezone(tz).hour] += 1
        return DayVolumes(day=day, calls=counts)

    def _frame(self, name: str) -> ChartFrame | None:
        charts = self.panel.charts
        if charts is None:
            return None
        return charts.hours if name == "hours" else charts.days

    def _save_picture(self, name: str) -> None:
        frame = self._frame(name)
        path = choose_file(
            self, self._texts("duty.export_png"), self._file(name, "png"), PNG_FILTER
        )
        if frame is None or path is None:
            return
        stamp = self._texts("duty.sheet.training") if self._office.stage.training else ""
        try:
            save_picture(path, frame, stamp)
        except OSError as error:
            frame.read(self._texts("duty.not_written", file=path.name, error=error))

    def _save_data(self, name: str) -> None:
        frame = self._frame(name)
        path = choose_file(
            self, self._texts("duty.export_csv"), self._file(name, "csv"), CSV_FILTER
        )
        if frame is None or path is None:
            return
        head = [self._texts(f"duty.column.{column}") for column in frame.columns]
        try:
            save_csv(path, head, frame.rows())
        except OSError as error:
            frame.read(self._texts("duty.not_written", file=path.name, error=error))

    def _file(self, name: str, kind: str) -> str:
        local = self._office.now().astimezone(self._office.city.tz)
        return f"{name}-{local:%Y%m%d-%H%M}.{kind}"
