"""What is set for this wall: its scenes, how long each stands, how far people are; remembered by display."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.city import Policy
from console.settings import PreferencesFile, WallChoice
from console.views.displays import key_of
from console.views.wall.rotation import LONGEST_S, SHORTEST_S, SHOW_S
from console.views.wall.viewing import FARTHEST_M, NEAREST_M, pixel_pitch, smallest_type


class Setup(QObject):
    """Follows its wall from display to display."""

    changed = Signal()

    def __init__(self, preferences: PreferencesFile, policy: Policy, wall: QWidget) -> None:
        """The city's `policy` counts until something else is set."""
        super().__init__(wall)
        self._preferences = preferences
        self._policy = policy
        self._wall = wall
        self._key = key_of(wall.screen())
        self.choice = self._load()

    @property
    def metres(self) -> float:
        """How far people stand from the wall."""
        chosen = self.choice.distance_m
        city = self._policy.wall_distance_m
        return city if chosen is None else min(FARTHEST_M, max(NEAREST_M, chosen))

    @property
    def seconds(self) -> float:
        """How long a scene stands."""
        chosen = self.choice.seconds
        return SHOW_S if chosen is None else min(LONGEST_S, max(SHORTEST_S, chosen))

    @property
    def scenes(self) -> tuple[str, ...]:
        """What is shown in turn."""
        return self._policy.wall_scenes if self.choice.scenes is None else self.choice.scenes

    def follow(self) -> None:
        """The wall may stand on another display now, which has a setup of its own."""
        key = key_of(self._wall.screen())
        if key != self._key:
            self._key = key
            self._take(self._load())

    def set(self, choice: WallChoice) -> None:
        """From now on so, and remembered for the display."""
        kept = self._preferences.load().wall_choices
        self._preferences.save(wall_choices={**kept, self._key: choice})
        self._take(choice)

    def _load(self) -> WallChoice:
        kept = self._preferences.load().wall_choices
        return kept.get(self._key) or kept.get("") or WallChoice()

    def _take(self, choice: WallChoice) -> None:
        if choice != self.choice:
            self.choice = choice
            self.changed.emit()

    def smallest_type(self, metres: float | None = None) -> float:
        """Pixels of the smallest type on the wall's display, read from `metres` or as set."""
        display = self._wall.screen()
        size, told = display.size(), display.physicalSize()
        pitch = pixel_pitch((told.width(), told.height()), (size.width(), size.height()))
        return smallest_type(self.metres if metres is None else metres, pitch)
