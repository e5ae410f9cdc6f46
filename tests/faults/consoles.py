"""Consoles without a screen: the real client below (outbox, sender, stream), and somebody who gives orders."""

import itertools
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from console.client.api import Api
from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.client.refusals import Unreachable
from console.domain.case import Case, CaseState, Channel
from console.domain.command import (
    Accept,
    Assist,
    Command,
    Dispatch,
    MarkHard,
    Private,
    Recall,
    Remind,
)
from console.domain.place import Position
from console.store.picture import Picture
from console.wire.codec import to_builtins
from console.wire.commands import Answer, Envelope, wrap
from console.wire.messages import (
    BookmarkArrived,
    CommandMoved,
    EventsArrived,
    Message,
    SnapshotArrived,
    Tick,
)
from tests.builders import RUBBISH, TOWN, TZ, WORKER
from tests.central_process import TOKEN
from tests.faults.acts import SECRET
from tests.faults.history import History

IN_EAST = Position(110.36, 20.01)
SETTLED = (Tick.COMMITTED, Tick.REFUSED, Tick.LOST)


class RecordingApi(Api):
    """The console's own way to the centre; every sending of a command is on record."""

    def __init__(self, address: str, seat: str, history: History) -> None:
        super().__init__(address, TOKEN, seat, "dispatcher")
        self._history = history

    def send(self, envelope: Envelope) -> Answer:
        return self._recorded(envelope, envelope.key)

    def _recorded(self, envelope: Envelope, intention: str) -> Answer:
        number = self._history.invoke(self.seat, to_builtins(envelope), intention)
        try:
            answer = super().send(envelope)
        except Exception as error:
            self._history.unknown(number, repr(error))
            raise
        self._history.answered(number, answer)
        return answer


class NewKeyApi(RecordingApi):
    """Broken on purpose: makes a key at each sending, not at the gesture."""

    def send(self, envelope: Envelope) -> Answer:
        key = str(uuid.uuid4())
        return replace(self._recorded(replace(envelope, key=key), envelope.key), key=envelope.key)


class HopefulApi(RecordingApi):
    """Broken on purpose: takes a command for done when the line breaks after it was sent."""

    def send(self, envelope: Envelope) -> Answer:
        try:
            return super().send(envelope)
        except Unreachable:
            return Answer(key=envelope.key, status=201)


class Console:
    """A seat: what it shows, what it has been told, and what became of its orders."""

    def __init__(
        self,
        address: str,
        seat: str,
        folder: Path,
        history: History,
        *,
        api: type[RecordingApi] = RecordingApi,
        heeds_digest: bool = True,
    ) -> None:
        """Nothing runs before `start`."""
        self.seat = seat
        self._ends: dict[str, Tick] = {}
        self._open: set[str] = set()
        self.streamed: list[tuple[int, str]] = []
        self.relists = 0
        self._heeds_digest = heeds_digest
        self._picture = Picture(tz=TZ)
        self._void = False
        self._lock = threading.RLock()
        self.link = LiveLink(api(address, seat, history), Outbox(folder / f"{seat}.db"), self._take)

    def start(self) -> None:
        self.link.start()

    def stop(self) -> None:
        self.link.stop()

    @contextmanager
    def seen(self) -> Iterator[Picture]:
        """What the operator sees; it stands still meanwhile."""
        with self._lock:
            yield self._picture

    @property
    def mark(self) -> tuple[int, int]:
        """Rev and digest of the picture; a picture known to be wrong is at no rev."""
        with self._lock:
            return (-1 if self._void else self._picture.rev, self._picture.digest)

    def submit(self, envelope: Envelope) -> None:
        """A gesture."""
        with self._lock:
            self._open.add(envelope.key)
        self.link.submit(envelope)

    def confirm_held(self) -> None:
        """The operator says again that what waited too long is wanted."""
        if self.link.held_count():
            for stored in self.link.held():
                self.link.release(stored.envelope.key)

    def unsettled(self) -> list[str]:
        """Keys of gestures whose fate is not known here."""
        with self._lock:
            return list(self._open)

    def told(self) -> list[tuple[str, bool]]:
        """Keys whose fate is shown here, and whether it is ✓✓."""
        with self._lock:
            return [(key, tick is Tick.COMMITTED) for key, tick in self._ends.items()]

    def _take(self, message: Message) -> None:
        """As the board does it."""
        with self._lock:
            try:
                self._heed(message)
            except ValueError:
                self._distrust()

    def _heed(self, message: Message) -> None:
        if isinstance(message, SnapshotArrived):
            self._picture, self._void = Picture.from_snapshot(message.pages, TZ), False
            self.relists += 1
        elif isinstance(message, CommandMoved):
            self._moved(message.envelope.key, message.tick)
        elif isinstance(message, EventsArrived) and not self._void:
            self.streamed += [(event.rev, event.hash) for event in message.events]
            self._picture.apply(message.events)
        elif isinstance(message, BookmarkArrived) and not self._void:
            wrong = int(message.bookmark.digest, 16) != self._picture.digest
            if message.bookmark.rev == self._picture.rev and wrong and self._heeds_digest:
                self._distrust()

    def _moved(self, key: str, tick: Tick) -> None:
        if tick in SETTLED:
            self._open.discard(key)
            self._ends[key] = tick

    def _distrust(self) -> None:
        self._void = True
        self.link.relist()


class Operator:
    """Gives orders on what the console shows: new cases, orders for them, and chains of orders."""

    def __init__(self, console: Console, rnd: Random) -> None:
        self.console = console
        self._rnd = rnd

    def act(self) -> int:
        """One thing done; how many commands it was."""
        with self.console.seen() as picture:
            newest = [picture.cases[c] for c in itertools.islice(reversed(picture.cases), 12)]
            case = self._rnd.choice(newest) if newest and self._rnd.random() < 0.5 else None
            if case is None:
                return self._give(self._new_case())
            if case.state is CaseState.REGISTERED:
                return self._dispatch(case)
            return self._give(self._about(case), {f"case:{case.id}": case.version})

    def _dispatch(self, case: Case) -> int:
        order = self._id("A")
        given = wrap(
            Dispatch(case=case.id, assignment=order, unit=TOWN),
            self._id("k"),
            {f"case:{case.id}": case.version},
        )
        self.console.submit(given)
        if self._rnd.random() < 0.7:
            return 1
        # Taken back at once, perhaps before the order itself has gone out.
        stands_on = {f"assignment:{order}": {"after": given.key}}
        return 1 + self._give(Recall(assignment=order, reason="undo"), stands_on)

    def _about(self, case: Case) -> Command:
        kind = self._rnd.randrange(3)
        if kind == 0 and case.lead is not None:
            return Remind(assignment=case.lead)
        if kind == 1:
            return Assist(case=case.id, assignment=self._id("A"), worker=WORKER)
        return MarkHard(case=case.id, hard=self._rnd.random() < 0.5)

    def _new_case(self) -> Accept:
        return Accept(
            case=self._id("C"),
            channel=Channel.PHONE,
            category=RUBBISH,
            position=IN_EAST,
            private=Private(citizen=SECRET, phone=SECRET, words=SECRET, address=SECRET),
            register=True,
        )

    def _give(self, command: Command, expect: dict[str, Any] | None = None) -> int:
        self.console.submit(wrap(command, self._id("k"), expect))
        return 1

    def _id(self, kind: str) -> str:
        return f"{kind}-{self._rnd.getrandbits(64):016x}"
