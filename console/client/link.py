"""The live link: stream, sender and questions of one seat; a replay takes its place behind `live.link.Link`."""

from collections.abc import Callable
from datetime import date

from console.client.api import Api
from console.client.outbox import Outbox
from console.client.owners import Owners
from console.client.sender import Sender
from console.client.stream import Stream
from console.domain.event import Event
from console.wire.commands import Envelope
from console.wire.frames import DayVolumes, PrivateDetails, Revealed
from console.wire.messages import (
    AddressChanged,
    MachineSlept,
    Message,
    SnapshotArrived,
    Stored,
    TimeHeard,
)

_DOUBTFUL = frozenset({"epoch", "ahead", "digest"})
"""After a snapshot taken for one of these nobody knows whether the centre still has everything."""

Sink = Callable[[Message], None]


class LiveLink:
    """The link to a central API."""

    def __init__(self, api: Api, outbox: Outbox, sink: Sink, city: str | None = None) -> None:
        """Nothing runs before `start`; with `city`, its code, the centre of another is refused."""
        self.api = api
        self._outbox = outbox
        self._sink = sink
        self._owners = Owners()
        self._stream = Stream(api, self._hear, city)
        self._sender = Sender(api, outbox, sink, self._owners)
        api.transport.heard = lambda *times: sink(TimeHeard(*times))
        api.transport.moved = lambda address: sink(AddressChanged(address))

    def _hear(self, message: Message) -> None:
        self._owners.learn(message)
        if isinstance(message, SnapshotArrived) and message.why in _DOUBTFUL:
            self._sender.reconcile()
        if isinstance(message, MachineSlept):
            self.hurry()
        self._sink(message)

    def hurry(self) -> None:
        """Somebody has logged in again, or the machine woke up: try now what waits."""
        self._stream.hurry()
        self._sender.hurry()

    def start(self) -> None:
        """Start the stream's and the sender's threads."""
        self._stream.start()
        self._sender.start()

    def stop(self) -> None:
        """Stop both and close the outbox."""
        self._stream.stop()
        self._sender.stop()
        self._outbox.close()

    def relist(self) -> None:
        """Take a new snapshot."""
        self._stream.relist()

    def submit(self, envelope: Envelope) -> None:
        """Store the command durably and send it; raises `NotStored`."""
        self._sender.submit(envelope)

    def held(self) -> list[Stored]:
        """Orders too old to go by themselves."""
        return self._sender.held()

    def held_count(self) -> int:
        """How many orders wait for the operator's word."""
        return self._sender.held_count()

    def waiting(self) -> int:
        """How many commands are not answered yet."""
        return self._sender.waiting()

    def release(self, key: str) -> None:
        """Send a held order."""
        self._sender.release(key)

    def discard(self, key: str) -> None:
        """Void a held order, or be told no more of a lost one."""
        self._sender.discard(key)

    def private(self, case_id: str) -> PrivateDetails:
        """A case's masked personal data; blocks, call it from a task."""
        return self.api.private(case_id)

    def reveal(self, case_id: str, why: str) -> Revealed:
        """A case's personal data in full, for a minute; blocks, call it from a task."""
        return self.api.reveal(case_id, why)

    def dial(self, case_id: str) -> None:
        """Have this seat connected with the citizen; blocks, call it from a task."""
        self.api.dial(case_id)

    def erase(self, case_id: str, why: str) -> None:
        """Erase a case's personal data for ever; blocks, call it from a task."""
        self.api.erase(case_id, why)

    def history(self, owner: str) -> list[Event]:
        """The events of a case or an incident; blocks, call it from a task."""
        return self.api.history(owner)

    def volumes(self, first: date, last: date) -> list[DayVolumes]:
        """Volumes of the local days, oldest first; blocks, call it from a task."""
        return self.api.volumes(first, last)
