"""A centre inside the test that lives: commands, time, replays and mismatches, each step judged."""

import itertools
from dataclasses import replace
from random import Random
from typing import Any

from console.central import log_reader
from console.central.centre import Centre
from console.central.database import Database
from console.central.mirror import load
from console.central.snapshots import Snapshots
from console.central.store import Store
from console.central.writer import Order
from console.domain.command import Command
from console.domain.event import Event
from console.store.picture import Picture
from console.wire.codec import decode, encode, event_hash
from console.wire.commands import Answer, wrap
from console.wire.frames import Snapshot
from tests.builders import CITY, TZ
from tests.faults.acts import MAKERS, SECRET, Desk, role_for
from tests.faults.likely import likely
from tests.unit.central.desk import IN_TOWN, Wall

PAUSES_MIN = (0, 0, 0, 1, 4, 5, 11, 45, 130, 700, 2000)
"""Minutes that may pass between two acts: nothing, a rung of the ladder, a limit, a day."""


class Lie(AssertionError):
    """A promise of the protocol is broken."""


class Life:
    """One centre from its first event on. Every act ends with `judge`."""

    def __init__(self, store: Store, rnd: Random) -> None:
        """A new log in this empty store; everything random comes from `rnd`."""
        self.rnd = rnd
        self.wall = Wall()
        self.centre = Centre(
            Database(store), CITY, lambda: lambda _position: IN_TOWN, server_time=self.wall
        )
        self.centre.open()
        self.step = 0
        self.numbers = itertools.count()
        self.done: list[tuple[Order, Answer]] = []
        self.events: list[Event] = []
        self.follower = Picture.from_snapshot(self.snapshot(), TZ)
        self._hear()

    def close(self) -> None:
        """The last look at the whole log, then the end."""
        try:
            self._check_chain()
        finally:
            self.centre.database.close(clean=True)

    @property
    def desk(self) -> Desk:
        """What the next one sees."""
        return Desk(self.centre.mirror.fork(), self.rnd, self.step, self.centre.clock.now())

    def turn(self, minutes: int) -> None:
        """Time passes and what falls due is done."""
        self.wall.turn(minutes=minutes)
        self.centre.timers.fire()
        self.judge()

    def probable(self) -> None:
        """Something the rules will probably allow."""
        self.do(likely(self.desk))

    def any(self, kind: str) -> None:
        """Any command of this kind, allowed or not."""
        self.step += 1
        self.do(MAKERS[kind](self.desk))

    def do(self, *commands: Command, **fields: Any) -> list[Answer]:
        """Submit commands in one transaction, then judge."""
        self.step += 1
        orders = [self.order(command, **fields) for command in commands]
        answers = self.centre.writer.submit(orders)
        for order, answer in zip(orders, answers, strict=True):
            if answer.problem in ("rule-failed", "malformed"):
                raise Lie(f"{order.envelope.type} could not be decided: {answer}")
            if answer.status not in (400, 403):  # these are not kept: nothing was decided
                self.done.append((order, answer))
        self.judge()
        return answers

    def order(self, command: Command, **fields: Any) -> Order:
        """The command as it arrives from a seat."""
        # Counted: hypothesis makes every random number of a history the same if that breaks something.
        key = f"k-{next(self.numbers)}"
        envelope = wrap(command, key, **fields)
        return Order(envelope, command, "seat-1", role_for(command, self.rnd), IN_TOWN)

    def replay(self) -> None:
        """An earlier command again, as it was and with another body under its key."""
        if not self.done:
            return
        order, first = self.rnd.choice(self.done)
        before = self._trace()
        again, other = self.centre.writer.submit([order, _other_body(order)])
        status = 200 if first.committed else first.status
        if again != replace(first, status=status, replayed=True):
            raise Lie(f"the same key was answered {first}, then {again}")
        if (other.status, other.problem) != (422, "key-reused"):
            raise Lie(f"a used key took another body: {other}")
        self._unchanged(before, "a replay")
        self.judge()

    def mismatch(self) -> None:
        """A command that expects a version nobody has: nothing may be left of it."""
        picture = self.centre.mirror.fork()
        known = [f"case:{c.id}" for c in picture.cases.values()]
        known += [f"assignment:{a.id}" for a in picture.assignments.values()]
        ref = self.rnd.choice(known) if known else "case:C0"
        wanted: int | dict[str, str] = picture.rev + self.rnd.randrange(1, 9)
        if self.rnd.random() < 0.3:
            wanted = {"after": "a-key-of-nobody"}
        self.step += 1
        order = self.order(likely(self.desk), expect={ref: wanted})
        before = self._trace()
        (answer,) = self.centre.writer.submit([order])
        if answer.status != 412 or ref not in answer.current:
            raise Lie(f"expected {ref} at {wanted}, answered {answer}")
        self.done.append((order, answer))
        self._unchanged(before, "a mismatch")
        self.judge()

    def stand_on_own(self) -> None:
        """A chain made offline: the second command stands on what the first will make."""
        first = self.order(MAKERS["accept"](self.desk))
        case = first.command.case  # type: ignore[union-attr]
        expect: dict[str, Any] = {f"case:{case}": {"after": first.envelope.key}}
        self.step += 1
        # Its own orders only: what stands on the case must be about it.
        second = self.order(MAKERS["mark_hard"](_only(self.desk, case)), expect=expect)
        answers = self.centre.writer.submit([first, second])
        self.done += [
            (order, answer)
            for order, answer in zip((first, second), answers, strict=True)
            if answer.status not in (400, 403)
        ]
        if answers[0].committed and answers[1].status == 412:
            raise Lie(f"an own earlier command was not accepted as a precondition: {answers}")
        self.judge()

    def judge(self) -> None:
        """Rows, mirror, a fresh snapshot, and an old snapshot with the events since: all the same."""
        self._hear()
        live = self.centre.mirror.fork()
        wanted = state_of(live)
        with self.centre.database.reading() as connection:
            rows = load(connection, self.centre.epoch, TZ, self.centre.clock.setting)
        _same("the rows differ from the mirror", state_of(rows), wanted)
        fresh = Picture.from_snapshot(self.snapshot(), TZ)
        _same("a fresh snapshot differs from the mirror", state_of(fresh), wanted)
        types = [event.type for event in self.events if event.rev > self.follower.rev]
        self.follower.apply([e for e in self.events if e.rev > self.follower.rev])
        told = f"snapshot + {', '.join(types)} differs from a fresh snapshot"
        _same(told, state_of(self.follower), state_of(fresh))
        if self.follower.unknown:
            raise Lie("the picture does not know an entity of the log")
        if self.rnd.random() < 0.3:
            self.follower = fresh

    def snapshot(self) -> list[Snapshot]:
        """A snapshot as it travels, not the one that is kept for five seconds."""
        centre = self.centre
        built = Snapshots(centre.mirror, centre.clock, centre.epoch, CITY.code).current()
        return [decode(page, Snapshot) for page in built.pages]

    def _hear(self) -> None:
        """The events since the last look: dense, and nothing personal in them."""
        last = self.events[-1].rev if self.events else 0
        with self.centre.database.reading() as connection:
            new = log_reader.between(connection, last + 1, 2**60, 10_000)
        if [event.rev for event in new] != list(range(last + 1, last + 1 + len(new))):
            raise Lie(f"the log is not dense after {last}")
        if SECRET.encode() in encode(new):
            raise Lie("a citizen's data stand in the log")
        self.events += new

    def _trace(self) -> tuple[int, dict[str, Any]]:
        self._hear()
        return len(self.events), state_of(self.centre.mirror.fork())

    def _unchanged(self, before: tuple[int, dict[str, Any]], what: str) -> None:
        if self._trace() != before:
            raise Lie(f"{what} has changed something")

    def _check_chain(self) -> None:
        self._hear()
        prev = ""
        for event in self.events:
            if event.prev_hash != prev or event.hash != event_hash(event):
                raise Lie(f"the chain is broken at {event.rev}")
            prev = event.hash
        whole = Picture(tz=TZ, epoch=self.centre.epoch)
        whole.apply(self.events)
        _same("the fold of the log", state_of(whole), state_of(self.centre.mirror.fork()))


