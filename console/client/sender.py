"""The sender thread: takes commands from the outbox to the centre until each one's fate is known.

Order is kept where it matters and only there: among commands about the same case, incident or other
entity, and along a chain (`expect: {after: key}`). Of different owners the one may overtake the other:
their commands do not read or write each other's state, the centre decides each on its own, and `rev`
tells everybody the one order in which they came to be. A command that the centre cannot digest must
not keep ambulances of other cases waiting behind it.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace

from console.client.api import Api
from console.client.backoff import full_jitter
from console.client.lost import find_lost
from console.client.order_age import OrderAge
from console.client.outbox import Outbox
from console.client.owners import Owners
from console.client.refusals import Problem, Troubled, Unreachable, is_for_all
from console.client.turns import ready
from console.client.waits import Waits
from console.wire.commands import Answer, Envelope
from console.wire.elapsed import elapsed_s
from console.wire.messages import CommandMoved, Message, NotStored, RowsSetAside, Stored, Tick

log = logging.getLogger(__name__)

ENOUGH = 3
"""Commands in a row on which the centre fails: then it is the centre, and all of them wait."""


WRITE_AGAIN_S = 5.0
"""How often a disk that took nothing is tried again, seconds."""


class Sender:
    """One thread, one command at a time."""

    def __init__(
        self,
        api: Api,
        outbox: Outbox,
        sink: Callable[[Message], None],
        owners: Owners | None = None,
        elapsed: Callable[[], float] = elapsed_s,
    ) -> None:
        """`sink` is called on the caller's thread for ✓ and on the sender's for everything later."""
        self._api = api
        self._outbox = outbox
        self._sink = sink
        self._owners = owners if owners is not None else Owners()
        for tick in (Tick.STORED, Tick.HELD):
            self._owners.learn_own(stored.envelope for stored in outbox.with_tick(tick))
        self._age = OrderAge(elapsed)
        self._waits = Waits(elapsed)
        self._failures = 0
        self._confirmed: set[str] = set()
        self._unwritten: dict[str, CommandMoved] = {}
        self._told: RowsSetAside | None = None
        self._reconcile = threading.Event()
        self._reconcile.set()
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="baton-sender", daemon=True)

    def start(self) -> None:
        """Start sending, after asking what became of commands from an earlier run.

        What was found lost then, and nobody has acknowledged, is told again.
        """
        for stored in self._outbox.with_tick(Tick.LOST):
            self._sink(CommandMoved(stored.envelope, Tick.LOST, stored.answer))
        self._thread.start()

    def stop(self) -> None:
        """Stop after the request under way; what is not sent stays in the outbox."""
        self._stop.set()
        self.hurry()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def submit(self, envelope: Envelope) -> None:
        """Store a command and have it sent; it survives a crash from here on. Raises `NotStored`."""
        self._outbox.put(envelope, self._owners.refs(envelope))
        self._age.made(envelope.key)
        self._sink(CommandMoved(envelope, Tick.STORED))
        self._wake.set()

    def release(self, key: str) -> None:
        """Send a held order after all: the operator confirmed it. Raises `NotStored`."""
        self._confirmed.add(key)
        self._write(key, Tick.STORED)
        self._wake.set()

    def discard(self, key: str) -> None:
        """Drop a held or lost order: the operator knows that it is void. Raises `NotStored`."""
        self._write(key, Tick.REFUSED, Answer(key=key, status=410, problem="discarded"))
        self._wake.set()

    def _write(self, key: str, tick: Tick, answer: Answer | None = None) -> None:
        try:
            self._outbox.mark(key, tick, answer)
        except sqlite3.Error as error:
            raise NotStored(str(error)) from error

    def reconcile(self) -> None:
        """Ask what the centre still knows of committed commands: its log may have lost its tail."""
        self._reconcile.set()
        self._wake.set()

    def hurry(self) -> None:
        """Wait no longer for the next try: somebody has logged in, or the machine woke up."""
        self._hurry.set()
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
        while not self._stop.is_set():
            self._wake.clear()
            self._hurry.clear()
            at_least = 0.0
            try:
                self._round()
            except (Unreachable, sqlite3.Error) as error:
                log.warning("not sent, will be tried again: %s", error)
            except Problem as problem:
                log.warning("not sent, will be tried again: %s", problem)
                at_least = problem.wait_s
            except Exception:  # the last line of defence: this thread must never end by itself
                log.exception("the sender stumbled; it goes on with what can be read")
            else:
                self._wake.wait(self._rest_s())
                continue
            self._hurry.wait(at_least + full_jitter(self._failures))
            self._failures += 1

    def _round(self) -> None:
        """Try whatever may go now, oldest first; raises what keeps everything from going."""
        self._tell_set_aside()
        self._write_again()
        self._ask_for_lost()
        # The held ones first: one that is confirmed between the two looks is then in both, and what
        # stands on it waits a round. The other way round it would be in neither, and be overtaken.
        held = {stored.envelope.key for stored in self._outbox.with_tick(Tick.HELD)}
        queue = self._queue()
        in_trouble = 0
        while turn := ready(queue, held, self._waits, self._must_ask):
            for stored in turn:
                if self._stop.is_set():
                    return
                try:
                    fate = self._attempt(stored)
                except Troubled as trouble:
                    log.warning("%s is set aside for a while: %s", stored.envelope.key, trouble)
                    in_trouble += 1
                    if in_trouble == ENOUGH:
                        raise Unreachable(f"the centre is in trouble: {trouble}") from trouble
                    continue
                in_trouble = 0
                if fate is not None:
                    queue.remove(stored)
                if fate is Tick.HELD:
                    held.add(stored.envelope.key)

    def _queue(self) -> list[Stored]:
        """What is not settled, oldest first, with all that is known now of what it is about."""
        return [
            replace(one, refs=one.refs | self._owners.refs(one.envelope))
            for one in self._outbox.with_tick(Tick.STORED)
            if one.envelope.key not in self._unwritten
        ]

    def _must_ask(self, stored: Stored) -> bool:
        """Whether the operator has to say again that it is wanted."""
        return stored.envelope.key not in self._confirmed and self._age.is_stale(stored)

    def _attempt(self, stored: Stored) -> Tick | None:
        """What became of it, None for "ask again later". Raises what keeps more than it from going."""
        envelope = stored.envelope
        try:
            if not self._must_ask(stored):
                return self._settle(envelope, self._api.send(envelope))
            known = self._api.status([envelope.key]).get(envelope.key)
        except Troubled:
            self._waits.put(envelope.key)
            raise
        except Problem as problem:
            if is_for_all(problem):
                raise
            log.warning("%s has to wait: %s", envelope.key, problem)
            self._waits.put(envelope.key, problem.wait_s)
            return None
        return self._move(envelope, Tick.HELD) if known is None else self._settle(envelope, known)

    def _settle(self, envelope: Envelope, answer: Answer) -> Tick:
        self._failures = 0
        self._confirmed.discard(envelope.key)
        self._age.forget(envelope.key)
        tick = Tick.COMMITTED if answer.committed else Tick.REFUSED
        return self._move(envelope, tick, replace(answer, key=envelope.key))

    def _move(self, envelope: Envelope, tick: Tick, answer: Answer | None = None) -> Tick:
        """Write it down and tell. What the disk does not take is told all the same, and written later."""
        self._waits.clear(envelope.key)
        moved = CommandMoved(envelope, tick, answer)
        try:
            self._outbox.mark(envelope.key, tick, answer)
        except sqlite3.Error as error:
            log.critical("what became of a command could not be stored: %s", error)
            self._unwritten[envelope.key] = moved
        self._sink(moved)
        return tick

    def _write_again(self) -> None:
        try:
            for key, moved in list(self._unwritten.items()):
                self._outbox.mark(key, moved.tick, moved.answer)
                del self._unwritten[key]
        except sqlite3.Error as error:
            # Orders must go out all the same; their keys keep them from being done twice.
            log.critical(
                "what became of %d commands cannot be stored: %s", len(self._unwritten), error
            )

    def _rest_s(self) -> float | None:
        """How long there is nothing to do, None for until something is new."""
        rest = self._waits.next_s()
        if not self._unwritten:
            return rest
        return WRITE_AGAIN_S if rest is None else min(rest, WRITE_AGAIN_S)

    def _tell_set_aside(self) -> None:
        found = self._outbox.set_aside()
        if found is not None and found != self._told:
            self._told = found
            self._sink(found)

    def _ask_for_lost(self) -> None:
        if not self._reconcile.is_set():
            return
        self._reconcile.clear()
        try:
            for envelope in find_lost(self._api, self._outbox):
                self._move(envelope, Tick.LOST)
        except (Unreachable, Problem):
            self._reconcile.set()
            raise
