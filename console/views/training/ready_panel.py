"""Days that are always there to train on, being made or ready, and the scenarios of this machine."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from console.feed.make_day import Plan
from console.i18n import Texts
from console.views.training.buttons import button
from console.views.training.day_maker import DayMaker
from console.views.training.shelf import Shelf
from console.widgets.label import ElidedLabel, plain_label
from console.widgets.section import Section


class _Row(QWidget):
    """One ready day: its name, and a bar or a button."""

    def __init__(self, number: int, plan: Plan, panel: "ReadyPanel", texts: Texts) -> None:
        super().__init__()
        self._plan, self._panel, self._texts = plan, panel, texts
        key = "storm" if plan.storm else "ordinary"
        name = texts(f"training.ready_{key}")
        about = texts(f"training.ready_{key}_hint", day=plan.day.isoformat(), n=f"{plan.calls:,}")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._problem = plain_label(tone="red", wrap=True)
        self._play = button(f"ready-{number}", texts("training.play_day"), self._take, kind="main")
        # A day of that date may lie there already, made otherwise: the date says which one this is.
        make = texts("training.make_ready", day=plan.day.isoformat())
        self._make = button(f"make-ready-{number}", make, self._order)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(plain_label(name))
        words.addWidget(plain_label(about, tone="second", wrap=True))
        head.addLayout(words, 1)
        for one in (self._play, self._make):
            head.addWidget(one, alignment=Qt.AlignmentFlag.AlignVCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 8)
        box.addLayout(head)
        box.addWidget(self._bar)
        box.addWidget(self._problem)

    def _take(self) -> None:
        file = self._panel.shelf.made_by(self._plan)
        if file is not None:
            self._panel.wanted.emit(file)

    def _order(self) -> None:
        self._panel.maker.want(self._plan)

    def show_state(self) -> None:
        """Being made, ready, or neither."""
        maker, texts = self._panel.maker, self._texts
        progress, problem = maker.progress(self._plan), maker.problem(self._plan)
        there = progress is None and self._panel.shelf.made_by(self._plan) is not None
        self._play.setVisible(there)
        self._make.setVisible(not there and progress is None)
        self._bar.setVisible(progress is not None)
        percent = round((progress or 0.0) * 100)
        self._bar.setValue(percent)
        key = "training.making" if percent else "training.waits"
        self._bar.setFormat(texts(key, percent=percent))
        self._problem.setVisible(problem is not None)
        if problem is not None:
            reason = texts.pick(str(problem.get("zh", "")), str(problem.get("en", "")))
            why = reason or texts("training.make_ended")
            self._problem.setText(texts("training.make_failed", why=why))


class ReadyPanel(Section):
    """Follows maker and shelf."""

    wanted = Signal(object)
    """The Path of what is to be opened."""
    choosing = Signal()
    """The user wants to look for a file."""

    def __init__(self, ready: Sequence[Plan], maker: DayMaker, shelf: Shelf, texts: Texts) -> None:
        """Rows for the ready days, then scenarios, then a button for any file."""
        super().__init__(texts("training.ready"))
        self.maker, self.shelf, self._texts = maker, shelf, texts
        self._rows = [_Row(n, one, self, texts) for n, one in enumerate(ready)]
        self._scenarios = QVBoxLayout()
        self._listed: list[Path] = []
        self._widgets: list[QWidget] = []
        inside = QWidget()
        inside.setObjectName("panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 8, 16, 16)
        box.setSpacing(8)
        for row in self._rows:
            box.addWidget(row)
        box.addLayout(self._scenarios)
        box.addStretch(1)
        box.addWidget(plain_label(texts("training.drop_hint"), tone="second", wrap=True))
        box.addWidget(button("open-file", texts("training.open_file"), self.choosing.emit))
        self.add(inside, 1)
        maker.changed.connect(self._show)
        shelf.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for row in self._rows:
            row.show_state()
        kept = self.shelf.kept.scenarios
        if list(kept) != self._listed:
            self._listed = list(kept)
            self._show_scenarios()

    def _show_scenarios(self) -> None:
        while self._widgets:
            self._widgets.pop().deleteLater()
        kept = self.shelf.kept.scenarios
        if kept:
            self._put(plain_label(self._texts("training.scenarios"), tone="heading"))
        for number, (file, title) in enumerate(kept.items()):
            line = QWidget()
            line.setObjectName("panel")
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(ElidedLabel(title), 1)
            row.addWidget(self._play_button(number, file))
            self._put(line)

    def _play_button(self, number: int, file: Path) -> QPushButton:
        words = self._texts("training.play_day")
        return button(f"scenario-{number}", words, lambda: self.wanted.emit(file))

    def _put(self, widget: QWidget) -> None:
        self._widgets.append(widget)
        self._scenarios.addWidget(widget)
