"""The map at full speed, each figure beside its reference: `python -m benchmarks.map --json FILE [--only FIGURE]`.

Figures: frames (panning and zooming under the peak's load, with 1,000 to 100,000 cases, beside a
blank page), folium (the same movement of plain folium), redraw (all of it after a zoom, beside QGIS
where that is installed, and one changed case), hit, nearest, pixel (from the centre's commit to the
screen), and, only when asked for, memory (over 200,000 events, some minutes). Best on a machine that
does nothing else: the load average before each figure stands in the answer.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, screen
from benchmarks.mapping.plot import Series, draw

ROOT = Path(__file__).resolve().parents[1]
STEPS: dict[str, tuple[int, ...]] = {
    "frames": (1_000, 10_000, 30_000, 100_000),
    "folium": (1_000, 10_000),
    "redraw": (10_000, 100_000),
    "hit": (100_000,),
    "nearest": (10_000,),
    "pixel": (10_000,),
    "memory": (10_000,),
}
"""Figure → numbers of cases."""
LONG = ("memory",)
GOALS = {
    "frames": "p95 <= 1.15 x blank with 10,000 cases, <= 1.5 x with 100,000; GUI stall p99 <= 30, worst <= 100 ms",
    "redraw": "drawing >= 8 x / >= 12 x faster than QGIS with 10,000 / 100,000 cases (qgis.full_ratio); a change >= 100 x faster than folium",
    "hit": "<= 1 ms",
    "nearest": "one <= 2 ms, five hundred <= 50 ms",
    "pixel": "p95 <= 100 ms",
    "memory": "after the warm-up <= 0.2 MiB for 10,000 events in the second half; renderer <= 600 MiB",
}


def measured(
    figure: str, cases: int, given: argparse.Namespace, environment: dict[str, str], folder: Path
) -> dict[str, Any]:
    """One figure in a fresh process; SystemExit when that fails."""
    before = os.getloadavg()[0]
    command = [sys.executable, "-m", "benchmarks.mapping.run", figure, "--cases", str(cases)]
    command += ["--seconds", str(given.seconds), "--folder", str(folder)]
    run = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return {"load_average_before": round(before, 2), **found}


def plot(found: dict[str, Any], file: Path) -> None:
    """Median and p95 of the frames with ours, the blank page and folium; QGIS's redraws if measured."""
    frames = found["frames"]
    middle = [(one["cases"], _middle(one["ours_ms"], "p95")) for one in frames]
    median = [(one["cases"], _middle(one["ours_ms"], "median")) for one in frames]
    blank = [(one["cases"], _middle(one["blank_ms"], "p95")) for one in frames]
    folium = [(one["cases"], one["frame_ms"]["p95"]) for one in found.get("folium", [])]
    series: list[Series] = [
        ("ours, p95", "#58B4FF", middle),
        ("ours, median", "#35C184", median),
        ("blank page, p95", "#A7B6C4", blank),
    ]
    series += [("plain folium, p95", "#FF5A52", folium)] if folium else []
    series += _qgis(found.get("redraw", []))
    draw(series, "Frame time while panning and zooming (lower is better)", file)


def _qgis(redraws: list[dict[str, Any]]) -> list[Series]:
    """One redraw, as at every step of a pan, where QGIS was there to be measured."""
    there = [one for one in redraws if one["qgis"] != "not installed"]
    looks = (("full", "QGIS redraw, all", "#FFB224"), ("plain", "QGIS, cases only", "#C58A2B"))
    return [
        (name, colour, [(one["cases"], one["qgis"][f"{picture}_ms"]["median"]) for one in there])
        for picture, name, colour in looks
        if there
    ]


def _middle(rounds: list[dict[str, Any]], name: str) -> float:
    values = sorted(float(one["all"][name]) for one in rounds)
    return values[len(values) // 2]


def main() -> None:
    """Run what was asked for and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write it to this file too")
    parser.add_argument("--only", choices=STEPS, action="append")
    parser.add_argument("--cases", type=int, action="append", help="instead of the figure's own")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each round")
    parser.add_argument("--plot", type=Path, help="an SVG of the frame times")
    given = parser.parse_args()
    figures = given.only or [figure for figure in STEPS if figure not in LONG]
    found: dict[str, Any] = {"machine": machine(), "goals": GOALS}
    with tempfile.TemporaryDirectory() as folder, screen() as environment:
        for figure in figures:
            found[figure] = []
            for cases in given.cases or STEPS[figure]:
                found[figure].append(measured(figure, cases, given, environment, Path(folder)))
                # After each: what was measured outlives a figure that fails.
                text = json.dumps(found, indent=2)
                if given.json is not None:
                    given.json.write_text(text + "\n", encoding="utf-8")
    if given.plot is not None and "frames" in found:
        plot(found, given.plot)
    print(text)


if __name__ == "__main__":
    main()
