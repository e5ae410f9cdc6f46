"""Stream and sender of one seat together."""

import threading
from pathlib import Path

from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.domain.command import Remind
from console.wire.commands import wrap
from console.wire.messages import CommandMoved, EventsArrived, SnapshotArrived, Tick
from tests.builders import snapshot
from tests.fake_centre import Connection, FakeCentre, Sink, events


def test_it_reads_and_writes_and_stops(centre: FakeCentre, tmp_path: Path) -> None:
    def talk(connection: Connection) -> None:
        connection.send(*events(11, 12))
        connection.silence()

    centre.talks = [talk]
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)))
    centre.reply("/v1/commands", (201, {"key": "k", "status": 201, "first_rev": 13, "rev": 13}))
    sink = Sink()
    link = LiveLink(centre.api(), Outbox(tmp_path / "o.sqlite"), sink)
    link.start()
    link.submit(wrap(Remind(assignment="A1"), "k"))
    sink.wait_for(lambda _: any(m.tick is Tick.COMMITTED for m in sink.all(CommandMoved)))
    sink.wait_for(lambda _: bool(sink.all(EventsArrived)))
    assert link.waiting() == 0
    assert link.held() == []
    link.stop()


def test_another_epoch_shows_what_was_lost(centre: FakeCentre, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "o.sqlite")
    outbox.put(wrap(Remind(assignment="A1"), "k"))
    outbox.mark("k", Tick.COMMITTED)
    asked_first = threading.Event()

    def known(_: dict[str, object]) -> tuple[int, object]:
        asked_first.set()
        return 200, {"answers": {"k": {"key": "k", "status": 201, "rev": 9}}}

    def break_epoch(connection: Connection) -> None:
        asked_first.wait(20)
        connection.send(*events(11, 11, epoch="epoch-2"))
        connection.silence()

    centre.reply("/v1/commands/status", known, (200, {"answers": {"k": None}}))
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=5, epoch="epoch-2")))
    centre.talks = [break_epoch, Connection.silence]
    sink = Sink()
    link = LiveLink(centre.api(), outbox, sink)
    link.start()
    sink.wait_for(lambda _: any(m.tick is Tick.LOST for m in sink.all(CommandMoved)))
    assert [message.why for message in sink.all(SnapshotArrived)] == ["start", "epoch"]
    link.stop()
