"""The chosen day: how busy it was, its recordings to play, or how to get one."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from console.feed.make_day import Plan
from console.feed.ready_days import ORDINARY_CALLS
from console.i18n import Texts
from console.replay.recording import About
from console.views.training.buttons import button
from console.views.training.day_maker import DayMaker
from console.views.training.shelf import Shelf
from console.widgets.label import plain_label
from console.widgets.section import Section

_SEED = 1


class DayPanel(Section):
    """Follows the shelf and the maker."""

    wanted = Signal(object)
    """The Path of a recording to play."""

    def __init__(self, shelf: Shelf, maker: DayMaker, texts: Texts, today: date) -> None:
        """No day chosen."""
        super().__init__(texts("training.no_day"))
        self._shelf, self._maker, self._texts, self._today = shelf, maker, texts, today
        self._day: date | None = None
        self._shown: object = None
        self._inside = QWidget()
        self.add(self._inside)
        shelf.changed.connect(self._show)
        maker.changed.connect(self._show)

    def show_day(self, day: date) -> None:
        """Another day."""
        self._day = day
        self._show()

    def play_first(self) -> None:
        """Play the day's recording, the newest when there are several."""
        files = self._shelf.kept.on(self._day) if self._day is not None else []
        if files:
            self.wanted.emit(files[-1])

    def _show(self) -> None:
        day = self._day
        if day is None:
            return
        order = self._order(day)
        progress, problem = self._maker.progress(order), self._maker.problem(order)
        files = [(file, self._shelf.kept.days[file]) for file in self._shelf.kept.on(day)]
        state = (day, self._shelf.calls_on(day), tuple(file for file, _ in files), progress)
        if (*state, problem) == self._shown:
            return
        self._shown = (*state, problem)
        self._fill(day, files, progress, problem is not None)

    def _fill(
        self,
        day: date,
        files: list[tuple[Path, About]],
        progress: float | None,
        failed: bool,
    ) -> None:
        texts, calls = self._texts, self._shelf.calls_on(day)
        self.set_title(f"{day.isoformat()} {texts(f'weekday.{day.weekday()}')}")
        fresh = QWidget()
        fresh.setObjectName("panel")
        box = QVBoxLayout(fresh)
        box.setContentsMargins(16, 8, 16, 16)
        box.setSpacing(10)
        if calls is not None:
            box.addWidget(plain_label(texts("training.calls", n=f"{calls:,}"), tone="figures"))
        for number, (file, about) in enumerate(files):
            self._add_recording(box, number, file, about)
        if not files:
            self._add_way(box, day, progress, failed)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh
        fresh.show()

    def _add_recording(self, box: QVBoxLayout, number: int, file: Path, about: About) -> None:
        texts = self._texts
        key = "training.real_day"
        if about.made:
            key = "training.made_storm" if about.made.get("storm") else "training.made_day"
        words = texts(key, n=f"{about.calls:,}", seed=about.made.get("seed", ""))
        box.addWidget(plain_label(words, tone="second", wrap=True))
        play = button(
            f"play-{number}",
            texts("training.play_day"),
            lambda: self.wanted.emit(file),
            kind="main",
        )
        play.setToolTip(Qt.convertFromPlainText(file.name))
        box.addWidget(play)

    def _add_way(self, box: QVBoxLayout, day: date, progress: float | None, failed: bool) -> None:
        """No recording: how to get one."""
        texts = self._texts
        if day >= self._today:
            box.addWidget(plain_label(texts("training.not_past"), tone="second", wrap=True))
            return
        box.addWidget(plain_label(texts("training.no_recording"), wrap=True))
        box.addWidget(plain_label(texts("training.how_to_get"), tone="second", wrap=True))
        if failed:
            problem = self._maker.problem(self._order(day)) or {}
            reason = texts.pick(str(problem.get("zh", "")), str(problem.get("en", "")))
            words = texts("training.make_failed", why=reason or texts("training.make_ended"))
            box.addWidget(plain_label(words, tone="red", wrap=True))
        if progress is None:
            box.addWidget(button("make", texts("training.make"), lambda: self._make(day)))
        else:
            box.addWidget(progress_bar(progress, texts))

    def _make(self, day: date) -> None:
        self._maker.want(self._order(day))

    def _order(self, day: date) -> Plan:
        """With as many calls as that day had, or a usual day's where nothing is known."""
        return Plan(day=day, calls=self._shelf.calls_on(day) or ORDINARY_CALLS, seed=_SEED)


def progress_bar(done: float, texts: Texts) -> QProgressBar:
    """How far the making of a day is; 0 waits for its turn."""
    bar = QProgressBar()
    bar.setRange(0, 100)
    bar.setValue(round(done * 100))
    bar.setFormat(texts("training.making" if done else "training.waits", percent=round(done * 100)))
    return bar
