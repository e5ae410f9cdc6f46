"""What a wall looks at: rotates its scenes, stays where it must, and fits anew only when it has to."""

from math import inf
from time import monotonic

from PySide6.QtCore import QObject, Signal

from console.domain.city import City
from console.i18n import Texts
from console.store.picture import Picture
from console.views.wall.census import Census
from console.views.wall.public import public_name
from console.views.wall.rotation import LOCK_S, Mode, Rotation
from console.views.wall.scenes import Scene, SceneKind, scenes_of
from console.views.wall.setup import Setup
from console.views.wall.top_panel import Heading


class Camera(QObject):
    """The view of one wall."""

    fit_wanted = Signal(object)
    """A Scene: show it whole."""
    moved = Signal()
    """Another scene, or another reason to stay."""

    def __init__(self, city: City, texts: Texts, setup: Setup, parent: QObject) -> None:
        """The city, then what `setup` says."""
        super().__init__(parent)
        self._city = city
        self._setup = setup
        self._texts = texts
        self._picture: Picture | None = None
        self._rotation = Rotation(monotonic())
        self._emergencies: frozenset[str] = frozenset()
        self._fitted: Scene | None = None

    @property
    def scene(self) -> Scene:
        """What is shown."""
        return self._rotation.scene

    @property
    def mode(self) -> Mode:
        """What holds the view, or nothing."""
        return self._rotation.mode

    def tick(self, picture: Picture, census: Census) -> None:
        """A second has passed; this is what is known now."""
        now = monotonic()
        self._picture = picture
        scenes = scenes_of(self._city, picture.incidents.values(), self._setup.scenes)
        self._rotation.show_s = self._setup.seconds
        self._rotation.set_scenes(scenes, now)
        self._rotation.tick(now, bool(census.unsigned))
        emergencies = census.emergencies(picture)
        others = emergencies != self._emergencies
        if self._fitted != self.scene or (others and self.mode is not Mode.LOCKED):
            self._emergencies = emergencies
            self.fit()

    def fit(self) -> None:
        """Show the scene whole now."""
        self._fitted = self.scene
        self.fit_wanted.emit(self.scene)

    def touch(self) -> None:
        """Somebody's hand: the view stays for a while."""
        self._rotation.touch(monotonic())
        self.moved.emit()

    def step(self, by: int) -> None:
        """The next scene (1) or the one before (-1)."""
        self._rotation.step(by, monotonic())
        self._follow()

    def release(self) -> None:
        """Give the view free."""
        self._rotation.release(monotonic())
        self._follow()

    def pause(self) -> None:
        """Stop changing scenes, or go on."""
        self._rotation.pause(monotonic())
        self._follow()

    def _follow(self) -> None:
        if self._fitted != self.scene:
            self.fit()
        self.moved.emit()

    def heading(self) -> Heading:
        """Title, reason and time left, in words."""
        left = self._rotation.left(monotonic())
        mode = self.mode
        whole = LOCK_S if mode is Mode.LOCKED else self._setup.seconds
        named = self._rotation.next_scene if mode is Mode.ROTATING else self.scene
        key = "alone" if mode is Mode.ROTATING and left is None else mode.value
        seconds = 0 if left is None else round(left)
        note = self._texts(f"wall.mode_{key}", n=seconds, scene=self._short(named))
        title, response = self._name(self.scene), self._response()
        if response and self.scene.kind is not SceneKind.CITY:
            note = title + self._texts("list.dot") + note
        share = None if left is None else min(1.0, left / whole)
        return Heading(response or title, note, share, urgent=mode is Mode.HELD)

    def settled_s(self) -> float:
        """For how many seconds nothing changes by itself; nothing holds or touches the view."""
        if self.mode in (Mode.HELD, Mode.LOCKED):
            return 0.0
        left = self._rotation.left(monotonic())
        return inf if left is None else left

    def _short(self, scene: Scene) -> str:
        """As in "the city stays": the name of the city is on the wall already."""
        whole = scene.kind is SceneKind.CITY
        return self._texts("wall.whole_city") if whole else self._name(scene)

    def _name(self, scene: Scene) -> str:
        city, texts = self._city, self._texts
        if scene.kind is SceneKind.CITY:
            return texts("wall.city", city=texts.pick(city.name, city.name_en))
        if scene.kind is SceneKind.DISTRICT:
            return city.area_name(scene.code, texts.lang)
        if not scene.on_map:
            return texts(f"wall.scene_{scene.kind.value}")
        incident = self._picture.incidents.get(scene.code) if self._picture is not None else None
        return public_name(incident.name) if incident is not None else ""

    def _response(self) -> str:
        """The response level in force, which stands in the place of the title."""
        picture = self._picture
        opened = [i for i in picture.incidents.values() if i.open] if picture is not None else []
        orders = [incident.level for incident in opened if incident.level is not None]
        if not orders:
            return ""
        latest = max(orders, key=lambda order: order.ordered_at)
        return self._texts("wall.response", level=latest.level.value)
