"""Second start to first live pins, beside an empty QWebEngineView window: `python -m benchmarks.startup`."""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import machine, screen

ROOT = Path(__file__).resolve().parents[1]
FIRST_S = 40
EMPTY = """
import os, sys
if os.geteuid() == 0: os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
from PySide6.QtWidgets import QApplication
from PySide6.QtWebEngineWidgets import QWebEngineView
app = QApplication([])
view = QWebEngineView()
view.resize(1920, 1080)
view.loadFinished.connect(lambda ok: (print("shown", flush=True), app.quit()))
view.setHtml("<body style='background:#123'></body>")
view.show()
app.exec()
del view
"""


def empty_window(environment: dict[str, str]) -> float:
    """Seconds from start to an empty page loaded in a shown window."""
    begin = time.time()
    command = [sys.executable, "-c", EMPTY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        if process.stdout is None or process.stdout.readline().strip() != b"shown":
            raise SystemExit("the empty window did not load")
        return time.time() - begin


def first_start(environment: dict[str, str], data_dir: Path) -> None:
    """The first start makes the page, the boundaries and the simulated day; it is not measured."""
    command = [sys.executable, "main.py", "--data-dir", str(data_dir), "--for", str(FIRST_S)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)


def console(environment: dict[str, str], data_dir: Path) -> float:
    """Seconds from start to the first live pins on the map."""
    figures = data_dir / "measure.json"
    figures.unlink(missing_ok=True)
    command = [sys.executable, "main.py", "--data-dir", str(data_dir)]
    command += ["--measure", str(figures), "--until-pins"]
    begin = time.time()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
    moments = json.loads(figures.read_bytes())["moments"]
    return float(moments["first_pins"]) - begin


def main() -> None:
    """Alternate both, print both medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, screen() as environment:
        data_dir = Path(folder)
        first_start(environment, data_dir)
        ours, reference = [], []
        for _ in range(runs):
            reference.append(empty_window(environment))
            ours.append(console(environment, data_dir))
    median, other = statistics.median(ours), statistics.median(reference)
    figures = {
        "figure": "second start to first live pins, seconds",
        "ours": {"median": median, "runs": ours},
        "reference": {"what": "empty QWebEngineView", "median": other, "runs": reference},
        "ratio": median / other,
        "goal": "ratio <= 4",
        "machine": machine(),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
