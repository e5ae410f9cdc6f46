"""The load of a peak minute on a map: positions and case events, told as the board tells them."""

from PySide6.QtCore import QObject, QTimer

from benchmarks.mapping.scene import Scene, Step
from console.live.board import DRAIN_MS
from console.map.widget import MapWidget

POSITIONS_PER_S = 206.0
EVENTS_PER_S = 20.0
_LOAD_MS = 2000
"""The grids' load is counted anew so often (views/city_map.py)."""


class Load(QObject):
    """Between `start` and `stop` tells the map what changes; `told` counts it."""

    def __init__(self, scene: Scene, widget: MapWidget, times: float = 1.0) -> None:
        """`times` the peak's rate."""
        super().__init__(widget)
        self._scene, self._widget = scene, widget
        share = times * DRAIN_MS / 1000
        self._steps = scene.steps(POSITIONS_PER_S * share, EVENTS_PER_S * share)
        self._drain = QTimer(self, interval=DRAIN_MS)
        self._drain.timeout.connect(self._tell)
        self._count = QTimer(self, interval=_LOAD_MS)
        self._count.timeout.connect(lambda: widget.set_grid_load(scene.grid_load()))
        self.told = 0

    def start(self) -> None:
        """Begin."""
        self._drain.start()
        self._count.start()

    def stop(self) -> None:
        """End."""
        self._drain.stop()
        self._count.stop()

    def _tell(self) -> None:
        step: Step = next(self._steps)
        self.told += len(step.cases) + len(step.gone) + len(step.workers)
        if step.cases or step.gone:
            self._widget.update_cases(step.cases, step.gone)
        if step.workers:
            self._widget.update_workers(step.workers, [])


def fill(scene: Scene, widget: MapWidget) -> None:
    """Put all of the scene on the map."""
    from benchmarks.mapping.scene import NOW

    widget.set_clock(NOW, 1.0)
    widget.set_cases(scene.cases.values())
    widget.set_workers(scene.workers.values())
    widget.set_grid_load(scene.grid_load())
