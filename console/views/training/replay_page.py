"""A replay on the screen: the banner and frame of training, the screens of the program inside, the transport below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from console.replay.problem import RecordingProblem
from console.replay.timeline import MarkKind
from console.views.frame import Frame
from console.views.help import KeyHelp
from console.views.screen import Screen, Spot
from console.views.stack import Stack
from console.views.stage import Stage
from console.views.switcher import Switcher
from console.views.training.comparing import Comparing
from console.views.training.head import Head
from console.views.training.keys import ReplayKeys
from console.views.training.scenario_dialog import ScenarioDialog
from console.views.training.scene import ABSENT, SEATS, Scene
from console.views.training.transport import Transport
from console.widgets.banner import Banner
from console.widgets.striped_frame import StripedFrame

Build = Callable[[str, Stage], Screen]
"""Builds the screen of a name over a stage (see views/screens.py)."""

KEYS = ("play", "speed", "step", "jump", "bookmark", "take", "places", "save")
"""Lines of the key help, as ends of translation keys."""

_CHORD = "keys.digits"
"""What the desk says while it waits for a receiver's key."""


class ReplayPage(QWidget):
    """Shows one scene until it is left; the scene itself is the caller's."""

    left = Signal()
    """The user closed the replay."""
    first_pins = Signal()
    saved = Signal(object)
    """The Path of a new scenario."""

    def __init__(self, scene: Scene, stage: Stage, build: Build) -> None:
        """The scene's screen is built at once, the others when they are entered."""
        super().__init__()
        self.scene, self._stage, self._texts = scene, stage, stage.texts
        self._stack = Stack(lambda name: build(name, scene.stage(stage, name)))
        self._inner = Frame(scene.stage(stage), Switcher((), stage.texts), self._stack)
        self.transport = Transport(scene, stage)
        self.comparing = Comparing(scene, stage)
        self.banner = Banner()
        self.frame = StripedFrame()
        self.head = Head(scene, stage, self.frame)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._inner)
        self._pages.addWidget(self.comparing)
        self.frame.inside.addWidget(self.banner)
        self.frame.inside.addWidget(self._pages, 1)
        self.frame.inside.addWidget(self.transport)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame)
        self._connect()
        self.enter(scene.place)
        if scene.notes:
            self._inner.status.say(scene.notes)

    def _connect(self) -> None:
        link, head, transport = self.scene.link, self.head, self.transport
        self._stack.built.connect(self._welcome)
        self._stack.entered.connect(self._on_entered)
        self._inner.status.attach(link)
        self._inner.menu_wanted.connect(self._show_menu)
        transport.told.connect(self._inner.status.say)
        head.place_wanted.connect(self.enter)
        head.take_over_wanted.connect(self.take_over)
        head.end_wanted.connect(self.compare)
        head.back_wanted.connect(self.give_back)
        head.left.connect(self.left)
        link.failed.connect(self._on_failed)
        self.comparing.closed.connect(self._leave_comparison)
        self.comparing.scenario_wanted.connect(self.save_scenario)
        self.keys = ReplayKeys(
            self,
            {
                "Space": transport.toggle,
                "+": transport.speed.faster,
                "=": transport.speed.faster,
                "-": transport.speed.slower,
                ",": partial(transport.step, -1),
                ".": partial(transport.step, 1),
                "<": partial(transport.step, -10),
                ">": partial(transport.step, 10),
                **_jumps(transport),
                "B": transport.bookmark,
                "Ctrl+B": transport.next_bookmark,
                "F8": self.take_over_or_compare,
                "Ctrl+S": self.save_scenario,
                "Ctrl+W": self.leave,
                **{f"Alt+{n}": partial(self.enter, name) for n, name in enumerate(SEATS, 1)},
            },
        )

    # Places

    def enter(self, name: str) -> None:
        """Bring a screen of the replay into sight, with the seat that belongs to it."""
        self.scene.place = name
        self.scene.link.role = SEATS[name]
        self._pages.setCurrentWidget(self._inner)
        self._stack.enter(name)

    def take_focus(self) -> None:
        """The keyboard belongs to the screen inside."""
        self._stack.shown.setFocus()

    def _welcome(self, screen: Screen) -> None:
        self._inner.serve(screen)
        screen.attach(self.scene.link)
        screen.wanted.connect(self.enter)
        screen.first_pins.connect(self.first_pins)
        screen.said.connect(lambda key: self.keys.wait_for_receiver(key == _CHORD))

    def _on_entered(self, name: str) -> None:
        self.head.show_place(name)
        self.keys.lend(name)
        self._inner.set_bare(self._stack.shown.bare)

    # Acts

    def take_over(self) -> None:
        """From now on the trainee decides, on the duty screen the chief's rulings too."""
        self.scene.link.take_over(ABSENT.get(self.scene.place, ()))
        self._inner.status.say(self._texts("training.taken_over_said"))

    def take_over_or_compare(self) -> None:
        """One key for both."""
        if self.scene.link.branch is None:
            self.take_over()
        elif not self.comparing.isVisible():
            self.compare()
        else:
            self._leave_comparison()

    def compare(self) -> None:
        """Branch and history side by side."""
        self.scene.link.pause()
        self.head.show_comparing(True)
        self.transport.hide()
        self._pages.setCurrentWidget(self.comparing)
        self.comparing.begin()

    def _leave_comparison(self) -> None:
        """Back into the branch as it stands."""
        self.head.show_comparing(False)
        self.transport.show()
        self._pages.setCurrentWidget(self._inner)

    def give_back(self) -> None:
        """Drop the branch and watch history again."""
        self.scene.link.give_back()
        self._leave_comparison()

    def save_scenario(self) -> None:
        """A stretch of this day, to be trained on again."""
        self.scene.link.pause()
        ScenarioDialog(self.scene, self._stage, self.saved.emit, self).show()

    def leave(self) -> None:
        """Close the replay; a branch is compared first, so that nothing is lost by a wrong key."""
        if self.scene.link.branch is not None and not self.comparing.isVisible():
            self.compare()
        else:
            self.left.emit()

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        self._stack.shown.add_to_menu(menu)
        menu.addAction(self._texts("training.save_scenario"), self.save_scenario)
        menu.addAction(self._texts("training.leave"), self.leave)
        menu.addAction(self._texts("menu.help"), self.show_keys)
        menu.exec(at)
        menu.deleteLater()

    def show_keys(self) -> None:
        """The keys of a replay, then those of the screen inside."""
        ours = (f"training.keys.{name}" for name in KEYS)
        KeyHelp(self._texts, self, (*ours, *self._stack.shown.key_help)).show()

    # Life

    def _on_failed(self, problem: RecordingProblem) -> None:
        """The recording holds what cannot be: nothing moves any more."""
        self.banner.show_message(problem.text(self._texts.lang), "error")

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody watches stands still."""
        if self.scene.link.playback.playing:
            self.scene.link.pause()
        super().hideEvent(event)

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is (see app/probe.py)."""
        if kind == "transport":
            return self.transport.bar, self.transport.bar.place_of(float(name))
        if kind == "difference":
            return self.comparing.place_of(name)
        return self._stack.shown.locate(kind, name)

    def shut_down(self) -> None:
        """Let go of the maps' pages."""
        self._stack.shut_down()
        self.comparing.shut_down()


def _jumps(transport: Transport) -> dict[str, Callable[[], object]]:
    """Plain, and with Alt for screens that use the letter themselves."""
    letters = (("R", MarkKind.RED), ("T", MarkKind.RETURN), ("I", MarkKind.INCIDENT))
    return {
        prefix + letter: partial(transport.jump, kind)
        for prefix in ("", "Alt+")
        for letter, kind in letters
    }
