"""Keeps a city living: knows who acts next and turns what falls due into commands."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.city import City
from console.domain.command import Command, SetDuty
from console.domain.event import EntityKind, entity_ref
from console.domain.role import Role
from console.field import linkage
from console.field.agenda import Agenda, Subject
from console.field.calls import Call
from console.field.centre import HUMAN_SHARE, Centre
from console.field.chance import Chance
from console.field.chiefs import Chiefs
from console.field.emergency import Emergency
from console.field.ends import toward
from console.field.ids import new_id
from console.field.people import People
from console.field.receivers import Receivers
from console.field.reply import next_reply
from console.field.roster import Roster
from console.field.step import Step
from console.field.watch import Watch
from console.field.ways import Ways
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.wire.commands import Answer, Envelope, wrap

CallsOfDay = Callable[[date], Sequence[Call]]
"""The calls of a local day, in the order of time."""

CASE, ORDER, WORKER, INCIDENT, LOOK = "case", "order", "worker", "incident", "look"
_KINDS = {
    CASE: EntityKind.CASE,
    ORDER: EntityKind.ASSIGNMENT,
    INCIDENT: EntityKind.INCIDENT,
}
_OVERDUE: Subject = (LOOK, "overdue")
"""The duty chief's look at what is overdue."""

_TRIES = 3
_TRY_AGAIN = timedelta(minutes=1)
_OVERTIME = timedelta(minutes=10)
_LATEST_REPORT = timedelta(minutes=10)
_MISSED = timedelta(minutes=30)


