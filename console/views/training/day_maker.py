"""Makes days to train on in a process of its own, one after the other, and tells how far it is."""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, Signal

from console.feed.make_day import Plan
from console.paths import ROOT
from console.replay.file import FOLDER
from console.wire.codec import BadInput, decode


def arguments(plan: Plan, data_dir: Path, city: Path) -> list[str]:
    """What `python` is given to make the day; it ends when its standard input does."""
    words = ["-m", "console.feed", "make-day", "--date", plan.day.isoformat()]
    words += ["--calls", str(plan.calls), "--seed", str(plan.seed)]
    words += ["--data-dir", str(data_dir), "--city", str(city), "--until-eof"]
    return [*words, "--storm"] if plan.storm else words


class DayMaker(QObject):
    """One process at a time; what is asked for twice is made once."""

    changed = Signal()
    """Something waits, goes on, is made or has failed."""
    made = Signal(object)
    """The Path of a new recording."""

    def __init__(self, data_dir: Path, city: Path, parent: QObject) -> None:
        """Idle."""
        super().__init__(parent)
        self._data_dir, self._city = data_dir, city
        self._queue: list[Plan] = []
        self._now: Plan | None = None
        self._done = 0.0
        self._rest = b""
        self._problems: dict[Plan, dict[str, Any]] = {}
        self._process = QProcess(self)
        self._process.setWorkingDirectory(str(ROOT))
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._on_error)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.end)

    def want(self, plan: Plan) -> None:
        """Make a day unless it is there or on its way."""
        if plan == self._now or plan in self._queue or self.file_of(plan).exists():
            return
        self._problems.pop(plan, None)
        self._queue.append(plan)
        self._next()
        self.changed.emit()

    def file_of(self, plan: Plan) -> Path:
        """Where it is or will be."""
        return self._data_dir / FOLDER / plan.name

    def progress(self, plan: Plan) -> float | None:
        """How much of it is made, 0 while it waits; None when nobody makes it."""
        if plan == self._now:
            return self._done
        return 0.0 if plan in self._queue else None

    def problem(self, plan: Plan) -> dict[str, Any] | None:
        """Why it could not be made (`zh` and `en`), None when nothing is wrong."""
        return self._problems.get(plan)

    @property
    def orders(self) -> list[Plan]:
        """What is being made and what waits."""
        return [*([self._now] if self._now is not None else []), *self._queue]

    def end(self) -> None:
        """Make nothing more; what is half made is thrown away."""
        self._queue.clear()
        self._now = None
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(2000)

    def _next(self) -> None:
        if self._now is None and self._queue:
            self._now = self._queue.pop(0)
            self._done, self._rest = 0.0, b""
            self._process.start(sys.executable, arguments(self._now, self._data_dir, self._city))

    def _read(self) -> None:
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            try:
                self._hear(decode(line, dict[str, Any]))
            except BadInput:
                continue

    def _hear(self, told: dict[str, Any]) -> None:
        if self._now is None:
            return
        if told.get("state") == "making":
            self._done = float(told.get("done", 0.0))
        elif told.get("state") == "failed":
            self._problems[self._now] = told
        self.changed.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finish(-1)

    def _finish(self, code: int) -> None:
        plan, self._now = self._now, None
        if plan is None:
            return
        if code == 0:
            self.made.emit(self.file_of(plan))
        else:
            self._problems.setdefault(plan, {})
        self._next()
        self.changed.emit()
