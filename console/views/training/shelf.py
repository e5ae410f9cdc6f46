"""What this machine can play: recorded days and scenarios of the data folder, and how busy past days were."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from console.feed.make_day import Plan
from console.live.link import Link
from console.live.tasks import Tasks
from console.replay.file import recordings
from console.replay.recording import About
from console.replay.scenario import FOLDER as SCENARIOS
from console.replay.scenario import scenarios
from console.wire.frames import DayVolumes

YEARS = timedelta(days=2 * 365)
"""How far back the calendar knows how busy a day was."""
LONGEST_MS = 300_000
"""A centre that has no answer is asked again after five seconds, then ever more rarely, up to this."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on the shelf at one moment."""

    days: Mapping[Path, About] = field(default_factory=dict)
    scenarios: Mapping[Path, str] = field(default_factory=dict)

    def on(self, day: date) -> list[Path]:
        """The recordings of a day."""
        return [file for file, about in self.days.items() if about.day == day]


class Shelf(QObject):
    """Reads the folders and asks the centre off the GUI thread."""

    changed = Signal()
    """`kept` or `counted` are new."""

    def __init__(self, data_dir: Path, city: str, tasks: Tasks, parent: QObject) -> None:
        """Empty until `read`; recordings of other cities than the pack `city` are left out."""
        super().__init__(parent)
        self._data_dir, self._city, self._tasks = data_dir, city, tasks
        self.kept = Kept()
        self.counted: dict[date, DayVolumes] = {}
        """What the live centre counted."""
        self._patience_ms = 5_000

    def read(self) -> None:
        """Look into the folders again."""
        self._tasks.run(self._look, self._take, owner=self)

    def _look(self) -> Kept:
        found = recordings(self._data_dir)
        days = {file: about for file, about in found.items() if about.city == self._city}
        return Kept(days, scenarios(self._data_dir / SCENARIOS))

    def _take(self, kept: Kept) -> None:
        self.kept = kept
        self.changed.emit()

    def ask(self, link: Link, today: date) -> None:
        """Ask the centre how busy the past days were, again while it is away or still fills its past."""
        yesterday = today - timedelta(days=1)

        def take(days: list[DayVolumes]) -> None:
            if days:
                self.counted = {date.fromisoformat(d.day): d for d in days}
                self.changed.emit()
            else:
                again()

        def again(_: Exception | None = None) -> None:
            QTimer.singleShot(self._patience_ms, self, lambda: self.ask(link, today))
            self._patience_ms = min(2 * self._patience_ms, LONGEST_MS)

        self._tasks.run(
            lambda: list(link.volumes(today - YEARS, yesterday)), take, again, owner=self
        )

    def calls_on(self, day: date) -> int | None:
        """How many calls came: as the centre counted, else as the fullest recording has it."""
        if day in self.counted:
            return sum(self.counted[day].calls)
        return max((self.kept.days[file].calls for file in self.kept.on(day)), default=None)

    def volumes(self) -> list[DayVolumes]:
        """Of every day that is known, for the charts of a replay: recorded ones, then the centre's own."""
        recorded = (about.volumes for about in self.kept.days.values())
        return [*(day for day in recorded if day is not None), *self.counted.values()]

    def made_by(self, plan: Plan) -> Path | None:
        """The recording that the plan made, of whatever date; None when there is none."""
        days = self.kept.days
        return next((file for file, about in days.items() if about.made == plan.made), None)

    def known_days(self) -> set[date]:
        """Every day of which anything is known."""
        return {*self.counted, *(about.day for about in self.kept.days.values())}