def wander(life: Life, steps: int) -> None:
    """A random walk: mostly what the rules allow, all else now and then."""
    kinds = sorted(MAKERS)
    for _ in range(steps):
        chance = life.rnd.random()
        if chance < 0.15:
            life.turn(life.rnd.choice(PAUSES_MIN))
        elif chance < 0.70:
            life.probable()
        elif chance < 0.90:
            life.any(life.rnd.choice(kinds))
        elif chance < 0.94:
            life.replay()
        elif chance < 0.97:
            life.mismatch()
        else:
            life.stand_on_own()


def state_of(picture: Picture) -> dict[str, Any]:
    """What two equal pictures have in common; the index may name an owner's orders in another order."""
    entities = ("cases", "assignments", "workers", "incidents", "turns", "handovers")
    found: dict[str, Any] = {n: getattr(picture, n) for n in ("rev", "digest", "day", *entities)}
    for name in ("of_owner", "of_worker", "of_unit"):
        found[name] = {key: sorted(ids) for key, ids in getattr(picture, name).items()}
    return found


def _same(what: str, found: dict[str, Any], wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        if found[name] != value:
            raise Lie(f"{what}: {name}: {found[name]!r} for {value!r}"[:1500])


def _only(desk: Desk, case: str) -> Desk:
    narrow = Picture(tz=desk.picture.tz)
    narrow.cases = {case: None}  # type: ignore[dict-item]
    return Desk(narrow, Random(1), desk.step, desk.now)


def _other_body(order: Order) -> Order:
    envelope = replace(order.envelope, body={**order.envelope.body, "case": "C-other"})
    return replace(order, envelope=envelope)
