"""The training screen: choose a past day, then watch it or take it over."""

from PySide6.QtWidgets import QMenu, QStackedLayout

from console.live.link import Link
from console.views.screen import Screen, Spot
from console.views.stage import Stage
from console.views.training.choice_page import ChoicePage
from console.views.training.day_maker import DayMaker
from console.views.training.opening import Opened
from console.views.training.replay_page import Build, ReplayPage
from console.views.training.scene import Scene, scene_of


class TrainingScreen(Screen):
    """Two pages. A replay fills the window: nothing live stands beside it."""

    own_way_out = True

    def __init__(self, stage: Stage, build: Build) -> None:
        """`build` makes the screens inside a replay; one that is open already is shown again."""
        super().__init__(stage)
        self._build = build
        self._pages = QStackedLayout(self)
        self.choice = ChoicePage(stage, _maker(stage))
        self._pages.addWidget(self.choice)
        self.replay: ReplayPage | None = None
        self.choice.opened.connect(self._open)
        scene = scene_of(stage.board)
        if scene is not None:
            self._show(scene)

    def attach(self, link: Link) -> None:
        """The live centre is asked for the past days' volumes and for nothing else."""
        self.choice.attach(link)

    def _open(self, opened: Opened) -> None:
        self.leave()
        scene = Scene(
            self.stage,
            opened.timeline,
            begin=opened.begin,
            title=opened.title,
            notes=opened.notes,
            expectations=opened.expectations,
            volumes=self.choice.shelf.volumes(),
        )
        scene.start()
        self._show(scene)

    def _show(self, scene: Scene) -> None:
        page = self.replay = ReplayPage(scene, self.stage, self._build)
        page.left.connect(self.leave)
        page.first_pins.connect(self.first_pins)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.take_focus()
        self._wear(bare=True)

    def leave(self) -> None:
        """Close the replay, with its branch; back to the calendar."""
        page, self.replay = self.replay, None
        if page is None:
            return
        page.shut_down()
        self._pages.removeWidget(page)
        page.deleteLater()
        page.scene.end()
        self._pages.setCurrentWidget(self.choice)
        self.choice.shelf.read()
        self._wear(bare=False)

    def _wear(self, *, bare: bool) -> None:
        self.bare = bare
        self.bare_changed.emit()

    def add_to_menu(self, menu: QMenu) -> None:
        """What the keys do, for the mouse."""
        if self.replay is None:
            menu.addAction(self.stage.texts("training.open_file"), self.choice.choose_file)
        else:
            menu.addAction(self.stage.texts("training.leave"), self.replay.leave)
        menu.addSeparator()

    def go_back(self) -> None:
        """In a replay it is the replay's own choice that goes back."""
        selection = self.stage.selection if self.replay is None else self.replay.scene.selection
        selection.back()

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on this screen (see app/probe.py)."""
        page = self.choice if self.replay is None else self.replay
        return page.locate(kind, name)

    def shut_down(self) -> None:
        """End the maps' pages; the replay itself goes on when the screen is built again."""
        if self.replay is not None:
            self.replay.shut_down()


def _maker(stage: Stage) -> DayMaker:
    """The one of this program: days are made on when the screen is built again."""
    found = stage.board.findChild(DayMaker)
    settings = stage.settings
    return found or DayMaker(settings.data_dir, settings.city, stage.board)
