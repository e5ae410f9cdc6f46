"""One command, one transaction: key, expectation, rules, events, stored answer, commit, reply."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from console.central import expectation, private
from console.central.answers import AnswerBook
from console.central.clock import CityClock
from console.central.database import Database
from console.central.follower import LogForked
from console.central.hygiene import tidy
from console.central.ledger import Ledger, Signature
from console.central.people import scope
from console.central.people.scope import OutOfScope
from console.central.problems import Problem
from console.central.scrub import scrub
from console.central.tables import meta
from console.domain.command import Command, HandOver
from console.domain.event import Event
from console.domain.role import Role, may, not_allowed
from console.domain.rules import Refused, decide
from console.domain.rules.scene import Located
from console.domain.scope import WHOLE, Scope
from console.store.scene import Moment, Setting, scene_of
from console.wire.codec import MAX_BODY, BadInput, encode
from console.wire.commands import Answer, Envelope
from console.wire.frames import DomainClock

log = logging.getLogger(__name__)

_EPOCH = select(meta.c.value).where(meta.c.key == "epoch")
_DETAIL_LIMIT = 300
LARGEST: dict[type[Command], int] = {HandOver: 2 * 1024 * 1024}
"""Bytes of commands that may be larger than others: a handover after a flood has a line for each case."""

EARLIEST = timedelta(days=366)
"""Nobody reports what happened longer ago."""


@dataclass(frozen=True, slots=True)
class Order:
    """One command as it arrived; `located` are the areas of its position, if it has one."""

    envelope: Envelope
    command: Command
    seat: str
    role: Role
    located: Located
    scope: Scope = WHOLE


class Writer:
    """The only hand that writes the log. Call it from one thread at a time."""

    def __init__(
        self,
        database: Database,
        epoch: str,
        setting: Setting,
        clock: CityClock,
        publish: Callable[[Sequence[Event]], None],
    ) -> None:
        """`publish` hears the committed events of each transaction, in rev order."""
        self._database = database
        self._epoch = epoch
        self._setting = setting
        self._clock = clock
        self._publish = publish

    @property
    def setting(self) -> Setting:
        """The city and its work time."""
        return self._setting

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        """A ledger whose events are published after the commit; raises `LogForked` after a restore."""
        with self._database.writing() as connection:
            ledger = Ledger(connection, self._epoch, self._tz, self._clock.server_now())
            self._fence(connection)
            yield ledger
            ledger.finish()
            if ledger.events:
                self._database.store.announce(connection)
        if ledger.events:
            self._publish(ledger.events)

    def _fence(self, connection: Connection) -> None:
        """Behind the head's lock: whoever changed the epoch has committed, or waits."""
        epoch = connection.execute(_EPOCH).scalar_one()
        if epoch != self._epoch:
            raise LogForked(f"the log is in epoch {epoch}, this process in {self._epoch}")

    @property
    def _tz(self) -> ZoneInfo:
        return self._setting.city.tz

    def submit(self, orders: Sequence[Order]) -> list[Answer]:
        """Answer each command, all of them in one transaction."""
        with self.transaction() as ledger:
            book = AnswerBook(ledger.connection, [order.envelope.key for order in orders])
            given = [self._answer(ledger, book, order) for order in orders]
            book.flush()
        return given

    def _answer(self, ledger: Ledger, book: AnswerBook, order: Order) -> Answer:
        known = book.recall(order.envelope)
        if known is not None:
            return known
        if (why := self._barred(order)) is not None:
            return _refusal(order, 403, "role", why)
        try:
            answer = self._tried(ledger, order)
        except BadInput as error:
            return _refusal(order, 400, "malformed", str(error))
        except _TooLarge as error:
            return _refusal(order, 413, "too-large", str(error))
        except OutOfScope as error:
            return _refusal(order, 403, "scope", str(error))
        book.keep(order.envelope, answer, order.seat, ledger.server_now)
        return answer

    def _barred(self, order: Order) -> str | None:
        """Why the role may not do this here."""
        role, operation, production = order.role, order.envelope.type, self._setting.city.production
        if may(role, operation, production=production):
            return None
        return not_allowed(role, operation, production=production)

    def _tried(self, ledger: Ledger, order: Order) -> Answer:
        """The answer of a command, also when it is refused; what cannot even be read is raised."""
        try:
            return self._commit(ledger, order)
        except (BadInput, _TooLarge, OutOfScope):
            raise
        except _Expired:
            return _refusal(order, 410, "expired", "it expired before it was committed")
        except expectation.Mismatch as mismatch:
            return Answer(
                key=order.envelope.key,
                status=412,
                problem="expectation",
                detail=str(mismatch),
                current=mismatch.current,
            )
        except Refused as refused:
            return _refusal(order, 422, refused.code, refused.detail)
        except IntegrityError:
            log.warning("a unique index refused %s", order.envelope.type)
            return _refusal(order, 422, "conflict", "the database holds a contrary order")
        except (SQLAlchemyError, Problem):
            raise
        except Exception:
            # A rule that fails fails for one command: those beside it and behind it must go on.
            log.exception("%s could not be decided", order.envelope.type)
            return _refusal(order, 422, "rule-failed", "the centre failed on this command")

    def _commit(self, ledger: Ledger, order: Order) -> Answer:
        envelope = order.envelope
        if envelope.expires_at is not None and envelope.expires_at <= ledger.server_now:
            raise _Expired
        command = tidy(order.command, ledger.now)
        size = len(encode(command))
        limit = LARGEST.get(type(command), MAX_BODY)
        if size > limit:
            raise _TooLarge(f"{size} bytes, at most {limit}")
        expectation.check(ledger, envelope.expect)
        # In a simulated city the feed speaks for other seats too, about its morning as well.
        late = order.role is Role.FIELD or self._clock.simulated
        occurred_at = _occurred_at(envelope, ledger.now) if late else ledger.now
        moment = Moment(
            now=ledger.now,
            server_now=ledger.server_now,
            occurred_at=occurred_at,
            actor=order.seat,
            role=order.role,
        )
        scene = scene_of(self._setting, ledger.entities, command, moment, order.located)
        scope.check(order.scope, command, scene)
        command = scrub(ledger.connection, command, scene)
        decision = decide(command, scene)
        signature = Signature(order.seat, order.role, envelope.key)
        with ledger.savepoint():
            first, last = ledger.record(decision, signature, occurred_at)
            if decision.private is not None and scene.case is None:
                private.keep(ledger.connection, decision.facts[0].id, decision.private)
        return Answer(key=envelope.key, status=201, first_rev=first, rev=last)

    def set_clock(self, wanted: DomainClock, signature: Signature) -> None:
        """Commit a new domain clock and go by it."""
        with self.transaction() as ledger:
            ledger.set_clock(wanted, signature)


class _Expired(Exception):
    """The sender does not want it any more."""


class _TooLarge(Exception):
    """Even cut to size the command is too big."""


def _occurred_at(envelope: Envelope, now: datetime) -> datetime:
    """When the field says it happened; nobody reports the future."""
    if envelope.occurred_at is None:
        return now
    if envelope.occurred_at < now - EARLIEST:
        raise Refused("bad-time", "occurred_at: more than a year ago")
    return min(envelope.occurred_at, now)


def _refusal(order: Order, status: int, problem: str, detail: str) -> Answer:
    return Answer(
        key=order.envelope.key, status=status, problem=problem, detail=detail[:_DETAIL_LIMIT]
    )
