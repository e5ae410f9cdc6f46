"""Where a past day is chosen: the calendar, the chosen day, what is ready, and any file by button or drop."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.feed.ready_days import ready_plans
from console.live.link import Link
from console.replay.file import FOLDER
from console.replay.problem import What
from console.views.screen import Spot
from console.views.stage import Stage
from console.views.training.calendar_panel import CalendarPanel
from console.views.training.day_maker import DayMaker
from console.views.training.day_panel import DayPanel
from console.views.training.opening import Opened, Opening
from console.views.training.ready_panel import ReadyPanel
from console.views.training.shelf import Shelf
from console.widgets.banner import Banner

SIDE = 440
SUFFIXES = (What.DAY.suffix, What.SCENARIO.suffix)


class ChoicePage(QWidget):
    """Opens what is chosen and says in place what is wrong with it."""

    opened = Signal(object)
    """An `Opened`."""

    def __init__(self, stage: Stage, maker: DayMaker) -> None:
        """The ready days are made at first use where nothing is there yet."""
        super().__init__()
        self.setAcceptDrops(True)
        self._stage, self._texts, self._maker = stage, stage.texts, maker
        today = datetime.now(stage.city.tz).date()
        self._today = today
        self.shelf = Shelf(stage.settings.data_dir, stage.city.code, stage.tasks, self)
        self._plans = ready_plans(today)
        self.banner = Banner()
        self.calendar = CalendarPanel(self.shelf, stage.texts, today)
        self.day = DayPanel(self.shelf, maker, stage.texts, today)
        self.ready = ReadyPanel(self._plans, maker, self.shelf, stage.texts)
        self._opening = Opening(stage.city, stage.tasks, stage.texts, self._take, self._say_problem)
        self._lay_out()
        self._connect()
        self.shelf.read()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(1)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.day)
        side.addWidget(self.ready, 1)
        column = QWidget()
        column.setFixedWidth(SIDE)
        column.setLayout(side)
        row = QHBoxLayout()
        row.setSpacing(1)
        row.addWidget(self.calendar, 1)
        row.addWidget(column)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.banner)
        box.addLayout(row, 1)

    def _connect(self) -> None:
        self.calendar.chosen.connect(self.day.show_day)
        self.calendar.activated.connect(lambda _: self.day.play_first())
        self.day.wanted.connect(self.open)
        self.ready.wanted.connect(self.open)
        self.ready.choosing.connect(self.choose_file)
        self._maker.made.connect(lambda _: self.shelf.read())
        self.shelf.changed.connect(self._on_shelf)
        shortcut = QShortcut(QKeySequence("Ctrl+O"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.choose_file)

    def _on_shelf(self) -> None:
        """At first use the ready days are made; a console of a real centre is asked first."""
        if self._stage.settings.embedded and not self._maker.orders:
            for plan in self._plans:
                if self.shelf.made_by(plan) is None and self._maker.problem(plan) is None:
                    self._maker.want(plan)
        if self.calendar.map.chosen_day is None:
            self.calendar.choose_first()

    def attach(self, link: Link) -> None:
        """The centre can say how busy the past was; a calendar without it knows its recordings."""
        self.shelf.ask(link, self._today)

    # Opening

    def open(self, file: Path) -> None:
        """Read a file; what is wrong with it is said above the calendar."""
        self.banner.show_message(self._texts("training.opening", file=file.name), "notice")
        self._opening.open(file)

    def choose_file(self) -> None:
        """Ask for a file."""
        kinds = self._texts("training.files", suffixes=" ".join(f"*{s}" for s in SUFFIXES))
        folder = self._stage.settings.data_dir / FOLDER
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._texts("training.open_file"), str(folder), kinds
        )
        if chosen:
            self.open(Path(chosen))

    def _take(self, opened: Opened) -> None:
        self.banner.clear()
        self.opened.emit(opened)

    def _say_problem(self, words: str) -> None:
        close = (self._texts("app.close"), self.banner.clear)
        self.banner.show_message(words, "error", (close,))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped; whether it is one of ours is said when it is read."""
        if _file_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open it."""
        file = _file_of(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.open(file)

    def locate(self, kind: str, name: str) -> Spot:
        """Where a day is (see app/probe.py)."""
        if kind != "day":
            return None
        rect = self.calendar.place_of(name)
        return None if rect is None else (self.calendar.map, rect)


def _file_of(mime: QMimeData) -> Path | None:
    """The one local file of a drag."""
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
