"""The console with a diary: `python -m benchmarks.soaking.watched DIARY ARGUMENTS…` is `main.py ARGUMENTS…`."""

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from console import log as logfile
from console.app import environment
from console.app.arguments import parse
from console.app.children import EmbeddedCentral
from console.app.session import Session
from console.domain.case import TERMINAL
from console.domain.role import Role
from console.geo.boundaries import load_boundaries
from console.geo.city import load_city
from console.live.board import Board
from console.live.measure import BEAT_MS
from console.map.widget import MapWidget
from console.paths import cache_dir
from console.store.changes import ChangeSet
from console.views.window import Window

EVERY_MS = 10_000
_HEAP = "window.performance.memory ? performance.memory.usedJSHeapSize : 0"
_MIB = 1024 * 1024


class Diary(QObject):
    """Writes a JSON line every ten seconds: what arrived, how long the GUI thread stood still, the pages' heaps."""

    def __init__(self, file: Path, board: Board, window: Window) -> None:
        """Begin."""
        super().__init__(window)
        self._file, self._board, self._window = file, board, window
        self._events = self._positions = self._snapshots = 0
        self._stalls: list[float] = []
        self._heaps: dict[str, float] = {}
        self._beat_at = time.perf_counter()
        self._oldest_s = 0.0
        board.ticked.connect(self._look_at_age)
        board.changed.connect(self._count)
        beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        beat.timeout.connect(self._beat)
        beat.start()
        write = QTimer(self, interval=EVERY_MS)
        write.timeout.connect(self._write)
        write.start()

    def _count(self, changes: ChangeSet) -> None:
        self._events += len(changes.events)
        self._positions += len(changes.fixes)
        self._snapshots += changes.everything

    def _beat(self) -> None:
        now = time.perf_counter()
        self._stalls.append(max(0.0, (now - self._beat_at) * 1000 - BEAT_MS))
        self._beat_at = now

    def _look_at_age(self) -> None:
        age = self._board.time.age()
        if age is not None:
            self._oldest_s = max(self._oldest_s, age.total_seconds())

    def _write(self) -> None:
        picture = self._board.picture
        stalls, self._stalls = sorted(self._stalls) or [0.0], []
        line = {
            "at": time.time(),
            "domain_time": self._board.time.domain_now().isoformat(),
            "events": self._events,
            "positions": self._positions,
            "snapshots": self._snapshots,
            "cases": len(picture.cases),
            "open": sum(case.state not in TERMINAL for case in picture.cases.values()),
            "assignments": len(picture.assignments),
            "fixes": len(picture.fixes),
            "oldest_s": round(self._oldest_s, 2),
            "stall_ms": {
                "p99": round(stalls[int(0.99 * (len(stalls) - 1))], 1),
                "max": round(stalls[-1], 1),
            },
            "renderers": self._ask_pages(),
            "heap_mib": self._heaps,
            "python_blocks": sys.getallocatedblocks(),
            "python_objects": len(gc.get_objects()),
        }
        self._oldest_s = 0.0
        with self._file.open("a", encoding="utf-8") as diary:
            diary.write(json.dumps(line) + "\n")

    def _ask_pages(self) -> dict[str, int]:
        """Screen → the process of its map; the heaps arrive later and stand in the next line."""
        found = {}
        for window in (self._window, *self._window.torn):
            for widget in window.findChildren(MapWidget):
                name = _screen_of(widget)
                page = widget.view.page()
                found[name] = page.renderProcessPid()
                page.runJavaScript(_HEAP, 0, lambda size, name=name: self._note(name, size))
        return found

    def _note(self, name: str, size: Any) -> None:
        self._heaps[name] = round(float(size or 0) / _MIB, 1)


def _screen_of(widget: QObject) -> str:
    """The name of the class of the screen that holds the map."""
    thing: QObject | None = widget
    while thing is not None and not type(thing).__name__.endswith("Screen"):
        thing = thing.parent()
    return type(thing).__name__ if thing is not None else "Map"


class WatchedSession(Session):
    """The program's own session; the diary begins with the shift."""

    diary: Path

    def _begin(self, person: Any, role: Role) -> None:
        super()._begin(person, role)
        if self._shift is not None:
            Diary(self.diary, self._shift.board, self._shift.window)


def main() -> int:
    """As `console.app.run.run` does it."""
    diary, words = Path(sys.argv[1]), sys.argv[2:]
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--enable-precise-memory-info")
    settings = parse(words)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    logfile.setup(settings.data_dir, "console")
    central = EmbeddedCentral(settings)
    try:
        city = load_city(settings.city)
        boundaries = load_boundaries(settings.city, cache_dir(settings.data_dir))
        environment.prepare(settings, production=city.production)
        WatchedSession.diary = diary
        return WatchedSession(settings, city, boundaries, central).run()
    finally:
        central.end()


if __name__ == "__main__":
    sys.exit(main())
