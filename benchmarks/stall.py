"""How long the GUI thread stands still on a 10,400-call day at 60x: `python -m benchmarks.stall`."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.machine import machine, screen

ROOT = Path(__file__).resolve().parents[1]
BEAT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from console.live.measure import Measure
app = QApplication([])
window = QWidget()
window.show()
measure = Measure(Path(sys.argv[1]))
QTimer.singleShot(int(float(sys.argv[2]) * 1000), app.quit)
app.exec()
measure.write()
"""


def main() -> None:
    """Run the console on the peak day beside the same heartbeat in an empty window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=90.0)
    parser.add_argument("--calls", type=int, default=10_400)
    parser.add_argument("--speed", type=float, default=60.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, screen() as environment:
        ours, empty = Path(folder) / "ours.json", Path(folder) / "empty.json"
        command = [sys.executable, "main.py", "--data-dir", folder, "--calls", str(given.calls)]
        command += ["--speed", str(given.speed), "--from-hour", "15"]
        command += ["--measure", str(ours), "--for", str(given.seconds)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        seconds = str(min(given.seconds, 20))
        reference = [sys.executable, "-c", BEAT, str(empty), seconds]
        subprocess.run(reference, cwd=ROOT, env=environment, check=True)
        figures = {
            "figure": "GUI thread stall, milliseconds",
            "day": {"calls": given.calls, "speed": given.speed, "seconds": given.seconds},
            "ours": json.loads(ours.read_bytes()),
            "reference": {"what": "an empty Qt window", **json.loads(empty.read_bytes())},
            "goal": "p99 <= 50 ms",
            "machine": machine(),
        }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
