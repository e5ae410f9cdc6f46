"""Opens a recorded day off the GUI thread: there the file is read and its time line laid out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from console.domain.city import City
from console.i18n import Texts
from console.live.tasks import Tasks
from console.replay.expectation import Expectation
from console.replay.file import read_recording
from console.replay.problem import RecordingProblem, What, empty
from console.replay.recording import Recording
from console.replay.scenario import read_scenario
from console.replay.timeline import Timeline

SHIFT = timedelta(hours=8)
"""Where a whole day begins to be watched: when the day shift comes. At midnight little happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A day in memory; it is first shown as it was at `begin` (UTC)."""

    timeline: Timeline
    begin: datetime
    title: str = ""
    """A scenario's; "" for a day."""
    notes: str = ""
    expectations: tuple[Expectation, ...] = ()


def open_file(file: Path, city: City) -> Opened:
    """Read a recorded day or a scenario; takes a second. Raises `RecordingProblem`."""
    if file.suffix == What.SCENARIO.suffix:
        found = read_scenario(file, city)
        opened = _opened(found.recording, city, found.recording.about.begins)
        return replace(
            opened, title=found.title, notes=found.notes, expectations=found.expectations
        )
    recording = read_recording(file, city)
    if not recording.events:
        raise empty(file.name, recording.about.day.isoformat())
    return _opened(recording, city, recording.about.begins + SHIFT)


def _opened(recording: Recording, city: City, begin: datetime) -> Opened:
    timeline = Timeline(recording, city)
    # The index as far as the first picture needs it: the GUI thread would stand still for it.
    timeline.picture_at(begin)
    return Opened(timeline=timeline, begin=begin)


class Opening:
    """One file at a time; what was asked for last is what is opened."""

    def __init__(
        self,
        city: City,
        tasks: Tasks,
        texts: Texts,
        opened: Callable[[Opened], None],
        failed: Callable[[str], None],
    ) -> None:
        """`failed` is told what is wrong and what to do, in the user's language."""
        self._city, self._tasks, self._texts = city, tasks, texts
        self._opened, self._failed = opened, failed
        self._wanted: Path | None = None

    @property
    def busy(self) -> Path | None:
        """The file that is being read."""
        return self._wanted

    def open(self, file: Path) -> None:
        """Begin to read a file."""
        self._wanted = file
        city = self._city

        def done(opened: Opened) -> None:
            if self._wanted == file:
                self._wanted = None
                self._opened(opened)

        def failed(error: Exception) -> None:
            if self._wanted == file:
                self._wanted = None
                self._failed(self.words(error, file))

        self._tasks.run(lambda: open_file(file, city), done, failed)

    def words(self, error: Exception, file: Path) -> str:
        """What is wrong with a file and what to do."""
        if isinstance(error, RecordingProblem):
            return error.text(self._texts.lang)
        return self._texts("training.unreadable", file=file.name, why=str(error)[:200])
