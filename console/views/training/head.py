"""The banner of a replay: that it is one, which moment, who decides; its screens, take over, end, leave."""

from PySide6.QtCore import QObject, Signal

from console.views.stage import Stage
from console.views.switcher import Switcher
from console.views.training.buttons import PREFIX, button
from console.views.training.scene import SEATS, Scene
from console.widgets.striped_frame import StripedFrame


class Head(QObject):
    """Fills the banner of a striped frame and keeps it true."""

    place_wanted = Signal(str)
    take_over_wanted = Signal()
    end_wanted = Signal()
    back_wanted = Signal()
    left = Signal()

    def __init__(self, scene: Scene, stage: Stage, frame: StripedFrame) -> None:
        """Follow the scene."""
        super().__init__(frame)
        self._scene, self._texts, self._tz = scene, stage.texts, stage.city.tz
        self._frame = frame
        self._comparing = False
        texts = stage.texts
        self._switcher = Switcher(tuple(SEATS), texts)
        self._switcher.wanted.connect(self.place_wanted)
        self._take = button(
            "take-over", texts("training.take_over"), self.take_over_wanted.emit, kind="training"
        )
        self._end = button("end", texts("training.end"), self.end_wanted.emit, kind="training")
        self._back = button("give-back", texts("training.give_back"), self.back_wanted.emit)
        self._leave = button("leave", texts("training.leave"), self.left.emit)
        self._take.setToolTip(texts("training.take_over_hint"))
        self._end.setToolTip(texts("training.end_hint"))
        self._back.setToolTip(texts("training.give_back_hint"))
        for widget in (self._switcher, self._take, self._end, self._back, self._leave):
            frame.head.addWidget(widget)
        scene.link.moved.connect(self._show)
        self._show()

    def show_place(self, name: str) -> None:
        """Which screen is in sight."""
        self._switcher.show_places(name, ())
        for number, place in enumerate(SEATS, 1):
            tab = self._switcher.tab(place)
            if tab is not None:
                tab.setObjectName(f"{PREFIX}screen-{place}")
                tab.setToolTip(self._texts("training.place_hint", keys=f"Alt+{number}"))

    def show_comparing(self, comparing: bool) -> None:
        """The comparison is in sight, or no longer."""
        self._comparing = comparing
        self._show()

    def _show(self) -> None:
        playback, branch = self._scene.link.playback, self._scene.link.branch
        local = playback.position.astimezone(self._tz)
        words = self._texts("training.banner", time=local.strftime("%Y-%m-%d %H:%M"))
        if self._scene.title:
            words += self._texts("list.dot") + self._scene.title
        if branch is not None:
            since = branch.begun.astimezone(self._tz).strftime("%H:%M")
            words += self._texts("list.dot") + self._texts("training.taken_over", time=since)
        else:
            words += self._texts("list.dot") + self._texts("training.watching")
        self._frame.say(words)
        self._frame.set_strong(branch is not None)
        self._take.setVisible(branch is None)
        self._end.setVisible(branch is not None and not self._comparing)
        self._back.setVisible(branch is not None and self._comparing)
        self._leave.setVisible(branch is None or self._comparing)
        self._switcher.setVisible(not self._comparing)
