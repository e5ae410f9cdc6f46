"""A desk at work for map faults: a centre full of cases, a busy city, the real program, a real mouse."""

import atexit
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.load.traffic import fill
from console.domain.category import Urgency
from console.domain.command import Acknowledge, Dispatch
from console.domain.event import Event
from console.domain.place import Position
from tests.e2e.hand import Hand
from tests.e2e.program import ROOT, Console, wait_for
from tests.e2e.scene import TOKEN, Scene, start_scene
from tests.e2e.screen import Mouse, virtual_screen

CASES = 3_000
_BATCH = 250
_SEAT = "seat-7"
PATIENCE_S = 60.0


class EaredConsole(Console):
    """The program with the ear; its words on standard error are of no interest here."""

    def __init__(self, ear: str, errors: Path, *arguments: Any) -> None:
        self.program = ("-m", "tests.faults.map_console", "--ear", ear)
        self.errors = errors.open("ab")
        super().__init__(*arguments)


class MapDesk:
    """One console, and what is done at it; `scene` is its centre."""

    def __init__(self, folder: Path, scene: Scene, display: str) -> None:
        self.scene = scene
        self.folder = folder
        self._ear = str(Path(tempfile.gettempdir()) / f"baton-ear-{uuid.uuid4().hex}")
        self.console = EaredConsole(
            self._ear,
            folder / "console.stderr",
            display,
            scene.url,
            scene.token_file,
            folder / "console",
            "--seat",
            _SEAT,
            "--screen",
            "desk",
        )
        self.mouse = Mouse(display)
        self.hand = Hand(self.console, self.mouse)
        self._read = 0
        self.sent: Counter[str] = Counter()
        """Case → orders for it in the log."""
        self._keys: Counter[str] = Counter()
        self._category = next(c.code for c in scene.city.categories.values() if not c.hazard)

    def ask(self, do: str = "state", **more: Any) -> dict[str, Any]:
        """What the ear says; {} while the program cannot answer."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(20)
            try:
                line.connect(self._ear)
                line.sendall(json.dumps({"do": do, **more}).encode() + b"\n")
                found: dict[str, Any] = json.loads(line.makefile().readline() or "{}")
            except OSError:
                return {}
        return found

    def until(self, word: str, seconds: float = PATIENCE_S) -> float | None:
        """When it was heard first since the mark, None when it was not in so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if heard := self.ask().get("times", {}).get(word):
                return float(heard[0])
            time.sleep(0.02)
        return None

    def new_case(self) -> str:
        """A case on top of the queue, within the frame."""
        centre = self.scene.city.centre
        name = f"H-{uuid.uuid4().hex[:8]}"
        return self.scene.case(
            name, Position(centre.lon, centre.lat), self._category, urgency=Urgency.URGENT
        )

    def end_page(self, how: str) -> None:
        """Bring death to the page's process, or make it hang."""
        if how in ("hang", "fill"):
            self.ask(how)
        else:
            pid = int(self.ask()["pid"])
            # 0 would be this process and all of its group, -1 every process there is.
            assert pid > 1
            os.kill(pid, getattr(signal, how))

    def read_log(self) -> None:
        """Take in what is new in the log."""
        rev = self.scene.api.health().rev
        while self._read < rev:
            events = self.scene.api.log(self._read + 1, min(rev, self._read + 5000))
            self._read = events[-1].rev
            for event in events:
                self._count(event)

    def _count(self, event: Event) -> None:
        if event.type == "assignment.sent":
            self.sent[str(event.change.get("case"))] += 1
        if event.actor == _SEAT:
            self._keys[event.command_id] += 1

    def sent_for(self, case: str) -> int:
        self.read_log()
        return self.sent[case]

    def settle(self, case: str) -> None:
        """Somebody else sends it, and it is signed."""
        order, unit = f"S-{case}", min(self.scene.city.units)
        self.scene.send(Dispatch(case=case, assignment=order, unit=unit))
        self.scene.send(Acknowledge(assignment=order))

    def sign(self, case: str) -> None:
        """The field signs what the hand has sent: it would flash for ever."""
        for event in self.scene.api.log(max(1, self._read - 3000), self._read):
            if event.type == "assignment.sent" and event.change.get("case") == case:
                self.scene.send(Acknowledge(assignment=event.entity_id))
                return

    def unsettled(self) -> list[str]:
        """Orders on the console's own disk that have come to no end, or are not in the log."""
        self.read_log()
        found = []
        for file in (self.folder / "console").glob("outbox-*.db"):
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as outbox:
                rows = outbox.execute("SELECT key, tick FROM outbox").fetchall()
            found += [f"{key} is {tick}" for key, tick in rows if tick in ("stored", "held")]
            found += [
                f"{key} is {tick} and not in the log"
                for key, tick in rows
                if tick in ("committed", "acknowledged") and not self._keys[key]
            ]
        return found

    @contextmanager
    def busy(self) -> Iterator[None]:
        """The city's peak minute goes on: 20 commands and 206 positions a second."""
        command = [sys.executable, "-m", "benchmarks.mapping.busy", self.scene.url]
        command.append(str(self.scene.token_file))
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as traffic:
            try:
                yield
            finally:
                traffic.communicate()


_kept: list[MapDesk] = []
_open = ExitStack()
atexit.register(_open.close)


def desk() -> MapDesk:
    """The desk of this process: to fill a centre takes longer than to break a page a few times."""
    if not _kept:
        folder = Path(_open.enter_context(tempfile.TemporaryDirectory(prefix="baton-map-")))
        scene = _open.enter_context(start_scene(folder))
        display = _open.enter_context(virtual_screen())
        _fill(scene)
        made = MapDesk(folder, scene, display)
        _open.callback(made.console.close)
        wait_for(lambda: made.ask().get("times", {}).get("whole"), "the first map", 120)
        _kept.append(made)
    return _kept[0]


def _fill(scene: Scene) -> None:
    """Open cases, all with somebody: the queue of waiting ones stays as short as in a good hour."""
    fill(scene.url, TOKEN, scene.city, CASES)
    units = sorted(scene.city.units)
    for start in range(0, CASES, _BATCH):
        orders = [
            Dispatch(case=f"L-{n}", assignment=f"LA-{n}", unit=units[n % len(units)])
            for n in range(start, start + _BATCH)
        ]
        scene.send(*orders, role="dispatcher")
