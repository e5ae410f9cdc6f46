"""`python -m tools.manual.zooms --out DIR`: the desk's map at every zoom, on an ordinary and on a flooded day."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QLabel

from console.domain.city import City
from console.domain.place import Position
from console.feed.ready_days import ORDINARY_CALLS, PEAK_CALLS
from console.geo.boundaries import load_boundaries
from console.geo.cities import default_city
from console.geo.city import load_city
from console.i18n import Texts
from console.live.board import Board
from console.map.engine import prepare_engine
from console.map.strings import STRINGS
from console.map.widget import MapWidget
from console.replay.file import read_recording, recordings
from console.replay.player import Player
from console.replay.timeline import Timeline
from console.settings import PreferencesFile
from console.theme.tokens import MAP_PALETTE
from console.views.city_map import CityMap
from console.views.map_looks import MapLooks

DAYS = {"normal": (ORDINARY_CALLS, 0.44), "flooded": (PEAK_CALLS, 0.68)}
"""Which of the ready days (console.feed make-day --ready), and after what part of it."""
SIZE = (1056, 800)
"""The desk's map in logical pixels, 1920×1080 and 3840×2160 alike."""
MIDDLE = Position(110.3312, 20.0312)
"""Where it is crowded: the old town."""
PATIENCE_MS = 180_000
SEAT = "A-07"


def main() -> int:
    """Take the pictures that were asked for; 0 when all are there."""
    wanted = _parser().parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(wanted.scale)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    prepare_engine()
    app = QApplication([])
    city = load_city(default_city())
    board = Board(city)
    for name in wanted.day:
        _play(board, city, wanted.data_dir, *DAYS[name])
        with tempfile.TemporaryDirectory() as folder:
            _take(app, board, name, Path(folder), wanted)
    return 0


def _play(board: Board, city: City, data_dir: Path, calls: int, part: float) -> None:
    """The board as it was after that part of the day."""
    files = [file for file, about in recordings(data_dir).items() if about.made["calls"] == calls]
    if not files:
        raise SystemExit("first: python -m console.feed make-day --ready --data-dir …")
    recording = read_recording(files[0], city)
    moment = recording.about.begins + part * timedelta(days=1)
    for message in Player(Timeline(recording, city), moment).step(time.monotonic()):
        board.sink(message)
    board.drain()


def _take(
    app: QApplication, board: Board, day: str, folder: Path, wanted: argparse.Namespace
) -> None:
    boundaries = load_boundaries(default_city(), wanted.data_dir, board.city.pack_hash)
    texts = Texts(wanted.lang, board.city.case_word if wanted.lang == "zh" else "case")
    widget = MapWidget(
        boundaries, board.city, STRINGS[wanted.lang], MAP_PALETTE, folder, QLabel("given up")
    )
    CityMap(board, widget, texts)
    preferences = PreferencesFile(folder)
    preferences.save(heat={SEAT: wanted.heat})
    MapLooks(board, boundaries, widget, texts, preferences, SEAT)
    drawn: list[bool] = []
    widget.first_pins_drawn.connect(lambda: drawn.append(True))
    widget.resize(*SIZE)
    widget.show()
    _until(app, lambda: bool(drawn))
    _rest(app, 4)
    for zoom in wanted.zoom:
        widget.fly_to(MIDDLE if zoom > FAR else board.city.centre, zoom)
        _rest(app, 2.5)
        mark = "-heat" if wanted.heat else ""
        mark += f"-{wanted.scale}x" if wanted.scale > 1 else ""
        widget.picture().save(str(wanted.out / f"{day}-{wanted.lang}-{zoom:04.1f}{mark}.png"))
    widget.shut_down()


FAR = 11.0
"""Up to this zoom the city's middle is the picture's."""


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not done():
        if deadline.hasExpired():
            raise SystemExit("the map does not get ready")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def _rest(app: QApplication, seconds: float) -> None:
    _until(app, QDeadlineTimer(int(seconds * 1000)).hasExpired)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.manual.zooms", description=__doc__)
    steps: Sequence[float] = (9, 10, 11, 12, 13, 14, 15, 16, 17, 18)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data-dir", type=Path, required=True, help="where the ready days are")
    parser.add_argument("--day", nargs="+", choices=list(DAYS), default=list(DAYS))
    parser.add_argument("--zoom", nargs="+", type=float, default=steps)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--heat", default="", metavar="hour|day[/CATEGORY]", help="show the heat")
    parser.add_argument("--scale", type=int, choices=(1, 2), default=1, help="2 for a 4K screen")
    return parser


if __name__ == "__main__":
    sys.exit(main())
