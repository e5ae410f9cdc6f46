"""A peak day: first picture, seeks, playing and taking over at 60×, beside plain sequential apply: `python -m benchmarks.replay`."""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.machine import machine
from console.domain.city import City
from console.field.geometry import load_geometry
from console.geo.cities import default_city
from console.geo.city import load_city
from console.replay.branch import Branch, World
from console.replay.comparison import compare
from console.replay.file import FOLDER, read_recording
from console.replay.headless import best
from console.replay.player import Player
from console.replay.recording import Recording
from console.replay.timeline import Timeline
from console.store.picture import Picture
from console.wire.messages import PictureMessage, SnapshotArrived

SEEKS = 200
RATE = 60.0
STEP_S = 0.04
T = TypeVar("T")


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Seconds it took, and what it gave."""
    begun = time.perf_counter()
    result = act()
    return time.perf_counter() - begun, result


def p(share: float, numbers: Sequence[float]) -> float:
    """That quantile of the numbers."""
    return statistics.quantiles(numbers, n=100, method="inclusive")[round(share * 100) - 1]


def milliseconds(numbers: Sequence[float]) -> dict[str, float]:
    """Median, p95 and worst of seconds, in milliseconds."""
    found = {"median": p(0.5, numbers), "p95": p(0.95, numbers), "worst": max(numbers)}
    return {name: round(value * 1000, 1) for name, value in found.items()}


def shown(messages: Sequence[PictureMessage], city: City) -> Picture | None:
    """What a board does with a snapshot: the picture that is on the screen then."""
    pages = next((m.pages for m in messages if isinstance(m, SnapshotArrived)), None)
    return Picture.from_snapshot(pages, city.tz) if pages is not None else None


def first_picture(file: Path, city: City, busiest: bool) -> tuple[float, Timeline]:
    """Seconds from the file to a board's first picture, at the day's beginning or its busiest hour."""

    def act() -> Timeline:
        timeline = Timeline(read_recording(file, city), city)
        player = Player(timeline, timeline.busiest() if busiest else None)
        if shown(player.step(0.0), city) is None:
            raise SystemExit("no picture came")
        return timeline

    return timed(act)


def seeks(timeline: Timeline, city: City) -> list[float]:
    """Seconds of seeks to random times, until the board has its picture."""
    about = timeline.recording.about
    player, chance, now = Player(timeline), random.Random(1), 0.0
    found = []
    for _ in range(SEEKS):
        moment = about.begins + (about.ends - about.begins) * chance.random()
        now += 0.1

        def act(moment: datetime = moment, now: float = now) -> None:
            player.seek(moment)
            shown(player.step(now), city)

        found.append(timed(act)[0])
    return found


def steps(timeline: Timeline) -> list[float]:
    """Seconds of each step while the busiest hour plays."""
    player = Player(timeline, timeline.busiest())
    player.set_rate(RATE)
    player.step(0.0)
    player.play()
    return [timed(partial(player.step, n * STEP_S))[0] for n in range(1, round(60 / STEP_S))]


def branch(timeline: Timeline, city: City, cache: Path) -> dict[str, object]:
    """A take-over in the busiest hour while nobody, then while an automatic dispatcher decides."""
    geometry = load_geometry(default_city(), city, cache)
    world = World(city=city, locate=geometry.locate, point_in_grid=geometry.point_in_grid)
    found: dict[str, object] = {}
    for name, decide in (("nobody_decides", None), ("best", best)):
        fork_s, taken = timed(lambda: Branch(timeline, timeline.busiest(), world))
        taken.set_rate(RATE)
        taken.step(0.0)
        taken.play()
        times = []
        for n in range(1, round(60 / STEP_S)):
            times.append(timed(partial(taken.step, n * STEP_S))[0])
            if decide is not None and n % 12 == 0:
                decide(taken)
        compare_s, comparison = timed(partial(compare, taken))
        found[name] = {
            "take_over_ms": round(fork_s * 1000, 1),
            "step_ms": milliseconds(times),
            "events": len(taken.events),
            "dispatched": comparison.branch.dispatched,
            "compare_ms": round(compare_s * 1000, 1),
        }
    return found


def sequential(recording: Recording, city: City) -> list[float]:
    """The plain way to seek: everything from the beginning on, to a few of the same times."""
    about, chance, found = recording.about, random.Random(1), []
    for _ in range(6):
        moment = about.begins + (about.ends - about.begins) * chance.random()
        count = sum(m <= moment for m in recording.moments)

        def act(count: int = count, moment: datetime = moment) -> None:
            picture = Picture.from_snapshot([recording.start], city.tz)
            picture.apply(recording.events[:count])
            picture.put_fixes(recording.tracks.latest(moment))

        found.append(timed(act)[0])
    return found


def peak_day(folder: Path) -> tuple[float, Path]:
    """Make the peak day; seconds and the file."""
    command = [sys.executable, "-m", "console.feed", "make-day", "--date", "2017-06-04"]
    command += ["--calls", "10400", "--seed", "7", "--storm", "--data-dir", str(folder)]
    seconds, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    return seconds, next((folder / FOLDER).iterdir())


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, help="a recording instead of a fresh peak day")
    options = parser.parse_args()
    city = load_city(default_city())
    with tempfile.TemporaryDirectory() as folder:
        made_s, file = (None, options.file) if options.file else peak_day(Path(folder))
        size = file.stat().st_size
        first_s, _ = first_picture(file, city, busiest=False)
        busy_s, timeline = first_picture(file, city, busiest=True)
        index_s, _ = timed(lambda: timeline.advance(len(timeline.recording.events)))
        taken_over = branch(timeline, city, Path(folder))
    recording = timeline.recording
    report = {
        "machine": machine(),
        "day": {
            "calls": recording.about.calls,
            "events": len(recording.events),
            "positions": len(recording.tracks),
            "file_mb": round(size / 1e6, 1),
            "made_s": None if made_s is None else round(made_s, 1),
        },
        "first_picture_s": {"beginning": round(first_s, 2), "busiest_hour": round(busy_s, 2)},
        "rest_of_the_index_s": round(index_s, 2),
        "seek_ms": milliseconds(seeks(timeline, city)),
        f"step_ms_at_{RATE:g}x": milliseconds(steps(timeline)),
        f"branch_at_{RATE:g}x": taken_over,
        "reference": {"seek_by_sequential_apply_ms": milliseconds(sequential(recording, city))},
        "bounds": {
            "first_picture_s": 2,
            "seek_p95_ms": 200,
            "made_s": 60,
            "branch_step_ms": 10,
        },
    }
    print(json.dumps(report, indent=2, default=str, ensure_ascii=False))


if __name__ == "__main__":
    main()
