"""The link's place in a training: a recorded day and, once it is taken over, a branch behind the same board."""

import time
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from console.domain.event import Event
from console.domain.role import Role
from console.live.link import NotKept
from console.replay.branch import Branch, World
from console.replay.player import Player
from console.replay.problem import RecordingProblem
from console.replay.timeline import Mark, MarkKind, Timeline
from console.wire.commands import Answer, Envelope
from console.wire.frames import DayVolumes, PrivateDetails
from console.wire.messages import CommandMoved, Message, Stored, Tick

PUMP_MS = 40
"""Milliseconds between two steps; the board drains as often."""

INDEX_MS = 6
"""Milliseconds of each step that the index of the time line may take until it is complete."""

REPLAY_ONLY = "replay-only"
"""Problem code of a command while one only watches."""


class ReplayLink(QObject):
    """Implements `live.link.Link` over a player, or a branch after `take_over`; no client, no outbox, no log.

    Lives on the GUI thread; only `private`, `history` and `volumes` may be called from a task.
    """

    moved = Signal()
    """The position has moved, or playing, rate or branch have changed: read the properties."""
    indexed = Signal(float)
    """How much of the time line is indexed, 0 to 1; red marks are complete with 1."""
    failed = Signal(object)
    """A RecordingProblem: the recording holds what cannot be; nothing is told any more."""

    def __init__(
        self,
        timeline: Timeline,
        world: World,
        sink: Callable[[Message], None],
        *,
        begin: datetime | None = None,
        volumes: Iterable[DayVolumes] = (),
        monotonic: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Stands paused at `begin` (UTC domain time); nothing is told before `start`.

        `sink` is the board's; `volumes` are of other days, for the charts: `about.volumes` of the
        folder's recordings, or what the live link gave before.
        """
        super().__init__(parent)
        self.timeline = timeline
        self.role = Role.DISPATCHER
        """The seat the trainee sits at: the screen in use sets it."""
        self._world, self._sink, self._monotonic = world, sink, monotonic
        self._player = Player(timeline, begin)
        self._branch: Branch | None = None
        self._held = False
        self._undecided: list[Envelope] = []
        own = timeline.recording.about.volumes
        self._volumes = {day.day: day for day in (*volumes, *([own] if own else ()))}
        self._timer = QTimer(self, interval=PUMP_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.pump)

    # Life

    def start(self) -> None:
        """Tell the first picture at once, then go on by a timer."""
        self.pump()
        self._timer.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._timer.stop()

    def hold(self) -> None:
        """Nothing moves until `go_on`, so that a thread may read the branch; commands wait."""
        self._held = True

    def go_on(self) -> None:
        """Move again, first by the commands that waited."""
        self._held = False
        undecided, self._undecided = self._undecided, []
        for envelope in undecided:
            self._decide(envelope)

    def pump(self) -> None:
        """One step now, none while held; a recording that cannot be played stops it (see `failed`)."""
        if self._held:
            return
        playback = self.playback
        before = playback.position
        try:
            self._index()
            messages = playback.step(self._monotonic())
        except RecordingProblem as problem:
            self._fail(problem)
            return
        for message in messages:
            self._sink(message)
        if playback.position != before:
            self.moved.emit()

    def _fail(self, problem: RecordingProblem) -> None:
        self.stop()
        self.failed.emit(problem)

    def _index(self) -> None:
        if self.timeline.fraction == 1.0:
            return
        watch = QElapsedTimer()
        watch.start()
        while self.timeline.fraction < 1.0 and watch.elapsed() < INDEX_MS:
            self.timeline.advance(20)
        self.indexed.emit(self.timeline.fraction)

    # Transport

    @property
    def playback(self) -> Player | Branch:
        """What is told now: `position`, `playing`, `rate`, `begins`, `ends`."""
        return self._branch or self._player

    @property
    def branch(self) -> Branch | None:
        """The taken-over day, None while one only watches."""
        return self._branch

    def play(self) -> None:
        """Let time pass."""
        self.playback.play()
        self._changed()

    def pause(self) -> None:
        """Let time stand."""
        self.playback.pause()
        self._changed()

    def set_rate(self, rate: float) -> None:
        """Domain seconds per real second, 1 to 600 (`ValueError` otherwise)."""
        self.playback.set_rate(rate)
        self._changed()

    def seek(self, moment: datetime) -> None:
        """Go to a domain time (aware); nothing in a branch, where the past is made and the future is not."""
        if self._branch is None:
            self._player.seek(moment)
            self._changed()

    def seek_next(self, kind: MarkKind) -> Mark | None:
        """Go to the next red, return or incident; None when there is none, and in a branch."""
        if self._branch is not None:
            return None
        try:
            mark = self._player.seek_next(kind)
        except RecordingProblem as problem:
            self._fail(problem)
            return None
        self._changed()
        return mark

    def relist(self) -> None:
        """Tell the whole picture again."""
        self.playback.relist()

    def _changed(self) -> None:
        self.pump()
        self.moved.emit()

    # Taking over

    def take_over(self, absent: Collection[Role] = ()) -> None:
        """From the position on the trainee decides; it stands paused. Nothing while it is taken over already.

        The rulings of the roles in `absent` (such as `DUTY_CHIEF`) are left to the trainee too.
        """
        if self._branch is None:
            self._player.pause()
            try:
                self._branch = Branch(self.timeline, self._player.position, self._world, absent)
            except RecordingProblem as problem:
                self._fail(problem)
                return
            self._branch.set_rate(self._player.rate)
            self._changed()

    def give_back(self) -> None:
        """Drop the branch and watch history again, paused where the branch stood."""
        if self._branch is not None:
            position, rate = self._branch.position, self._branch.rate
            self._branch = None
            self._player.seek(position)
            self._player.set_rate(rate)
            self._player.relist()
            self._changed()

    # The link's face

    def submit(self, envelope: Envelope) -> None:
        """Decide a command in the branch; while one only watches every command is refused."""
        if self._branch is not None:
            self._sink(CommandMoved(envelope, Tick.STORED))
        if self._held:
            self._undecided.append(envelope)
        else:
            self._decide(envelope)

    def _decide(self, envelope: Envelope) -> None:
        if self._branch is None:
            detail = "a replay is only watched until it is taken over"
            answer = Answer(key=envelope.key, status=403, problem=REPLAY_ONLY, detail=detail)
        else:
            answer = self._answer(self._branch, envelope)
            self.pump()
        tick = Tick.COMMITTED if answer.committed else Tick.REFUSED
        self._sink(CommandMoved(envelope, tick, answer))

    def _answer(self, branch: Branch, envelope: Envelope) -> Answer:
        try:
            return branch.submit(envelope, self.role)
        except RecordingProblem as problem:
            self._fail(problem)
            return Answer(key=envelope.key, status=500, problem=problem.code, detail=problem.en)

    def waiting(self) -> int:
        """Every command is answered at once."""
        return 0

    def held_count(self) -> int:
        """Nothing is ever held."""
        return 0

    def held(self) -> list[Stored]:
        """Nothing is ever held."""
        return []

    def release(self, key: str) -> None:
        """Nothing is ever held."""

    def discard(self, key: str) -> None:
        """Nothing is ever held."""

    def private(self, case_id: str) -> PrivateDetails:
        """Raises `NotKept`: a recording holds no personal data."""
        raise NotKept(case_id)

    def reveal(self, case_id: str, why: str) -> PrivateDetails:
        """Raises `NotKept`: a recording holds no personal data."""
        raise NotKept(case_id)

    def dial(self, case_id: str) -> None:
        """Raises `NotKept`: a recording rings nobody."""
        raise NotKept(case_id)

    def history(self, owner: str) -> list[Event]:
        """The events of a case or an incident as far as they are known at the position, oldest first."""
        branch, known = self._branch, self._player.rev
        recorded = self.timeline.recording.history(owner)
        if branch is None:
            return [event for event in recorded if event.rev <= known]
        return [
            *(event for event in recorded if event.rev < branch.first_rev),
            *branch.history(owner),
        ]

    def volumes(self, first: date, last: date) -> list[DayVolumes]:
        """Volumes of those local days that are known, oldest first."""
        days = (first.isoformat(), last.isoformat())
        return [self._volumes[day] for day in sorted(self._volumes) if days[0] <= day <= days[1]]
