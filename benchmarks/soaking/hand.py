"""A hand that works at the console all the time: it pans, zooms, selects, dispatches, changes screens."""

import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable

from tests.e2e.program import Console, Spot
from tests.e2e.screen import Mouse

PAUSE_S = 2.0
"""Between two gestures."""
_AWAY_S = 8.0
"""How long another screen is looked at."""
_OTHERS = (3, 4)
"""Duty and incident, as their keys; the wall stands in a window of its own."""


class HandAtWork:
    """One gesture a time, drawn from a seed; what could not be done is counted as missed."""

    def __init__(self, console: Console, mouse: Mouse, seed: int) -> None:
        """`console` must show the desk."""
        self._console, self._mouse = console, mouse
        self._chance = random.Random(seed)
        self._zoomed = 0
        self._back: tuple[tuple[int, int], tuple[int, int]] | None = None
        self.done: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self._gestures: dict[str, Callable[[], bool]] = {
            "pan": self._pan,
            "zoom": self._zoom,
            "select": self._select,
            "go there": self._go_there,
            "home": self._go_home,
            "dispatch": self._dispatch,
            "another screen": self._look_away,
        }
        self._weights = (8, 6, 6, 2, 2, 1, 1)

    def act(self) -> None:
        """One gesture; a console that answers too late is no reason to end."""
        name = self._chance.choices(list(self._gestures), self._weights)[0]
        try:
            happened = self._gestures[name]()
        except (OSError, ValueError, subprocess.SubprocessError):
            happened = False
        (self.done if happened else self.missed)[name] += 1

    def _map(self) -> Spot | None:
        return self._console.spot("panel", "map")

    def _somewhere(self, spot: Spot) -> tuple[int, int]:
        """A point of the rectangle that is not near its edge."""
        across, down = self._chance.uniform(0.2, 0.8), self._chance.uniform(0.2, 0.8)
        return round(spot.left + across * spot.width), round(spot.top + down * spot.height)

    def _pan(self) -> bool:
        """There, and the next time back, so that the city stays in sight."""
        spot = self._map()
        if spot is None:
            return False
        if self._back is not None:
            (start, end), self._back = self._back, None
        else:
            start, end = self._somewhere(spot), self._somewhere(spot)
            self._back = end, start
        self._mouse.press(*start)
        self._mouse.glide(start, end, steps=20)
        self._mouse.release()
        return True

    def _zoom(self) -> bool:
        spot = self._map()
        if spot is None:
            return False
        self._mouse.move(*self._somewhere(spot))
        up = self._chance.random() < 0.5 - self._zoomed / 8
        for _ in range(2):
            self._mouse.scroll(up)
        self._zoomed += 1 if up else -1
        return True

    def _row(self) -> tuple[int, int] | None:
        queue = self._console.spot("panel", "queue")
        if queue is None:
            return None
        down = self._chance.uniform(0.15, 0.6)
        return queue.x, round(queue.top + down * queue.height)

    def _select(self) -> bool:
        at = self._row()
        if at is not None:
            self._mouse.click(*at)
        return at is not None

    def _go_there(self) -> bool:
        at = self._row()
        if at is not None:
            self._mouse.double_click(*at)
            self._zoomed = 2
        return at is not None

    def _go_home(self) -> bool:
        """The whole city, by the key."""
        self._mouse.key("Home")
        self._zoomed = 0
        return self._map() is not None

    def _dispatch(self) -> bool:
        """A row onto the first unit of the list."""
        at, unit = self._row(), self._console.spot("panel", "first-unit")
        if at is None or unit is None:
            return False
        leave = (at[0] + 24, at[1] + 4)
        self._mouse.press(*at)
        self._mouse.glide(at, leave, steps=6)
        time.sleep(0.5)  # as a hand hesitates, so that the drag has begun
        self._mouse.glide(leave, unit.at)
        self._mouse.release()
        self._mouse.key("Escape")  # a question that may have come up
        return True

    def _look_away(self) -> bool:
        self._mouse.key(f"ctrl+{self._chance.choice(_OTHERS)}")
        time.sleep(_AWAY_S)
        gone = not self._at_desk()
        self._mouse.key("ctrl+1")
        time.sleep(PAUSE_S)
        return gone and self._at_desk()

    def _at_desk(self) -> bool:
        return bool(self._console.ask("active", "desk").get("found"))
