"""One figure in a process of its own: `python -m benchmarks.mapping.run FIGURE` prints its JSON on the last line."""

import argparse
import importlib
import json
from pathlib import Path

from benchmarks.mapping.session import Session

FIGURES = {
    "frames": ("frames", "measure"),
    "folium": ("plainframes", "measure"),
    "redraw": ("redraw", "measure"),
    "hit": ("pointing", "hit"),
    "nearest": ("pointing", "nearest"),
    "pixel": ("pixel", "measure"),
    "memory": ("memory", "measure"),
}
"""Figure → module of this package and its function (session, cases, seconds) → JSON."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figure", choices=FIGURES)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--folder", type=Path, required=True, help="for caches")
    given = parser.parse_args()
    module, function = FIGURES[given.figure]
    # Only its own module is imported: folium is heavy, and no part of the console's memory.
    measure = getattr(importlib.import_module(f"benchmarks.mapping.{module}"), function)
    print(json.dumps(measure(Session(given.folder), given.cases, given.seconds)))


if __name__ == "__main__":
    main()
