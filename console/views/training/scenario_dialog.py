"""Saves a stretch of the day as a scenario: title, notes, from when to when, and what is expected of a trainee."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from console.domain.indicator import IndicatorId
from console.replay.expectation import Expectation
from console.replay.problem import RecordingProblem
from console.replay.scenario import FOLDER, SUFFIX, cut, write_scenario
from console.views.stage import Stage
from console.views.training.buttons import button
from console.views.training.scene import Scene
from console.widgets.label import plain_label, set_tone

LENGTH = timedelta(hours=1)
"""How long a scenario is unless something else is chosen."""
_LONGEST_TITLE, _LONGEST_NOTES = 80, 2_000
_WIDTH, _INDENT = 120, 6


class ScenarioDialog(QDialog):
    """Says below the form what is wrong, or where the scenario is."""

    def __init__(
        self, scene: Scene, stage: Stage, saved: Callable[[Path], object], parent: QWidget
    ) -> None:
        """From the take-over (or the moment that is watched) on; `saved` is told the new file."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = stage.texts
        self.setWindowTitle(f"{texts('training.stamp')} · {texts('training.scenario_heading')}")
        self.setMinimumWidth(560)
        self._scene, self._stage, self._texts, self._saved = scene, stage, texts, saved
        self._title = QLineEdit(maxLength=_LONGEST_TITLE, text=scene.title)
        self._title.setObjectName("training-scenario-title")
        self._notes = QPlainTextEdit(scene.notes)
        self._notes.setTabChangesFocus(True)
        self._notes.setFixedHeight(96)
        begun, until = self._span()
        self._begun, self._ended = begun, until
        self._from, self._until = self._time(begun), self._time(until)
        self._response = _number(100)
        self._wait = _number(24 * 60)
        self._returns = _number(10_000)
        self._said = plain_label(tone="red", wrap=True)
        self._save_button = button("scenario-save", texts("training.save"), self._save, kind="main")
        self._lay_out()

    def _lay_out(self) -> None:
        texts = self._texts
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(texts("training.scenario_title"), self._title)
        form.addRow(texts("training.scenario_notes"), self._notes)
        form.addRow(texts("training.scenario_from"), self._from)
        form.addRow(texts("training.scenario_until"), self._until)
        form.addRow(plain_label(texts("training.scenario_expect"), tone="heading"))
        form.addRow(texts("training.scenario_response"), self._response)
        form.addRow(texts("training.scenario_wait"), self._wait)
        form.addRow(texts("training.scenario_returns"), self._returns)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(button("scenario-close", texts("app.close"), self.close))
        foot.addWidget(self._save_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(plain_label(texts("training.scenario_rest"), tone="second", wrap=True))
        box.addLayout(form)
        box.addLayout(foot)

    def _span(self) -> tuple[datetime, datetime]:
        """What the trainee has played, or the next hour of what is watched."""
        link = self._scene.link
        here, ends = link.playback.position, link.playback.ends
        if link.branch is not None and here > link.branch.begun:
            return link.branch.begun, here
        return here, min(here + LENGTH, ends)

    def _time(self, moment: datetime) -> QTimeEdit:
        local = moment.astimezone(self._stage.city.tz)
        edit = QTimeEdit(QTime(local.hour, local.minute, local.second))
        edit.setDisplayFormat("HH:mm:ss")
        edit.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
        edit.setFixedWidth(_WIDTH)
        return edit

    def _moment(self, edit: QTimeEdit) -> datetime:
        """The moment of the local day; midnight as an end is the next one.

        Left as it was it is exact, so that the scenario has the figures of the comparison.
        """
        shown, tz = edit.time(), self._stage.city.tz
        time = clock_time(shown.hour(), shown.minute(), shown.second())
        offered = self._begun if edit is self._from else self._ended
        if time == offered.astimezone(tz).time().replace(microsecond=0):
            return offered
        begins = self._scene.timeline.recording.about.begins.astimezone(tz)
        found = datetime.combine(begins.date(), time, tz)
        at_end = edit is self._until and time == datetime.min.time()
        return found + timedelta(days=1) if at_end else found

    def expectations(self) -> list[Expectation]:
        """Those that were filled in."""
        found = []
        if self._response.value() >= 0:
            share = f"{self._response.value() / 100:.2f}"
            found.append(Expectation(figure=IndicatorId.RESPONSE.value, at_least=share))
        for figure, box in (("longest_wait_min", self._wait), ("returns", self._returns)):
            if box.value() >= 0:
                found.append(Expectation(figure=figure, at_most=str(box.value())))
        return found

    def _save(self) -> None:
        title = " ".join(self._title.text().split())
        if not title:
            self._say(self._texts("training.scenario_no_title"))
            self._title.setFocus()
            return
        notes = self._notes.toPlainText().strip()[:_LONGEST_NOTES]
        first, last = self._moment(self._from), self._moment(self._until)
        expected = self.expectations()
        folder = self._stage.settings.data_dir / FOLDER
        timeline = self._scene.timeline
        if first >= last:
            self._say(self._texts("training.scenario_turned"))
            return
        try:
            # On this thread: the time line belongs to it while the replay is open.
            scenario = cut(timeline, first, last, title, notes, expected)
        except RecordingProblem as problem:
            self._say(problem.text(self._texts.lang))
            return
        self._save_button.setEnabled(False)

        def work() -> Path:
            file = free_name(folder, title)
            write_scenario(scenario, file)
            return file

        self._stage.tasks.run(work, self._done, self._failed, owner=self)

    def _done(self, file: Path) -> None:
        self._save_button.setEnabled(True)
        self._say(self._texts("training.scenario_saved", file=file.name), tone="second")
        self._saved(file)

    def _failed(self, error: Exception) -> None:
        self._save_button.setEnabled(True)
        why = error.strerror if isinstance(error, OSError) else str(error)
        self._say(self._texts("training.not_saved", file=self._title.text(), why=why))

    def _say(self, words: str, tone: str = "red") -> None:
        set_tone(self._said, tone)
        self._said.setText(words)


def _number(most: int) -> QSpinBox:
    """A whole number; -1, shown as a dash, stands for none."""
    box = QSpinBox()
    box.setRange(-1, most)
    box.setValue(-1)
    box.setSpecialValueText("–")
    box.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
    box.setFixedWidth(_WIDTH)
    return box


def free_name(folder: Path, title: str) -> Path:
    """A file in the folder named after the title that is not there yet."""
    words = re.sub(r"[^\w-]+", "-", title).strip("-") or "scenario"
    file, number = folder / f"{words}{SUFFIX}", 2
    while file.exists():
        file, number = folder / f"{words}-{number}{SUFFIX}", number + 1
    return file
