"""Two real API processes on one PostgreSQL: either dies under a working console, and nothing is lost or doubled."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from console.client.api import Api
from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.domain.case import Channel
from console.domain.command import Accept
from console.domain.event import Event
from console.domain.place import Position
from console.wire.commands import wrap
from console.wire.messages import (
    AddressChanged,
    BookmarkArrived,
    CommandMoved,
    EventsArrived,
    SnapshotArrived,
    Tick,
)
from tests import postgres
from tests.builders import RUBBISH
from tests.central_process import TOKEN, Central, start_central
from tests.fake_centre import Sink

PATIENCE_S = 90
IN_EAST = Position(110.36, 20.01)


@dataclass
class Pair:
    """The two of them; each may be killed, and comes back at its own address."""

    database: str
    folder: Path
    processes: dict[str, Central] = field(default_factory=dict)

    def start(self, name: str) -> Central:
        before = self.processes.get(name)
        port = urlsplit(before.url).port if before is not None else 0
        made = start_central(self.folder / name, database=self.database, port=port or 0)
        self.processes[name] = made
        return made

    def end(self) -> None:
        for central in self.processes.values():
            with suppress(ProcessLookupError):
                central.kill()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    address = postgres.server().fresh()
    made = Pair(address, tmp_path)
    try:
        made.start("one")
        made.start("two")
        yield made
    finally:
        made.end()
        postgres.server().drop(address)


@dataclass
class Desk:
    """A console's link that gives orders, and what it heard."""

    link: LiveLink
    sink: Sink
    keys: list[str] = field(default_factory=list)

    def submit(self, count: int) -> None:
        for _ in range(count):
            key = f"k-{len(self.keys)}"
            self.keys.append(key)
            command = Accept(
                case=f"C-{key}", channel=Channel.PHONE, category=RUBBISH, position=IN_EAST
            )
            self.link.submit(wrap(command, key))

    def committed(self) -> list[str]:
        moved = self.sink.all(CommandMoved)
        return [one.envelope.key for one in moved if one.tick is Tick.COMMITTED]

    def wait_committed(self, count: int) -> None:
        self.sink.wait_for(lambda _: len(self.committed()) >= count, PATIENCE_S)

    def told(self) -> list[Event]:
        return [event for message in self.sink.all(EventsArrived) for event in message.events]

    def wait_told(self, case: str) -> None:
        self.sink.wait_for(
            lambda _: any(event.entity == f"case:{case}" for event in self.told()), PATIENCE_S
        )


@pytest.fixture
def desk(pair: Pair, tmp_path: Path) -> Iterator[Desk]:
    urls = [pair.processes[name].url for name in ("one", "two")]
    sink = Sink()
    outbox = Outbox(tmp_path / "outbox.db")
    link = LiveLink(Api(urls, TOKEN, "seat-1", "dispatcher"), outbox, sink)
    link.start()
    sink.wait_for(lambda _: bool(sink.all(BookmarkArrived)), PATIENCE_S)
    yield Desk(link, sink)
    link.stop()


def test_either_may_die_under_a_working_console(pair: Pair, desk: Desk) -> None:
    one, two = pair.processes["one"], pair.processes["two"]
    desk.submit(30)
    desk.wait_committed(8)
    one.kill()
    desk.submit(10)
    desk.wait_committed(40)
    desk.wait_told("C-k-39")
    assert [m.address for m in desk.sink.all(AddressChanged)] == [two.url]

    pair.start("one")
    desk.submit(10)
    desk.wait_committed(43)
    two.kill()
    desk.wait_committed(50)
    desk.wait_told("C-k-49")
    assert [m.address for m in desk.sink.all(AddressChanged)] == [two.url, one.url]

    # Every key once, in the order in which it was given; the log is dense and has each case once.
    assert desk.committed() == desk.keys
    log = pair.processes["one"].api().log(1, 5000)
    assert [event.rev for event in log] == list(range(1, len(log) + 1))
    received = Counter(event.command_id for event in log if event.type == "case.received")
    assert received == Counter(desk.keys)
    # The console went on from where it was: no second snapshot, every rev +1.
    (snapshot,) = desk.sink.all(SnapshotArrived)
    first = snapshot.pages[0].rev
    revs = [event.rev for event in desk.told()]
    assert revs == list(range(first + 1, first + 1 + len(revs)))
    assert desk.link.waiting() == 0
