"""The sender thread: takes commands from the outbox to the centre, in order, until each one's fate is known."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from console.client.api import Api, Problem, Unreachable
from console.client.backoff import full_jitter
from console.client.outbox import Outbox
from console.wire.commands import Answer, Envelope
from console.wire.messages import CommandMoved, Message, Stored, Tick

log = logging.getLogger(__name__)

STALE_ORDER = timedelta(seconds=60)
"""An order that waited longer is put before the operator again: the radio may have done it."""

STATUS_BATCH = 200
"""How many keys one status question carries."""

ORDERS = frozenset(
    {"dispatch", "assist", "redispatch", "verify", "recall", "call_in", "end_incident"}
    | {"rule_return", "rule_request"}
)
"""Commands that send somebody somewhere, call them back, or decide who has to go."""


class Sender:
    """One thread, one command at a time, so that what was made first arrives first."""

    def __init__(self, api: Api, outbox: Outbox, sink: Callable[[Message], None]) -> None:
        """`sink` is called on the caller's thread for ✓ and on the sender's for everything later."""
        self._api = api
        self._outbox = outbox
        self._sink = sink
        self._confirmed: set[str] = set()
        self._reconcile = threading.Event()
        self._reconcile.set()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="baton-sender", daemon=True)

    def start(self) -> None:
        """Start sending, after asking what became of commands from an earlier run."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the request under way; what is not sent stays in the outbox."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def submit(self, envelope: Envelope) -> None:
        """Store a command and have it sent; it survives a crash from here on."""
        self._outbox.put(envelope)
        self._sink(CommandMoved(envelope, Tick.STORED))
        self._wake.set()

    def release(self, key: str) -> None:
        """Send a held order after all: the operator confirmed it."""
        self._confirmed.add(key)
        self._outbox.mark(key, Tick.STORED)
        self._wake.set()

    def discard(self, key: str) -> None:
        """Drop a held order: the operator said it is void."""
        self._outbox.mark(key, Tick.REFUSED, Answer(key=key, status=410, problem="discarded"))

    def reconcile(self) -> None:
        """Ask what the centre still knows of committed commands: its log may have lost its tail."""
        self._reconcile.set()
        self._wake.set()

    def held(self) -> list[Stored]:
        """Orders that wait for the operator's word."""
        return self._outbox.with_tick(Tick.HELD)

    def waiting(self) -> int:
        """How many commands are stored and not answered yet."""
        return self._outbox.count(Tick.STORED)

    def held_count(self) -> int:
        """How many orders wait for the operator's word."""
        return self._outbox.count(Tick.HELD)

    def _run(self) -> None:
        attempt = 0
        while not self._stop.is_set():
            self._wake.clear()
            try:
                if self._reconcile.is_set():
                    self._reconcile.clear()
                    self._find_lost()
                for stored in self._outbox.with_tick(Tick.STORED):
                    if self._stop.is_set():
                        return
                    self._handle(stored)
                    attempt = 0
            except (Unreachable, Problem, sqlite3.Error) as error:
                log.warning("not sent, will be tried again: %s", error)
                self._stop.wait(full_jitter(attempt))
                attempt += 1
                continue
            except Exception:  # the last line of defence: this thread must never end by itself
                log.exception("the sender stumbled; it goes on with what can be read")
                self._stop.wait(full_jitter(attempt))
                attempt += 1
                continue
            self._wake.wait()

    def _find_lost(self) -> None:
        """A committed command that the centre does not know is lost acknowledged work."""
        committed = self._outbox.with_tick(Tick.COMMITTED)
        for first in range(0, len(committed), STATUS_BATCH):
            envelopes = [stored.envelope for stored in committed[first : first + STATUS_BATCH]]
            try:
                known = self._api.status([envelope.key for envelope in envelopes])
            except Unreachable:
                self._reconcile.set()
                raise
            except Problem as problem:
                # New orders must go out all the same; the next restart or epoch asks again.
                log.warning("the centre does not say what it knows: %s", problem)
                return
            for envelope in envelopes:
                if known.get(envelope.key) is None:
                    self._move(envelope, Tick.LOST, None)

    def _handle(self, stored: Stored) -> None:
        envelope = stored.envelope
        late = datetime.now(UTC) - stored.stored_at > STALE_ORDER
        if late and envelope.type in ORDERS and envelope.key not in self._confirmed:
            known = self._api.status([envelope.key]).get(envelope.key)
            if known is None:
                self._move(envelope, Tick.HELD, None)
                return
            self._settle(envelope, known)
            return
        self._settle(envelope, self._api.send(envelope))

    def _settle(self, envelope: Envelope, answer: Answer) -> None:
        self._confirmed.discard(envelope.key)
        tick = Tick.COMMITTED if answer.committed else Tick.REFUSED
        self._move(envelope, tick, replace(answer, key=envelope.key))

    def _move(self, envelope: Envelope, tick: Tick, answer: Answer | None) -> None:
        self._outbox.mark(envelope.key, tick, answer)
        self._sink(CommandMoved(envelope, tick, answer))