class Driver:
    """Callers, receivers, seats and shifts of one city over one picture.

    Whoever owns the driver owns the clock and the wire: it tells what changed (`restart`, `note`),
    asks what falls due (`due`), sends it in the roles that `roles` names, and hands back the
    answers (`answered`). The commands' keys follow from seed, subject and the state that was seen,
    so a driver that is started anew over the same state gives the same commands with the same keys
    and doubles nothing. `tag` keeps the keys of a rehearsal apart; `expecting` makes commands fail
    when somebody else changed the entity first.
    """

    def __init__(
        self,
        city: City,
        seed: int,
        people: People,
        calls_of_day: CallsOfDay,
        *,
        ends: Mapping[str, datetime] | None = None,
        share: float = HUMAN_SHARE,
        shifts: bool = True,
        tag: str = "live",
        expecting: bool = True,
        chance: Chance | None = None,
        leaves: Collection[type[Command]] = (),
        attended: bool = True,
        absent: Collection[Role] = (),
        storms: Collection[date] = (),
    ) -> None:
        """`ends` are known ends of cases by id; without `shifts` nobody is sent on or off duty.

        `chance` is the luck where it is not the seed's own; commands of the kinds in `leaves`, and
        those of the roles in `absent`, the simulated seats leave to people. While it is `attended`
        the simulated duty chiefs leave the people at real consoles their time. On the local days in
        `storms` a simulated emergency seat starts incidents: nobody else sits there.
        """
        self._city, self._seed, self._tag, self._expecting = city, seed, tag, expecting
        self._calls_of_day, self._shifts = calls_of_day, shifts
        self._ends = ends or {}
        chance = chance or Chance(seed)
        self._leaves = frozenset(leaves)
        self._absent, self._chance = absent, chance
        self._centre, self._receivers = Centre(city, chance, share), Receivers(city, chance)
        self._chiefs = Chiefs(city, chance, attended=attended and share > 0)
        self._watch = None if attended else Watch(city, chance)
        self._emergency = Emergency(city, chance, storms)
        self._ways = Ways(city, people)
        self.roster = Roster(city, chance)
        self.picture = Picture(tz=city.tz)
        self._agenda = Agenda()
        self._tries: dict[str, int] = {}
        self._waiting: dict[str, Subject] = {}
        self.roles: dict[str, Role] = {}
        """Who gives a command that is under way, by its key, where it is not the field."""
        self._day: date | None = None
        self._calls: Sequence[Call] = ()
        self._next_call = 0

    def restart(self, picture: Picture, now: datetime, since: datetime | None = None) -> None:
        """Go on over a new picture: all is planned anew, calls from `since` on (half an hour ago) come in.

        Calls that were taken in before are harmless: their keys are the same.
        """
        self.picture = picture
        self._agenda = Agenda()
        self._tries.clear()
        self._waiting.clear()
        self.roles.clear()
        self._load_day(now, since or now - _MISSED)
        for case in picture.cases.values():
            self._plan_case(case, now)
        for incident in picture.incidents:
            self._plan_incident(incident, now)
        self._plan_look(now)
        if self._shifts:
            for worker in self._city.workers:
                self._plan_worker(worker, now)

    def note(self, changes: ChangeSet, now: datetime) -> None:
        """The picture has changed: plan anew whom it concerns."""
        for case_id in changes.cases:
            case = self.picture.cases.get(case_id)
            if case is not None:
                self._plan_case(case, now)
        for case_id in changes.removed_cases:
            self._agenda.plan((CASE, case_id), None)
        for incident in changes.incidents:
            self._plan_incident(incident, now)
        if self._shifts:
            for worker in changes.workers:
                self._plan_worker(worker, now)

    def next_at(self) -> datetime | None:
        """When something falls due next."""
        moments = [self._agenda.next_at()]
        if self._next_call < len(self._calls):
            moments.append(self._calls[self._next_call].at)
        return min((m for m in moments if m is not None), default=None)

    def due(self, now: datetime, limit: int) -> list[Envelope]:
        """The commands due at `now`, at most `limit`, in the order of their times."""
        self._load_day(now, None)
        found: list[Envelope] = []
        while len(found) < limit:
            call, at = self._call_due(now), self._agenda.next_at()
            if call is not None and (at is None or call.at <= at):
                self._next_call += 1
                found.append(self._accept(call))
            elif (popped := self._agenda.pop(now)) is not None:
                found.extend(self._act(*popped, now))
            else:
                break
        return found

    def answered(self, answers: Sequence[Answer], now: datetime) -> None:
        """What the centre said. A refused subject looks again a little later, a few times."""
        for answer in answers:
            subject = self._waiting.pop(answer.key, None)
            self.roles.pop(answer.key, None)
            if subject is None or answer.committed:
                continue
            step_key = self._step_key(subject)
            self._tries[step_key] = self._tries.get(step_key, 0) + 1
            if self._tries[step_key] < _TRIES:
                self._agenda.plan(subject, now + _TRY_AGAIN)

    # Calls

    def _load_day(self, now: datetime, since: datetime | None) -> None:
        day = now.astimezone(self._city.tz).date()
        if day == self._day and since is None:
            return
        late = [c for c in self._calls[self._next_call :] if c.at <= now] if since is None else []
        self._day = day
        calls = self._calls_of_day(day)
        self._calls = [*late, *calls]
        self._next_call = 0
        if since is not None:
            while self._next_call < len(calls) and calls[self._next_call].at < since:
                self._next_call += 1

    def _call_due(self, now: datetime) -> Call | None:
        if self._next_call < len(self._calls) and self._calls[self._next_call].at <= now:
            return self._calls[self._next_call]
        return None

    def _accept(self, call: Call) -> Envelope:
        # The same call is the same intention, whether it is rehearsed, live or told again.
        key = new_id(self._seed, "call", call.accept.case)
        return wrap(call.accept, key, occurred_at=call.at)

    # Steps

    def _plan_case(self, case: Case, now: datetime) -> None:
        self._plan_step((CASE, case.id), now)
        self._plan_orders(case.id, now)

    def _plan_incident(self, incident: str, now: datetime) -> None:
        self._plan_step((INCIDENT, incident), now)
        self._plan_orders(incident, now)

    def _plan_look(self, now: datetime) -> None:
        if self._watch is not None:
            self._agenda.plan(_OVERDUE, self._watch.next_look(now))

    def _plan_orders(self, owner: str, now: datetime) -> None:
        """The orders of a case or an incident."""
        for order in self.picture.orders_of(owner):
            if order.active:
                self._plan_step((ORDER, order.id), now)

    def _plan_step(self, subject: Subject, now: datetime) -> None:
        if self._tries and self._step_key(subject) in self._tries:
            return  # it was refused in this very state: `answered` has said when to look again
        step = self._step(subject, now)
        self._agenda.plan(subject, None if step is None else step.at)

    def _plan_worker(self, worker: str, now: datetime) -> None:
        person = self._city.workers.get(worker)
        if person is None:
            return
        wrong = self._is_on_duty(worker) != self.roster.on_duty(person, now)
        self._agenda.plan((WORKER, worker), now if wrong else self.roster.next_change(person, now))

    def _step(self, subject: Subject, now: datetime) -> Step | None:
        kind, entity_id = subject
        if kind == CASE:
            case = self.picture.cases.get(entity_id)
            return None if case is None else self._case_step(case, now)
        if kind == INCIDENT:
            return self._incident_step(entity_id)
        if kind == LOOK:
            return self._look_step(now)
        order = self.picture.assignments.get(entity_id)
        return None if order is None else self._order_step(order, now)

    def _incident_step(self, incident_id: str) -> Step | None:
        incident = self.picture.incidents.get(incident_id)
        step = None if incident is None else self._emergency.with_incident(incident, self.picture)
        return None if step is None or self._left(step) else step

    def _look_step(self, now: datetime) -> Step | None:
        """What a look at `now` leads to."""
        if self._watch is None:
            return None
        command = self._watch.look(self.picture.cases.values(), now)
        step = None if command is None else Step(now, command, Role.DUTY_CHIEF)
        return None if step is None or self._left(step) else step

    def _order_step(self, order: Assignment, now: datetime) -> Step | None:
        travel = self._ways.seconds(self.picture, order)
        if order.incident is not None:
            incident = self.picture.incidents.get(order.incident)
            if incident is None:
                return None
            return linkage.next_step(order, incident, self._chance, travel)
        case = self.picture.cases.get(order.case or "")
        if case is None:
            return None
        steady = case.id in self._ends
        step = self._receivers.next_step(case, order, now, travel, steady=steady)
        return self._bent(step, case)

    def _case_step(self, case: Case, now: datetime) -> Step | None:
        """The first thing that a seat of the centre, somebody above or the case's unit does next."""
        orders = list(self.picture.orders_of(case.id))
        steps = (
            self._centre.next_step(case, orders, now, lambda worker: self._free(worker, now)),
            self._chiefs.next_step(case, orders),
            next_reply(case, orders, self._city, self._chance),
            self._emergency.with_case(case, self.picture),
            self._watch.judgement(case) if self._watch is not None else None,
        )
        mine = [step for step in steps if step is not None and not self._left(step)]
        return self._bent(min(mine, key=lambda step: step.at, default=None), case)

    def _left(self, step: Step) -> bool:
        """Whether the step is left to people."""
        return type(step.command) in self._leaves or step.role in self._absent

    def _bent(self, step: Step | None, case: Case) -> Step | None:
        end = self._ends.get(case.id)
        return step if step is None or end is None else toward(step, case, end)

    def _act(self, at: datetime, subject: Subject, now: datetime) -> list[Envelope]:
        """The command of a subject that has come due, looked at again as things stand now."""
        kind, entity_id = subject
        if kind == WORKER:
            return self._change_duty(entity_id, now)
        if kind == LOOK:
            self._plan_look(now)
        tries = self._tries.get(self._step_key(subject), 0)
        step = self._step(subject, at)
        if step is None:
            return []
        if step.at > now:
            self._agenda.plan(subject, step.at)
            return []
        happened = step.at if tries == 0 else now
        return [self._wrap(subject, step, max(happened, now - _LATEST_REPORT))]

    def _wrap(self, subject: Subject, step: Step, at: datetime) -> Envelope:
        kind, entity_id = subject
        version = self._version(subject)
        tried = self._tries.get(self._step_key(subject), 0)
        operation = type(step.command).__name__
        key = new_id(self._seed, self._tag, operation, entity_id, version, tried)
        self._waiting[key] = subject
        if step.role is not Role.FIELD:
            self.roles[key] = step.role
        seen = self._expecting and kind in _KINDS
        expect = {entity_ref(_KINDS[kind], entity_id): version} if seen else {}
        return wrap(step.command, key, expect, occurred_at=at)

    def _version(self, subject: Subject) -> int:
        kind, entity_id = subject
        if kind == LOOK:
            return self.picture.rev
        entity = self.picture.find(_KINDS[kind], entity_id)
        return entity.version if entity is not None else 0

    def _step_key(self, subject: Subject) -> str:
        return f"{subject[1]}:{self._version(subject)}"

    # Shifts

    def _is_on_duty(self, worker: str) -> bool:
        duty = self.picture.workers.get(worker)
        return duty is not None and duty.on_duty

    def _free(self, worker: str, now: datetime) -> bool:
        """Whether the centre would give the worker something now."""
        person = self._city.workers[worker]
        on_duty = self._is_on_duty(worker) if self._shifts else self.roster.on_duty(person, now)
        return on_duty and self.picture.load_of_worker(worker) < 3

    def _change_duty(self, worker: str, now: datetime) -> list[Envelope]:
        person = self._city.workers[worker]
        wanted = self.roster.on_duty(person, now)
        if wanted == self._is_on_duty(worker):
            self._agenda.plan((WORKER, worker), self.roster.next_change(person, now))
            return []
        if not wanted and self.picture.load_of_worker(worker):
            # Nobody drops what they have in hand because the shift is over.
            self._agenda.plan((WORKER, worker), now + _OVERTIME)
            return []
        duty = self.picture.workers.get(worker)
        version = duty.version if duty is not None else 0
        key = new_id(self._seed, self._tag, "duty", worker, version, wanted)
        self._agenda.plan((WORKER, worker), self.roster.next_change(person, now))
        began = self.roster.began(person, now)
        return [wrap(SetDuty(worker=worker, on_duty=wanted), key, occurred_at=began or now)]
