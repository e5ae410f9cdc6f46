"""The centre's rules without a centre: commands change a picture in memory, timers included."""

import heapq
from collections.abc import Iterable, Sequence
from datetime import datetime

from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.event import Event, Fact, entity_ref
from console.domain.role import Role, may
from console.domain.rules import Decision, Refused, decide, fire
from console.domain.timer import Timer
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.store.reducer import change_of
from console.store.scene import (
    Locate,
    Moment,
    Setting,
    first_in_city,
    places_of,
    scene_of,
    timer_scene,
)
from console.wire.codec import BadInput
from console.wire.commands import Answer, Envelope, unwrap

SEAT = "feed:simulator"
"""Who acts where no centre knows better; entities keep it as the one who began them."""


class Offline:
    """A centre of one picture and one seat, on domain time alone (server time is the same).

    `events` are those committed since the last `take`; their hashes are left empty.
    """

    def __init__(
        self, city: City, work_time: WorkTime, locate: Locate, picture: Picture, role: Role
    ) -> None:
        """`picture` is changed in place; `role` is that of commands sent without another."""
        self.picture = picture
        self._setting = Setting(city=city, work_time=work_time)
        self._locate, self._role = locate, role
        self._timers: list[tuple[datetime, int, Timer]] = []
        self._made = 0
        self._events: list[Event] = []

    def next_timer(self) -> datetime | None:
        """When the next timer falls due."""
        return self._timers[0][0] if self._timers else None

    def watch(self, timers: Iterable[Timer]) -> None:
        """Let these fall due too, such as those that a picture taken over was waiting for."""
        for timer in timers:
            self._made += 1
            heapq.heappush(self._timers, (timer.due, self._made, timer))

    def run_timers(self, now: datetime) -> ChangeSet:
        """Do what fell due until `now`, each at its own moment."""
        changes = ChangeSet()
        while self._timers and self._timers[0][0] <= now:
            due, _, timer = heapq.heappop(self._timers)
            moment = _moment(due, due, Role.CENTRE)
            scene = timer_scene(self._setting, self.picture, timer, moment)
            decision = fire(timer, scene)
            changes.merge(self._commit(decision, due, due, Role.CENTRE, f"timer:{timer.kind}"))
        return changes

    def send(
        self, envelopes: Sequence[Envelope], now: datetime, role: Role | None = None
    ) -> tuple[list[Answer], ChangeSet]:
        """Answer the commands in order and tell what they changed; `role` when it is not the usual one."""
        answers, changes = [], ChangeSet()
        for envelope in envelopes:
            first = self.picture.rev + 1
            try:
                changes.merge(self._command(envelope, now, role or self._role))
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

    def _command(self, envelope: Envelope, now: datetime, role: Role) -> ChangeSet:
        command = unwrap(envelope)
        if not may(role, envelope.type):
            raise Refused("role", f"the role {role.value} may not {envelope.type}")
        occurred_at = min(envelope.occurred_at or now, now)
        located = first_in_city(self._locate, places_of(command))
        moment = _moment(now, occurred_at, role)
        scene = scene_of(self._setting, self.picture, command, moment, located)
        decision = decide(command, scene)
        return self._commit(decision, now, occurred_at, role, envelope.key)

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
        self.watch(decision.timers)
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
            actor=SEAT,
            role=role,
            command_id=command_id,
            type=fact.type,
            entity=entity_ref(fact.kind, fact.id),
            entity_version=rev,
            change=change_of(fact),
            note=fact.note,
        )


def _moment(now: datetime, occurred_at: datetime, role: Role) -> Moment:
    return Moment(now=now, server_now=now, occurred_at=occurred_at, actor=SEAT, role=role)
