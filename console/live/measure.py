"""Figures of a run on this machine: how long the GUI thread stood still, and when the first pins were there."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from console.wire.codec import encode

BEAT_MS = 5
"""The heartbeat's period; a stall is what a beat came later than this."""


class Measure(QObject):
    """Collects while the program runs, writes JSON at the end."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        """Begin to beat."""
        super().__init__(parent)
        self._file = file
        self._stalls_ms: list[float] = []
        self._moments: dict[str, float] = {}
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._stalls_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def mark(self, moment: str) -> None:
        """Write down when something happened for the first time (epoch seconds)."""
        self._moments.setdefault(moment, time.time())
        if moment == "steady":
            self._stalls_ms.clear()

    def write(self) -> None:
        """Write what was collected: stalls in milliseconds, moments in epoch seconds."""
        stalls = sorted(self._stalls_ms) or [0.0]
        figures = {
            "moments": self._moments,
            "beats": len(stalls),
            "stall_ms": {
                "p50": _quantile(stalls, 0.5),
                "p95": _quantile(stalls, 0.95),
                "p99": _quantile(stalls, 0.99),
                "max": _quantile(stalls, 1.0),
            },
        }
        self._file.write_bytes(encode(figures))


def _quantile(ordered: list[float], q: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(q * len(ordered)))], 3)
