"""The whole program at ten times the peak day for hours: `python -m benchmarks.soak --minutes 125 --json FILE --plot FILE`."""

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil

from benchmarks import processes
from benchmarks.machine import machine
from benchmarks.soaking import plot
from benchmarks.soaking.hand import PAUSE_S, HandAtWork
from console.settings import Placed, PreferencesFile
from tests.e2e.program import Console
from tests.e2e.screen import Mouse, virtual_screen

CALLS, SPEED = 5_200, 20.0
"""104,000 calls in 24 real hours, ten times the peak day; everybody in the city is as much faster, so that cases end."""
FROM_HOUR = 8.0
"""125 minutes hold two whole days from eight to midnight, when what is over leaves the picture."""
SAMPLE_S = 10.0
WARM_MIN = 10.0
"""Growth is judged from here on."""
_SIZE = (1920, 1080)
_COMPLAINT = re.compile(r"\b(WARNING|ERROR|CRITICAL) ([\w.]+): (.*)")
_DEATH = "map: the page"
_EXAMPLES = 40


class Watched(Console):
    """The program with its diary."""


def soak(minutes: float, out: Path, folder: Path, wall: bool) -> dict[str, Any]:
    """Run so long; `out` is written anew with each sample."""
    found: dict[str, Any] = {
        "title": f"Memory (PSS) at ten times the peak day: {CALLS * SPEED:,.0f} calls in 24 hours",
        "calls": CALLS,
        "speed": SPEED,
        "from_hour": FROM_HOUR,
        "windows": ["desk", "wall"] if wall else ["desk"],
        "machine": machine(),
        "samples": [],
    }
    with virtual_screen(_SIZE[0], _SIZE[1] * (2 if wall else 1)) as display:
        console = _start(display, folder, wall)
        hand = HandAtWork(console, Mouse(display), seed=1)
        begun = next_at = time.monotonic()
        try:
            console.wait_spot("panel", "map")
            while (now := time.monotonic()) - begun < minutes * 60:
                hand.act()
                if now >= next_at and _sample(found, console.process.pid, folder, now - begun):
                    next_at += SAMPLE_S
                    found.update(done=hand.done, missed=hand.missed, **_complaints(folder))
                    found["growth"] = growth(found["samples"])
                    _keep(out, found)
                time.sleep(PAUSE_S)
        except (psutil.NoSuchProcess, AssertionError) as error:
            found["ended_early"] = repr(error)
        finally:
            found["exit_code"] = console.close()
            found["last_words"] = _stderr(folder)[-2000:]
            _keep(out, found)
    return found


def _start(display: str, folder: Path, wall: bool) -> Console:
    """The desk above, the wall below it on the same display."""
    desk = Placed(screen="desk", width=_SIZE[0], height=_SIZE[1])
    below = Placed(screen="wall", y=_SIZE[1], width=_SIZE[0], height=_SIZE[1])
    PreferencesFile(folder).save(main=desk, torn=(below,) if wall else ())
    words = ["--role", "shift_leader", "--calls", str(CALLS), "--speed", str(SPEED)]
    words += ["--from-hour", str(FROM_HOUR)]
    with (folder / "stderr").open("wb") as errors:
        Watched.errors = errors
        Watched.program = ("-m", "benchmarks.soaking.watched", str(folder / "diary"))
        return Watched(display, None, None, folder, *words)


def _sample(found: dict[str, Any], root: int, folder: Path, seconds: float) -> bool:
    """Whether the program has written its first line yet."""
    line = _last_line(folder / "diary")
    if line is None:
        psutil.Process(root)
        return False
    measured = processes.measure(root, line["renderers"])
    found["samples"].append({"minute": round(seconds / 60, 3), **measured, **line})
    return True


def _last_line(diary: Path) -> dict[str, Any] | None:
    try:
        lines = diary.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    return json.loads(lines[-1]) if lines else None


def _stderr(folder: Path) -> str:
    return (folder / "stderr").read_text(encoding="utf-8", errors="replace")


def _complaints(folder: Path) -> dict[str, Any]:
    """Warnings and errors of all processes by level and logger, some of them in full, and how often a page died."""
    counts: Counter[str] = Counter()
    examples: list[str] = []
    deaths = 0
    for line in _stderr(folder).splitlines():
        match = _COMPLAINT.search(line)
        if match is None:
            continue
        counts[f"{match[1]} {match[2]}"] += 1
        deaths += _DEATH in match[3]
        if len(examples) < _EXAMPLES:
            examples.append(line[:300])
    return {"complaints": counts, "examples": examples, "page_deaths": deaths}


def growth(samples: list[dict[str, Any]]) -> dict[str, Any]:
    """MiB an hour and for 10,000 events and positions by kind, least squares, after the warm-up; {} before its end."""
    warm = [one for one in samples if one["minute"] >= WARM_MIN]
    if len(warm) < 3:
        return {}
    hours = [one["minute"] / 60 for one in warm]
    told = [(one["events"] + one["positions"]) / 10_000 for one in warm]
    kinds = sorted({kind for one in warm for kind in one["pss_mib"]})
    series = {kind: [one["pss_mib"].get(kind, 0.0) for one in warm] for kind in kinds}
    own = {kind: [one["own_mib"].get(kind, 0.0) for one in warm] for kind in kinds}
    series["all"] = [one["all_mib"] for one in warm]
    return {
        "from_minute": warm[0]["minute"],
        "mib_per_hour": {kind: _slope(hours, sizes) for kind, sizes in series.items()},
        "own_mib_per_hour": {kind: _slope(hours, sizes) for kind, sizes in own.items()},
        "mib_per_10000_told": {kind: _slope(told, sizes) for kind, sizes in series.items()},
        "first_and_last_mib": {kind: (sizes[0], sizes[-1]) for kind, sizes in series.items()},
    }


def _slope(xs: list[float], ys: list[float]) -> float:
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return (
        round(sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread, 3)
        if spread
        else 0.0
    )


def _keep(out: Path, found: dict[str, Any]) -> None:
    """In one step, so that a run that is cut off leaves the file before."""
    fresh = out.with_suffix(".new")
    fresh.write_text(json.dumps(found), encoding="utf-8")
    fresh.replace(out)


def main() -> None:
    """Soak, or draw what a soak has found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=125.0)
    parser.add_argument("--json", type=Path, default=Path("soak.json"), help="written as it goes")
    parser.add_argument("--plot", type=Path, help="draw the memory as SVG")
    parser.add_argument("--no-wall", action="store_true", help="only the desk")
    parser.add_argument("--from", dest="old", type=Path, help="only draw this, finished or not")
    given = parser.parse_args()
    if given.old is not None:
        found = json.loads(given.old.read_bytes())
    else:
        with tempfile.TemporaryDirectory(prefix="baton-soak-") as folder:
            found = soak(given.minutes, given.json, Path(folder), not given.no_wall)
    parts = (
        "growth",
        "done",
        "missed",
        "complaints",
        "page_deaths",
        "ended_early",
        "exit_code",
        "last_words",
    )
    json.dump({part: found.get(part) for part in parts}, sys.stdout, indent=2)
    if given.plot is not None and found["samples"]:
        plot.draw(found, given.plot)


if __name__ == "__main__":
    main()
