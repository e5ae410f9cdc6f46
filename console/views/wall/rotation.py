"""Which scene a wall shows now, and what comes next; no Qt. Times are monotonic seconds."""

from collections.abc import Sequence
from enum import StrEnum

from console.views.wall.scenes import CITY_SCENE, Scene, SceneKind

SHOW_S = 20.0
"""How long a scene stands, if nothing else was chosen."""
SHORTEST_S, LONGEST_S = 5.0, 600.0
LOCK_S = 60.0
"""After a gesture the view stays so long before it follows by itself again."""


class Mode(StrEnum):
    """Why the scene stands as it does."""

    ROTATING = "rotating"
    HELD = "held"
    LOCKED = "locked"
    PAUSED = "paused"


class Rotation:
    """Scenes change only while no urgent case is unsigned; somebody's hand comes before both."""

    def __init__(self, now: float) -> None:
        """The city alone."""
        self.show_s = SHOW_S
        self._scenes: list[Scene] = [CITY_SCENE]
        self._home = CITY_SCENE
        self._at = 0
        self._held = False
        self._paused = False
        self._locked_until: float | None = None
        self._since = now

    @property
    def scene(self) -> Scene:
        """What is shown."""
        return self._scenes[self._at]

    @property
    def next_scene(self) -> Scene:
        """What comes when this one's time is over."""
        return self._scenes[(self._at + 1) % len(self._scenes)]

    @property
    def mode(self) -> Mode:
        """What holds the view, or nothing."""
        if self._locked_until is not None:
            return Mode.LOCKED
        if self._paused:
            return Mode.PAUSED
        return Mode.HELD if self._held else Mode.ROTATING

    def left(self, now: float) -> float | None:
        """Seconds until the next scene, or until a lock ends; None while nothing runs down."""
        if self._locked_until is not None:
            return max(0.0, self._locked_until - now)
        if self.mode is not Mode.ROTATING or len(self._scenes) == 1:
            return None
        return max(0.0, self._since + self.show_s - now)

    def set_scenes(self, scenes: Sequence[Scene], now: float) -> None:
        """There are others; the one that is shown stays when it is still among them.

        What holds while an urgent case is unsigned is the first that is the city or a district; the
        city, where none is among them.
        """
        shown = self.scene
        self._scenes = list(scenes)
        homes = (SceneKind.CITY, SceneKind.DISTRICT)
        self._home = next((s for s in self._scenes if s.kind in homes), CITY_SCENE)
        if self._held and self._home not in self._scenes:
            self._scenes.append(self._home)
        if shown in self._scenes:
            self._at = self._scenes.index(shown)
        else:
            self._show(0, now)

    def tick(self, now: float, held: bool) -> None:
        """Time passes; `held`: some urgent case is unsigned, the home scene must stay in sight."""
        if self._locked_until is not None and now >= self._locked_until:
            self.release(now)
        freed = self._held and not held
        self._held = held
        if freed:
            self._since = now
        if self.mode is Mode.HELD and self.scene != self._home:
            if self._home not in self._scenes:
                self._scenes.append(self._home)
            self._show(self._scenes.index(self._home), now)
        elif self.mode is Mode.ROTATING and now >= self._since + self.show_s:
            self._show((self._at + 1) % len(self._scenes), now)

    def touch(self, now: float) -> None:
        """Somebody's hand: the view stays."""
        self._locked_until = now + LOCK_S

    def step(self, by: int, now: float) -> None:
        """Somebody asks for the next scene (1) or the one before (-1)."""
        self.touch(now)
        self._show((self._at + by) % len(self._scenes), now)

    def release(self, now: float) -> None:
        """Follow by itself again."""
        self._locked_until = None
        self._since = now

    def pause(self, now: float) -> None:
        """Stay on this scene until the same is asked again."""
        self._paused = not self._paused
        self.release(now)

    def _show(self, number: int, now: float) -> None:
        self._at = number
        self._since = now
