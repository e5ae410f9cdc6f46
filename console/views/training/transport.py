"""The strip below a replay: the day as a bar to seek on, play and speed, jumps, bookmarks."""

from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.live.replayed import ReplayLink
from console.replay.timeline import MarkKind
from console.theme import tokens
from console.views.stage import Stage
from console.views.training.buttons import button
from console.views.training.scene import Scene
from console.views.training.speed import Speed
from console.widgets.label import plain_label
from console.widgets.seek_bar import SeekBar, Strip

HEIGHT = 112
SEEK_MS = 120
"""While the playhead is dragged, at most so often a picture is made."""
_COLOURS = {
    MarkKind.RED: tokens.RED,
    MarkKind.RETURN: tokens.AMBER,
    MarkKind.INCIDENT: tokens.WHITE,
}
_KEYS = {MarkKind.RED: "R", MarkKind.RETURN: "T", MarkKind.INCIDENT: "I"}
_HOURS = 2


class Transport(QWidget):
    """Follows the scene's link."""

    told = Signal(str)
    """Words for the status line."""

    def __init__(self, scene: Scene, stage: Stage) -> None:
        """Everything as the scene stands."""
        super().__init__()
        self.setObjectName("transport")
        self.setFixedHeight(HEIGHT)
        self._scene, self._texts, self._tz = scene, stage.texts, stage.city.tz
        self._aim: float | None = None
        self._indexed: bool | None = None
        self.bar = SeekBar(self._read)
        self.speed = Speed(scene.link, stage.texts)
        self._play = button("play", "", self.toggle)
        self._jumps = {kind: self._jump_button(kind) for kind in MarkKind}
        self._mark = button("bookmark", stage.texts("training.bookmark"), self.bookmark)
        self._mark.setToolTip(stage.texts("training.bookmark_hint"))
        self._clock = plain_label(tone="figures")
        self._clock.setObjectName("training-clock")
        self._known = plain_label(stage.texts("training.as_known"), tone="pill")
        self._known.setToolTip(stage.texts("training.as_known_hint"))
        self._seek = QTimer(self, interval=SEEK_MS, singleShot=True)
        self._seek.timeout.connect(self._seek_now)
        self._lay_out()
        self._connect(scene.link)
        self._show_day()
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._play)
        row.addWidget(self._clock)
        for minutes in (-10, -1, 1, 10):
            row.addWidget(self._step_button(minutes))
        row.addWidget(self.speed)
        row.addStretch(1)
        for jump in self._jumps.values():
            row.addWidget(jump)
        row.addWidget(self._mark)
        row.addStretch(1)
        row.addWidget(self._known)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addLayout(row)

    def _step_button(self, minutes: int) -> QPushButton:
        sign = "back" if minutes < 0 else "on"
        words = self._texts("training.minutes", n=f"{minutes:+d}".replace("-", "−"))
        made = button(f"{sign}-{abs(minutes)}", words, lambda: self.step(minutes))
        made.setToolTip(self._texts(f"training.step_{sign}_{abs(minutes)}"))
        return made

    def _jump_button(self, kind: MarkKind) -> QPushButton:
        made = button(f"next-{kind.value}", "", lambda: self.jump(kind))
        made.setToolTip(self._texts(f"training.next_{kind.value}_hint", keys=_KEYS[kind]))
        return made

    def _connect(self, link: ReplayLink) -> None:
        self.bar.sought.connect(self._aim_at)
        self.bar.nudged.connect(self.step)
        link.moved.connect(self._show)
        link.indexed.connect(self._show_index)
        self._scene.bookmarked.connect(self._show_bookmarks)

    # What can be done

    def toggle(self) -> None:
        """Play or pause."""
        link = self._scene.link
        if link.playback.playing:
            link.pause()
        else:
            link.play()

    def step(self, minutes: int) -> None:
        """So many minutes back (negative) or on."""
        self._go(self._scene.link.playback.position + timedelta(minutes=minutes))

    def jump(self, kind: MarkKind) -> None:
        """To the next red, return or incident."""
        if self._refuse_seek():
            return
        mark = self._scene.link.seek_next(kind)
        if mark is None:
            self.told.emit(self._texts(f"training.no_more_{kind.value}"))
            return
        if kind is not MarkKind.INCIDENT:
            self._scene.selection.choose(mark.about)
        self.told.emit(self._texts(f"training.at_{kind.value}", time=self._time(mark.at)))

    def bookmark(self) -> None:
        """Mark this moment, or take its mark away."""
        set_now = self._scene.bookmark()
        key = "training.bookmark_set" if set_now else "training.bookmark_gone"
        self.told.emit(self._texts(key, time=self._time(self._scene.link.playback.position)))

    def next_bookmark(self) -> None:
        """To the next bookmark, from the last one to the first."""
        marks, here = self._scene.bookmarks, self._scene.link.playback.position
        if marks:
            self._go(next((m for m in marks if m > here + timedelta(seconds=1)), marks[0]))

    def _go(self, moment: datetime) -> None:
        if not self._refuse_seek():
            self._scene.link.seek(moment)

    def _refuse_seek(self) -> bool:
        """In a branch the past is made and the future is not."""
        taken = self._scene.link.branch is not None
        if taken:
            self.told.emit(self._texts("training.no_seek"))
        return taken

    def _aim_at(self, fraction: float) -> None:
        if self._refuse_seek():
            return
        self._aim = fraction
        self.bar.set_position(fraction)
        if not self._seek.isActive():
            self._seek_now()
            self._seek.start()

    def _seek_now(self) -> None:
        """The last place that was pointed at."""
        aim, self._aim = self._aim, None
        if aim is not None:
            self._scene.link.seek(self._scene.moment_of(aim))

    # What is shown

    def _show_day(self) -> None:
        scene, begins = self._scene, self._scene.link.playback.begins
        hours = []
        local = begins.astimezone(self._tz).replace(minute=0, second=0)
        while (fraction := scene.fraction_of(local)) <= 1.0:
            if fraction >= 0 and local.hour % self._hour_step() == 0:
                hours.append((fraction, local.strftime("%H:%M")))
            local += timedelta(hours=1)
        self.bar.show_span(scene.timeline.per_minute, hours)
        self._show_bookmarks()
        self._show_index(scene.timeline.fraction)

    def _hour_step(self) -> int:
        """A whole day has a word every second hour, a slice one an hour."""
        return _HOURS if len(self._scene.timeline.per_minute) > 12 * 60 else 1

    def _show_index(self, fraction: float) -> None:
        """Red marks are asked for only when they are known: the question would build the whole index."""
        done = fraction >= 1.0
        if done == self._indexed:
            return
        self._indexed = done
        kinds = [kind for kind in MarkKind if done or kind is not MarkKind.RED]
        marks = {kind: self._scene.timeline.marks(kind) for kind in kinds}
        for kind, jump in self._jumps.items():
            number = str(len(marks[kind])) if kind in marks else "…"
            jump.setText(self._texts(f"training.next_{kind.value}", n=number))
        self.bar.show_strips(
            [
                Strip(_COLOURS[kind], [self._scene.fraction_of(m.at) for m in marks.get(kind, [])])
                for kind in MarkKind
            ]
        )

    def _show_bookmarks(self) -> None:
        scene = self._scene
        self.bar.show_flags([scene.fraction_of(mark) for mark in scene.bookmarks])

    def _show(self) -> None:
        scene, playback = self._scene, self._scene.link.playback
        taken = scene.link.branch
        if self._aim is None:
            self.bar.set_position(scene.fraction_of(playback.position))
        self.bar.show_branch(None if taken is None else scene.fraction_of(taken.begun))
        self._play.setText(self._texts("training.pause" if playback.playing else "training.play"))
        self._play.setEnabled(playback.playing or playback.position < playback.ends)
        self._clock.setText(self._time(playback.position))
        for jump in self._jumps.values():
            jump.setEnabled(taken is None)
        self.speed.show_rate(playback.rate)

    def _read(self, fraction: float) -> str:
        """What is read at a place of the bar: the time, and how many calls came within that minute."""
        counts = self._scene.timeline.per_minute
        minute = min(int(fraction * len(counts)), len(counts) - 1)
        time = self._scene.moment_of(fraction).astimezone(self._tz).strftime("%H:%M")
        return self._texts("training.bar_read", time=time, n=counts[minute] if counts else 0)

    def _time(self, moment: datetime) -> str:
        return moment.astimezone(self._tz).strftime("%H:%M:%S")
