"""Frame times while panning and zooming under load, beside the same movement of a blank page."""

import time
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage

from benchmarks.load.figures import spread
from benchmarks.mapping.load import Load, fill
from benchmarks.mapping.scene import Scene
from benchmarks.mapping.session import Session, promised

BEAT_MS = 5
OURS = "leafletMover(baton.app.map, [20.03, 110.34], 11.5)"
BLANK = "sheetMover(sheet)"
ROUNDS = 3


class Beats:
    """How long the GUI thread stood still, in milliseconds."""

    def __init__(self) -> None:
        """Begin to beat."""
        self.stalls: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.stalls.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()


def measure(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """Rounds of the map under load and of a blank page, in turn; the ratio is the rounds' median."""
    scene = Scene(session.city, session.boundaries, cases)
    widget = session.make_map()
    drawn: list[bool] = []
    widget.first_pins_drawn.connect(lambda: drawn.append(True))
    fill(scene, widget)
    session.until(lambda: bool(drawn))
    blank = session.make_blank()
    load = Load(scene, widget)
    ours: list[dict[str, Any]] = []
    reference: list[dict[str, Any]] = []
    stalls: list[float] = []
    for _ in range(ROUNDS):
        widget.hide()
        session.show(blank)
        reference.append(_animated(session, blank.page(), BLANK, seconds))
        blank.hide()
        session.show(widget)
        load.start()
        session.wait(1.5)
        beats = Beats()
        ours.append(_animated(session, widget.view.page(), OURS, seconds))
        beats.stop()
        stalls += beats.stalls
        load.stop()
    widget.shut_down()
    blank.close()
    ratios = sorted(o["all"]["p95"] / r["all"]["p95"] for o, r in zip(ours, reference, strict=True))
    return {
        "cases": cases,
        "ours_ms": ours,
        "blank_ms": reference,
        "p95_ratio": round(ratios[len(ratios) // 2], 3),
        "gui_stall_ms": spread(stalls),
    }


def _animated(session: Session, page: QWebEnginePage, mover: str, seconds: float) -> dict[str, Any]:
    session.wait(0.5)
    found = promised(session, page, f"animate({mover}, {seconds})")
    return {
        "all": spread(found["pan"] + found["zoom"]),
        "pan": spread(found["pan"]),
        "zoom": spread(found["zoom"]),
        "frames_per_s": round(len(found["pan"] + found["zoom"]) / seconds, 1),
    }
