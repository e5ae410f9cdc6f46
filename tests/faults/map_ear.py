"""An ear at a desk's map: what was noticed when, and whether the page has everything again.

It answers one JSON line a question; a question may break the program on purpose (map_variants.py).
"""

import json
import time
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer

from console.map.pins import Kind
from console.views.desk.screen import DeskScreen
from console.views.map_table import MapTable
from tests.faults.map_variants import VARIANTS

_LOOK = (
    "JSON.stringify((() => { const a = window.baton && window.baton.app; if (!a) return null;"
    "const ids = (kind) => [...a.store.pins[kind].keys()];"
    "return { case: ids('case'), worker: ids('worker'), load: a.store.load.size,"
    "selected: a.selected.case, targets: a.targets.active,"
    "land: Object.keys(a.geometry).length, zoom: a.map.getZoom(),"
    "at: [a.map.getCenter().lng, a.map.getCenter().lat] }; })())"
)
_ENDLESS = "setTimeout(() => { for (;;) {} }, 0); 0"
_FULL = "setTimeout(() => { const all = []; for (;;) all.push(new Array(3e6).fill(all.length + 0.5)); }, 0); 0"
AGAIN_MS = 60


class Ear(QObject):
    """Owned by its desk."""

    def __init__(self, desk: DeskScreen, name: str) -> None:
        super().__init__(desk)
        self.desk = desk
        self.times: dict[str, list[float]] = {}
        self.said: list[str] = []
        self.expected: dict[str, set[str]] = {}
        self.frame: list[float] | None = None
        self.missing = ""
        self.mend: Any = None
        widget = desk.map
        for word in ("page_lost", "page_ready", "whole", "gave_up", "came_back"):
            getattr(widget, word).connect(lambda w=word: self.note(w))
        widget.whole.connect(self.look)
        widget.came_back.connect(self.look)
        self.desk.said.connect(self.said.append)
        self.server = QLocalServer(self)
        self.server.newConnection.connect(self.accept)
        QLocalServer.removeServer(name)
        self.server.listen(name)

    def note(self, word: str) -> None:
        self.times.setdefault(word, []).append(time.monotonic())

    def accept(self) -> None:
        socket = self.server.nextPendingConnection()
        socket.readyRead.connect(lambda: self.read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def read(self, socket: Any) -> None:
        while socket.canReadLine():
            asked = json.loads(bytes(socket.readLine().data()))
            answer = getattr(self, asked.pop("do"))(**asked)
            socket.write(json.dumps(answer or self.state()).encode() + b"\n")

    def state(self) -> dict[str, Any]:
        widget = self.desk.map
        return {
            "pid": widget.view.page().renderProcessPid(),
            "times": self.times,
            "said": self.said[-20:],
            "missing": self.missing,
            "dragging": self.desk.dragging.running,
            "given_up": widget.given_up,
            "view": widget.view.isVisible(),
            "alive": widget._teller.alive,
            "waiting": self.desk.stage.board.link.state.value,
        }

    def table(self, case: str) -> dict[str, Any]:
        """How the table stands to this case: for the words of a lie."""
        table: Any = self.desk.findChild(MapTable)
        model, frame = table.views[Kind.CASE].model(), self.desk.map.viewport
        return {
            "known": case in self.desk.map.pins(Kind.CASE),
            "row": model.row_of(case),
            "rows": model.rowCount(),
            "held": model.held,
            "frame": frame and [frame.west, frame.south, frame.east, frame.north],
        }

    def mark(self) -> None:
        """From now on: what is on the map at this moment must be there again, and where it is looked at."""
        self.times, self.missing = {}, "not looked yet"
        self.said.clear()
        self.expected = {
            kind.value: set(self.desk.map.pins(kind)) for kind in (Kind.CASE, Kind.WORKER)
        }
        view = self.desk.map.viewport
        at = view.to_position(view.width / 2, view.height / 2) if view else None
        self.frame = [at.lon, at.lat] if at else None

    def hang(self) -> None:
        self.desk.map.view.page().runJavaScript(_ENDLESS)

    def fill(self) -> None:
        self.desk.map.view.page().runJavaScript(_FULL)

    def forget(self) -> None:
        """The deaths of a run that was broken on purpose do not count in the next."""
        self.desk.map._host.watchdog.begin_anew()

    def vary(self, variant: str) -> None:
        """Break the program, or mend it again."""
        if self.mend is not None:
            self.mend()
        self.mend = VARIANTS[variant](self.desk) if variant else None

    def look(self) -> None:
        if self.missing and self.times.keys() & {"page_lost", "came_back"}:
            self.desk.map.view.page().runJavaScript(_LOOK, 0, self.judge)

    def judge(self, answer: str | None) -> None:
        if not self.missing:
            return
        self.missing = self.lacks(json.loads(answer) if answer else None)
        if self.missing:
            QTimer.singleShot(AGAIN_MS, self, self.look)
        else:
            self.note("complete")

    def lacks(self, page: dict[str, Any] | None) -> str:
        if page is None:
            return "no page"
        for kind, ids in self.expected.items():
            known = set(self.desk.map.pins(Kind(kind)))
            if gone := (ids & known) - set(page[kind]):
                return f"{len(gone)} of {len(ids)} pins of kind {kind} are not there"
        if page["land"] != 5 or not page["load"]:
            return f"{page['land']} layers of land, load of {page['load']} grids"
        if page["selected"] != self.desk.selection.case:
            return f"{page['selected']} is outlined, {self.desk.selection.case} is chosen"
        if page["targets"] is not self.desk.dragging.running:
            return "targets shine without a drag" if page["targets"] else "no target shines"
        if self.frame is not None:
            off = max(abs(a - b) for a, b in zip(page["at"], self.frame, strict=True))
            if off > 0.002:
                return f"the frame is {off:.4f} degrees from where it was"
        return ""
