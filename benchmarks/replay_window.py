"""The training screen on a peak day: file to first pins, and stalls of the GUI thread at 60x: `python -m benchmarks.replay_window`."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import machine, screen
from benchmarks.stall import BEAT, ROOT

DAY = ["--date", "2026-06-04", "--calls", "10400", "--seed", "1", "--storm"]
SETTLE_S = 10.0
"""Charts, the search's dictionary and the index of the day come after the first pins; they are measured apart."""


def play(file: Path, out: Path, seconds: float, rate: float) -> None:
    """Runs in a process of its own: the real window of a trainer, the day played from its busiest hour."""
    from console.app import environment
    from console.geo.boundaries import load_boundaries
    from console.geo.city import load_city
    from console.paths import DEFAULT_CITY, cache_dir
    from console.settings import PreferencesFile, Settings, Shot

    data_dir = file.parent.parent
    settings = Settings(
        city=DEFAULT_CITY,
        data_dir=data_dir,
        role="trainer",
        screen="training",
        shot=Shot(file=out, width=1920, height=1080),
    )
    city, boundaries = load_city(DEFAULT_CITY), load_boundaries(DEFAULT_CITY, cache_dir(data_dir))
    environment.prepare(settings, production=city.production)
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from console.live.board import Board
    from console.live.measure import Measure
    from console.live.tasks import Tasks
    from console.map.engine import prepare_engine
    from console.theme.qss import dress
    from console.views.training.screen import TrainingScreen
    from console.views.window import Window

    prepare_engine()
    app = QApplication([])
    dress(app)
    board, tasks = Board(city), Tasks()
    preferences = PreferencesFile(data_dir)
    window = Window(board, tasks, boundaries, settings, cache_dir(data_dir), preferences)
    window.resize(1920, 1080)
    window.show()
    training = window.findChild(TrainingScreen)
    assert training is not None
    measure = Measure(out)

    def begin() -> None:
        measure.mark("opened")
        training.choice.open(file)

    def go() -> None:
        measure.mark("first_pins")
        assert training.replay is not None
        link = training.replay.scene.link
        link.seek(link.timeline.busiest())
        link.set_rate(rate)
        link.play()
        QTimer.singleShot(round(SETTLE_S * 1000), lambda: measure.mark("steady"))
        QTimer.singleShot(round((SETTLE_S + seconds) * 1000), app.quit)

    training.first_pins.connect(go)
    QTimer.singleShot(3000, begin)
    app.exec()
    measure.write()
    window.shut_down()


def main() -> None:
    """Play the day beside the same heartbeat in an empty window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=60.0)
    parser.add_argument("--data-dir", type=Path, help="where a made day is kept between runs")
    parser.add_argument("--play", nargs=2, type=Path, metavar=("FILE", "OUT"), help="one run")
    given = parser.parse_args()
    if given.play is not None:
        file, out = given.play
        play(file, out, given.seconds, given.rate)
        return
    with tempfile.TemporaryDirectory() as folder, screen() as environment:
        data_dir = (given.data_dir or Path(folder)).resolve()
        file = _day(data_dir)
        ours, empty = Path(folder) / "ours.json", Path(folder) / "empty.json"
        command = [sys.executable, "-m", "benchmarks.replay_window", "--play", str(file), str(ours)]
        command += ["--seconds", str(given.seconds), "--rate", str(given.rate)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        reference = [sys.executable, "-c", BEAT, str(empty), "20"]
        subprocess.run(reference, cwd=ROOT, env=environment, check=True)
        found = json.loads(ours.read_bytes())
        moments = found["moments"]
        figures = {
            "figure": "training screen on a peak day",
            "open_to_first_pins_s": round(moments["first_pins"] - moments["opened"], 2),
            "stall_ms": found["stall_ms"],
            "rate": given.rate,
            "seconds": given.seconds,
            "reference": {"what": "an empty Qt window", **json.loads(empty.read_bytes())},
            "goal": "first picture <= 2 s, stall p99 <= 50 ms at 60x",
            "machine": machine(),
        }
    print(json.dumps(figures, indent=2))


def _day(data_dir: Path) -> Path:
    begun = time.perf_counter()
    found = sorted((data_dir / "recordings").glob("2026-06-04*.batonday"))
    if not found:
        command = [sys.executable, "-m", "console.feed", "make-day", *DAY, "--data-dir"]
        subprocess.run([*command, str(data_dir)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        found = sorted((data_dir / "recordings").glob("2026-06-04*.batonday"))
        print(f"the day took {time.perf_counter() - begun:.0f} s to make", file=sys.stderr)
    return found[0]


if __name__ == "__main__":
    main()
