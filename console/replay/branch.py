"""A day taken over: from one moment on the trainee decides and the simulated field answers."""

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.command import Assist, Dispatch
from console.domain.event import Event
from console.domain.role import OPERATIONS, Role, may
from console.domain.worker import Fix
from console.field.calls import Call, PointInGrid
from console.field.driver import Driver
from console.field.ids import new_id
from console.field.offline import Offline
from console.field.pending import pending
from console.field.people import People
from console.geo.holidays import is_workday
from console.replay.known import Known, known_after
from console.replay.luck import SharedLuck
from console.replay.playback import Playback
from console.replay.problem import believing
from console.replay.recording import events_about
from console.replay.timeline import Timeline
from console.replay.whereabouts import Whereabouts
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.store.scene import Locate
from console.wire.commands import Answer, Envelope

LEFT_TO_PEOPLE = (Dispatch, Assist)
"""What no simulated seat does in a branch: giving orders is what is trained."""

_SEED = 1
"""Of the field in a day that really happened: any, as long as it is always the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The city a branch lives in: its pack, the areas of a point, points in a grid (`field.geometry`)."""

    city: City
    locate: Locate
    point_in_grid: PointInGrid


class Branch(Playback):
    """One board's taken-over day. Calls come as recorded, decisions are the trainee's alone.

    It begins paused at `begun`, with an epoch of its own and revs that go on from there. Units,
    workers, checks, call-backs and first rulings are simulated with the luck of history. Nothing is
    written anywhere; whoever drops the branch is back in history.
    """

    def __init__(
        self,
        timeline: Timeline,
        begun: datetime,
        world: World,
        absent: Collection[Role] = (),
    ) -> None:
        """Forks the picture as known at `begun` (UTC domain time).

        The rulings of the roles in `absent` are the trainee's too, such as a duty chief's. Raises
        `RecordingProblem` where the recording holds what cannot be; `step` does too.
        """
        super().__init__(timeline, begun, "taken-over")
        self.begun = self._position
        self.events: list[Event] = []
        """All that happened in the branch, in rev order."""
        recording, city = timeline.recording, world.city
        is_made = "seed" in recording.about.made
        seed = int(recording.about.made.get("seed", _SEED))
        self._picture = timeline.picture_at(self.begun)
        self._name = recording.about.day.isoformat()
        with believing(self._name, f"what was known at {self.begun:%H:%M} UTC"):
            self._picture.epoch = new_id(seed, "branch", recording.about.epoch, self._picture.rev)[
                :12
            ]
            self._luck = SharedLuck(seed, recording)
            self._world = world
            work_time = WorkTime(city.calendar, city.tz, is_workday)
            self._centre = Offline(city, work_time, world.locate, self._picture, Role.FIELD)
            self._centre.watch(pending(self._picture, city.policy))
            people = People(city, self._luck, world.point_in_grid)
            self._driver = Driver(
                city,
                seed,
                people,
                _no_calls,
                shifts=is_made,
                tag="branch",
                expecting=False,
                chance=self._luck,
                leaves=LEFT_TO_PEOPLE,
                attended=False,
                absent=absent,
            )
            self._driver.restart(self._picture, self.begun)
            told = self._picture.rev - recording.start.rev
            self.first_rev = self._picture.rev + 1
            self._known = deque(known_after(recording, told, duty=not is_made))
            self._where = Whereabouts(city, people, timeline, self.begun, self._picture)
            self._moved: list[Fix] = []
            self._told = 0

    @property
    def city(self) -> City:
        """The city it happens in."""
        return self._world.city

    @property
    def picture(self) -> Picture:
        """The branch's state as of the last step and command; to read only."""
        return self._picture

    def submit(self, envelope: Envelope, role: Role = Role.DISPATCHER) -> Answer:
        """Decide a command of the trainee now, at the position; its events come with the next step.

        The trainee sits at every desk: where `role` may not do it, whoever may is taken to do it.
        """
        seat = acting(envelope.type, role)
        with believing(self._name, f"what was known at {self._position:%H:%M} UTC"):
            answers, changes = self._centre.send([envelope], self._position, seat)
            for order_id in changes.assignments:
                worker = self._picture.assignments[order_id].worker
                if worker is not None:
                    self._where.divert(worker, self._position)
            self._note(changes, self._position)
        return answers[0]

    def run_until(self, moment: datetime) -> None:
        """Let time pass up to a domain time (aware) without telling anybody."""
        before = self._position
        self._position = max(before, self._within(moment))
        self._happen(before)

    def history(self, owner: str) -> list[Event]:
        """What happened to a case or an incident and its orders since the branch began."""
        orders = [order.id for order in self._picture.orders_of(owner)]
        return events_about(owner, orders, list(self.events))

    def metres(self) -> float:
        """Metres that all workers covered in the branch so far, in straight lines between samples."""
        return self._where.metres(self._position)

    def _whole(self) -> Picture:
        self._told = len(self.events)
        return self._picture

    def _happen(self, before: datetime) -> tuple[Sequence[Event], Sequence[Fix]]:
        with believing(self._name, f"what happened until {self._position:%H:%M} UTC"):
            fixes = self._run(before)
        told, self._told = self.events[self._told :], len(self.events)
        return told, fixes

    def _run(self, before: datetime) -> list[Fix]:
        """Everything that falls due until the position; the positions to tell."""
        now = before
        while (due := self._next_at()) is not None and due <= self._position:
            now = max(now, due)
            self._act(now)
        fixes = [*self._where.recorded(before, self._position), *self._moved]
        self._moved = []
        self._picture.put_fixes(fixes)
        return fixes

    def _next_at(self) -> datetime | None:
        """When something falls due next."""
        moments = [self._driver.next_at(), self._centre.next_timer(), self._where.next_at()]
        if self._known:
            moments.append(self._known[0].at)
        return min((moment for moment in moments if moment is not None), default=None)

    def _act(self, now: datetime) -> None:
        """Everything that has fallen due by `now`, but one act of the field: others may follow from it."""
        self._note(self._centre.run_timers(now), now)
        while self._known and self._known[0].at <= now:
            self._note(self._tell(self._known.popleft()), now)
        for envelope in self._driver.due(now, limit=1):
            seat = self._driver.roles.get(envelope.key)
            answers, changes = self._centre.send([envelope], now, seat)
            self._driver.answered(answers, now)
            self._note(changes, now)
        self._moved += self._where.sample(now)

    def _tell(self, known: Known) -> ChangeSet:
        """What was recorded happens in the branch too."""
        changes = ChangeSet()
        for event in known.events:
            rev = self._picture.rev + 1
            here = replace(
                event,
                rev=rev,
                epoch=self._picture.epoch,
                at=known.at,
                entity_version=rev,
                prev_hash="",
                hash="",
            )
            changes.merge(self._picture.apply([here]))
            self.events.append(here)
        return changes

    def _note(self, changes: ChangeSet, now: datetime) -> None:
        """Keep what the centre committed, give new orders their luck, and let the field look at it."""
        self.events += self._centre.take()
        for order_id in changes.assignments:
            self._luck.pair(self._picture.assignments[order_id], self._picture)
        if changes:
            self._driver.note(changes, now)


def acting(operation: str, role: Role) -> Role:
    """The role itself where it may do the operation, else the first that may; the role where nobody may."""
    if may(role, operation):
        return role
    allowed = OPERATIONS.get(operation, frozenset())
    return next((r for r in Role if r in allowed), role)


def _no_calls(_: date) -> Sequence[Call]:
    """The calls of a branch are history's (see known.py)."""
    return ()
