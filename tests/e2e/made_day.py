"""A small recorded day, and in it a case that history let wait long enough for somebody to do it better."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from console.domain.city import City
from console.geo.city import load_city
from console.paths import DEFAULT_CITY
from console.replay.file import FOLDER, read_recording
from console.replay.recording import Recording
from console.replay.timeline import Timeline
from tests.e2e.program import ROOT

DATE = "2026-03-04"


@dataclass(frozen=True)
class MadeDay:
    """The data folder and what is recorded in it."""

    folder: Path
    file: Path
    recording: Recording
    city: City

    def left_waiting(self) -> tuple[str, datetime]:
        """The case that waited longest for its order, and a moment (UTC) in the midst of its wait."""
        waits: list[tuple[timedelta, str, datetime]] = []
        registered: dict[str, datetime] = {}
        for event, moment in zip(self.recording.events, self.recording.moments, strict=True):
            if event.change.get("state") == "registered":
                registered[event.entity_id] = moment
            elif event.type == "case.dispatched" and event.entity_id in registered:
                since = registered.pop(event.entity_id)
                waits.append((moment - since, event.entity_id, since))
        longest, case, since = max(waits)
        return case, since + longest / 4

    def other_unit(self, case: str, moment: datetime) -> str:
        """The case's town or district, whichever history did not give it to."""
        found = Timeline(self.recording, self.city).picture_at(moment).cases[case]
        units = self.city.unit_of_area
        choices = [units[area].code for area in (found.town, found.district) if area in units]
        sent = (e for e in self.recording.history(case) if e.type == "assignment.sent")
        history = {event.change["unit"] for event in sent}
        return next(code for code in choices if code not in history)

    def fraction(self, moment: datetime) -> float:
        """Where a moment (UTC) lies on the day's bar."""
        about = self.recording.about
        return (moment - about.begins) / (about.ends - about.begins)


def make_day(folder: Path) -> MadeDay:
    """`python -m console.feed make-day`, as a user calls it."""
    command = [sys.executable, "-m", "console.feed", "make-day", "--date", DATE]
    command += ["--calls", "300", "--seed", "1", "--data-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=300)
    city = load_city(DEFAULT_CITY)
    file = next((folder / FOLDER).iterdir())
    return MadeDay(folder, file, read_recording(file, city), city)
