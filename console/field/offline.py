"""The centre's rules without a centre: commands change a picture in memory, timers included."""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime

from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.command import Accept, Command, PinPlace
from console.domain.event import Event, Fact, entity_ref
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules import Refused, decide
from console.domain.rules.scene import Decision, Located, Scene
from console.domain.rules.timing import announce, escalate, response_due
from console.domain.timer import Timer, TimerKind
from console.domain.worker import WorkerDuty
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.store.reducer import change_of
from console.wire.codec import BadInput
from console.wire.commands import Answer, Envelope, unwrap

Locate = Callable[[Position], Located]
"""The areas a position lies in."""

_DECIDERS: dict[TimerKind, Callable[[Timer, Scene], Decision]] = {
    TimerKind.ANNOUNCE: announce,
    TimerKind.ESCALATE: escalate,
    TimerKind.RESPONSE_DUE: response_due,
}
_ACTOR = "offline"


class Offline:
    """A centre of one picture and one seat, on domain time alone (server time is the same).

    `events` are those committed since the last `take`; their hashes are left empty.
    """

    def __init__(
        self, city: City, work_time: WorkTime, locate: Locate, picture: Picture, role: Role
    ) -> None:
        """`picture` is changed in place; `role` is that of all commands sent."""
        self.picture = picture
        self._city, self._work_time, self._locate, self._role = city, work_time, locate, role
        self._timers: list[tuple[datetime, int, Timer]] = []
        self._made = 0
        self._events: list[Event] = []

    def next_timer(self) -> datetime | None:
        """When the next timer falls due."""
        return self._timers[0][0] if self._timers else None

    def run_timers(self, now: datetime) -> ChangeSet:
        """Do what fell due until `now`, each at its own moment."""
        changes = ChangeSet()
        while self._timers and self._timers[0][0] <= now:
            due, _, timer = heapq.heappop(self._timers)
            scene = self._timer_scene(timer, due)
            decision = _DECIDERS[timer.kind](timer, scene)
            changes.merge(self._commit(decision, due, due, Role.CENTRE, f"timer:{timer.kind}"))
        return changes

    def send(self, envelopes: Sequence[Envelope], now: datetime) -> tuple[list[Answer], ChangeSet]:
        """Answer the commands in order and tell what they changed."""
        answers, changes = [], ChangeSet()
        for envelope in envelopes:
            first = self.picture.rev + 1
            try:
                changes.merge(self._command(envelope, now))
            except (Refused, BadInput) as refusal:
                code = refusal.code if isinstance(refusal, Refused) else "malformed"
                refused = Answer(key=envelope.key, status=422, problem=code, detail=str(refusal))
                answers.append(refused)
                continue
            last = self.picture.rev
            answers.append(Answer(key=envelope.key, status=201, first_rev=first, rev=last))
        return answers, changes

    def take(self) -> list[Event]:
        """The events committed since this was last asked."""
        taken, self._events = self._events, []
        return taken

    def _command(self, envelope: Envelope, now: datetime) -> ChangeSet:
        command = unwrap(envelope)
        occurred_at = min(envelope.occurred_at or now, now)
        scene = self._scene(command, now, occurred_at)
        decision = decide(command, scene)
        return self._commit(decision, now, occurred_at, self._role, envelope.key)

    def _scene(self, command: Command, now: datetime, occurred_at: datetime) -> Scene:
        order = self.picture.assignments.get(getattr(command, "assignment", ""))
        case_id = getattr(command, "case", None) or (order.case if order is not None else "")
        return Scene(
            city=self._city,
            work_time=self._work_time,
            now=now,
            server_now=now,
            occurred_at=occurred_at,
            actor=_ACTOR,
            role=self._role,
            case=self.picture.cases.get(case_id),
            assignments=tuple(self.picture.orders_of(case_id)),
            assignment=order,
            main=self.picture.cases.get(getattr(command, "main", "")),
            duty=self._duty(getattr(command, "worker", None)),
            located=self._located(command),
        )

    def _duty(self, worker: str | None) -> WorkerDuty | None:
        return self.picture.workers.get(worker) if worker is not None else None

    def _located(self, command: Command) -> Located:
        if not isinstance(command, Accept | PinPlace) or command.position is None:
            return Located()
        return self._locate(command.position)

    def _timer_scene(self, timer: Timer, due: datetime) -> Scene:
        order = self.picture.assignments.get(timer.entity.partition(":")[2])
        case_id = order.case if order is not None else ""
        return Scene(
            city=self._city,
            work_time=self._work_time,
            now=due,
            server_now=due,
            occurred_at=due,
            actor=_ACTOR,
            role=Role.CENTRE,
            case=self.picture.cases.get(case_id),
            assignments=tuple(self.picture.orders_of(case_id)),
            assignment=order,
        )

    def _commit(
        self,
        decision: Decision,
        now: datetime,
        occurred_at: datetime,
        role: Role,
        command_id: str,
    ) -> ChangeSet:
        events = [
            self._event(fact, n, now, occurred_at, role, command_id)
            for n, fact in enumerate(decision.facts, self.picture.rev + 1)
        ]
        for timer in decision.timers:
            self._made += 1
            heapq.heappush(self._timers, (timer.due, self._made, timer))
        self._events += events
        return self.picture.apply(events)

    def _event(
        self,
        fact: Fact,
        rev: int,
        now: datetime,
        occurred_at: datetime,
        role: Role,
        command_id: str,
    ) -> Event:
        return Event(
            rev=rev,
            epoch=self.picture.epoch,
            at=now,
            occurred_at=occurred_at,
            actor=_ACTOR,
            role=role,
            command_id=command_id,
            type=fact.type,
            entity=entity_ref(fact.kind, fact.id),
            entity_version=rev,
            change=change_of(fact),
            note=fact.note,
        )
