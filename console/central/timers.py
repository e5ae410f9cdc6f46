"""Fires the timers the centre holds: each once, as a committed decision of the centre."""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy.exc import OperationalError

from console.central import timer_rows
from console.central.clock import CityClock
from console.central.database import Database
from console.central.ledger import CENTRE_SEAT, Ledger, Signature
from console.central.writer import Writer
from console.domain.role import Role
from console.domain.rules import fire
from console.domain.timer import TimeBasis, Timer, TimerKind
from console.store.scene import Moment, timer_scene

log = logging.getLogger(__name__)

POLL_S = 0.25
"""Real seconds between two looks at what has fallen due."""

_AT_ONCE = 200


class Timers:
    """Call `fire` from the writer's thread."""

    def __init__(self, database: Database, writer: Writer, clock: CityClock) -> None:
        """Nothing fires before `fire`."""
        self._database = database
        self._writer = writer
        self._clock = clock

    def fire(self) -> int:
        """Commit every act that has fallen due, also those that follow from it; how many."""
        fired = 0
        while self._any_due():
            with self._writer.transaction() as ledger:
                some = self._fire_some(ledger)
            if some == 0:  # another process has set the clock, and this one has not heard of it yet
                break
            fired += some
        return fired

    def _any_due(self) -> bool:
        """Looks without taking the writer's lock: mostly nothing is due."""
        now = self._clock.server_now()
        with self._database.reading() as connection:
            return bool(timer_rows.due(connection, self._clock.now(now), now, 1))

    def _fire_some(self, ledger: Ledger) -> int:
        """Fire in the order of the due times, up to `_AT_ONCE` in a transaction."""
        fired = 0
        while fired < _AT_ONCE:
            found = timer_rows.due(ledger.connection, ledger.now, ledger.server_now, _AT_ONCE)
            if not found:
                break
            for row in found:
                if not timer_rows.claim(ledger.connection, row.id):
                    continue
                fired += 1
                if self._act(ledger, row):
                    break  # a timer it has set may fall due before the others found
        return fired

    def _act(self, ledger: Ledger, row: Any) -> bool:
        """Commit what the timer causes; whether that has set another timer."""
        try:
            with ledger.savepoint():
                return self._decide(ledger, row)
        except OperationalError:
            # The disk, not the timer: the claim must not be committed, it is tried again.
            raise
        except Exception:
            # One timer that cannot be decided must not hold up all the others for ever.
            log.exception("timer %s (%s of %s) was dropped", row.id, row.kind, row.entity)
            return False

    def _decide(self, ledger: Ledger, row: Any) -> bool:
        timer = timer_rows.timer_of(row)
        if timer.kind is TimerKind.DAY_BEGINS:  # the transaction itself has begun the day
            return False
        occurred_at = self._occurred_at(timer, ledger.now)
        moment = Moment(
            now=ledger.now,
            server_now=ledger.server_now,
            occurred_at=occurred_at,
            actor=CENTRE_SEAT,
            role=Role.CENTRE,
        )
        scene = timer_scene(self._writer.setting, ledger.entities, timer, moment)
        decision = fire(timer, scene)
        signature = Signature(CENTRE_SEAT, Role.CENTRE, f"timer:{row.id}")
        ledger.record(decision, signature, occurred_at)
        return bool(decision.timers)

    def _occurred_at(self, timer: Timer, now: datetime) -> datetime:
        """A simulated clock jumps: what it passed happened when it was due. A real centre acts now."""
        if timer.basis is TimeBasis.DOMAIN and self._clock.simulated:
            return min(timer.due, now)
        return now
