"""Stream and sender of one seat together."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from console.client.api import Api
from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.client.session import Session
from console.client.transport import Transport
from console.domain.command import Remind
from console.wire.commands import wrap
from console.wire.messages import (
    CommandMoved,
    EventsArrived,
    LinkChanged,
    LinkState,
    MachineSlept,
    SnapshotArrived,
    Tick,
    TimeHeard,
)
from tests.builders import T0, snapshot
from tests.fake_centre import Connection, FakeCentre, Sink, events, fake_centre, problem
from tests.unit.client.test_session import told


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


@pytest.mark.parametrize("reason", ["ahead", "digest", "compacted"])
def test_what_the_centre_still_has_is_asked_when_that_is_in_doubt(
    centre: FakeCentre, tmp_path: Path, reason: str
) -> None:
    outbox = Outbox(tmp_path / "o.sqlite")
    outbox.put(wrap(Remind(assignment="A1"), "k"))
    outbox.mark("k", Tick.COMMITTED)
    known = {"answers": {"k": {"key": "k", "status": 201, "rev": 9}}}
    centre.reply("/v1/commands/status", (200, known), (200, {"answers": {"k": None}}))
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=12)))
    centre.talks = [Connection.silence]
    sink = Sink()
    link = LiveLink(centre.api(), outbox, sink)
    link.start()
    sink.wait_for(lambda _: bool(sink.all(LinkChanged)) and bool(centre.asked["/v1/events"]))
    sink.wait_for(lambda _: bool(centre.asked["/v1/commands/status"]))
    if reason == "digest":
        link.relist()
    else:
        centre.talks = [problem(410, "gone", reason=reason), Connection.silence]
        link._stream._shut()
    sink.wait_for(lambda _: [m.why for m in sink.all(SnapshotArrived)] == ["start", reason])
    if reason != "compacted":
        sink.wait_for(lambda _: any(m.tick is Tick.LOST for m in sink.all(CommandMoved)))
    link.stop()
    assert len(centre.asked["/v1/commands/status"]) == (1 if reason == "compacted" else 2)


def test_a_session_that_is_over_is_told_and_orders_stay(centre: FakeCentre, tmp_path: Path) -> None:
    centre.reply("/v1/session", told(1), told(2))
    centre.reply("/v1/session/refresh", problem(401, "session-ended"))
    centre.reply("/v1/snapshot", problem(401, "token"), (200, snapshot(rev=10)))
    centre.reply("/v1/commands", (201, {"key": "k", "status": 201, "first_rev": 11, "rev": 11}))
    centre.talks = [Connection.silence]
    session = Session(Transport(centre.url), "seat-1")
    session.log_in("wang", "right")
    sink = Sink()
    link = LiveLink(Api.of(session, "dispatcher"), Outbox(tmp_path / "o.sqlite"), sink)
    link.start()
    sink.wait_for(lambda _: any(m.code == "session-ended" for m in sink.all(LinkChanged)))
    refused = [m.state for m in sink.all(LinkChanged) if m.code == "session-ended"]
    assert set(refused) == {LinkState.REFUSED}
    link.submit(wrap(Remind(assignment="A1"), "k"))
    assert link.waiting() == 1
    assert not centre.asked["/v1/commands"]
    session.log_in("wang", "right")
    link.hurry()
    sink.wait_for(lambda _: any(m.tick is Tick.COMMITTED for m in sink.all(CommandMoved)))
    sink.wait_for(lambda _: bool(sink.all(SnapshotArrived)))
    link.stop()


def test_stream_and_sender_share_the_address_that_works(centre: FakeCentre, tmp_path: Path) -> None:
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)))
    centre.reply("/v1/commands", (201, {"key": "k", "status": 201, "first_rev": 11, "rev": 11}))
    centre.talks = [Connection.silence]
    with fake_centre() as first:
        first.reply("/v1/snapshot", (503, {}))
        first.reply("/v1/commands", (503, {}))
        api = Api([first.url, centre.url], "secret", "seat-1", "dispatcher")
        sink = Sink()
        link = LiveLink(api, Outbox(tmp_path / "o.sqlite"), sink)
        link.start()
        sink.wait_for(lambda _: bool(sink.all(SnapshotArrived)))
        link.submit(wrap(Remind(assignment="A1"), "k"))
        sink.wait_for(lambda _: any(m.tick is Tick.COMMITTED for m in sink.all(CommandMoved)))
        link.stop()
        assert not first.asked["/v1/commands"]


def test_the_time_of_every_answer_is_passed_on(centre: FakeCentre, tmp_path: Path) -> None:
    stamp = {"Baton-Time": "2026-06-03T02:00:00Z"}
    centre.reply("/v1/snapshot", (200, snapshot(rev=10), stamp))
    sink = Sink()
    link = LiveLink(centre.api(), Outbox(tmp_path / "o.sqlite"), sink)
    link.start()
    sink.wait_for(lambda _: bool(sink.all(SnapshotArrived)))
    link.stop()
    assert sink.all(TimeHeard)[0].server_time == T0


def test_what_is_private_goes_through_it(centre: FakeCentre, tmp_path: Path) -> None:
    details = {"citizen": "王小明", "phone": "13800000000", "words": "w", "address": "a"}
    path = "/v1/private/cases/C1"
    centre.reply(path, (200, {**details, "citizen": "王*"}))
    centre.reply(path + "/reveal", (200, {**details, "shown_until": "2026-06-03T02:01:00Z"}))
    centre.reply(path + "/dial", (200, {"ringing": True}))
    centre.reply(path + "/erase", (204, b""))
    link = LiveLink(centre.api(), Outbox(tmp_path / "o.sqlite"), Sink())
    assert link.private("C1").citizen == "王*"
    shown = link.reveal("C1", "回访核实")
    assert (shown.citizen, shown.shown_until) == ("王小明", T0 + timedelta(minutes=1))
    link.dial("C1")
    link.erase("C1", "citizen's request")
    assert centre.asked[path + "/reveal"] == [{"why": "回访核实"}]
    assert centre.asked[path + "/erase"] == [{"why": "citizen's request"}]
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


def test_after_sleep_nobody_waits_for_the_next_try(
    centre: FakeCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("stream", "sender"):
        monkeypatch.setattr(f"console.client.{module}.full_jitter", lambda attempt: 3600.0)
    centre.reply("/v1/snapshot", (503, {}), (200, snapshot(rev=10)))
    centre.reply("/v1/commands", (503, {}), (201, {"key": "k", "status": 201, "rev": 11}))
    centre.reply("/v1/commands/status", (200, {"answers": {}}))
    centre.talks = [Connection.silence]
    sink = Sink()
    link = LiveLink(centre.api(), Outbox(tmp_path / "o.sqlite"), sink)
    link.submit(wrap(Remind(assignment="A1"), "k"))
    link.start()
    sink.wait_for(lambda _: any(m.state is LinkState.BROKEN for m in sink.all(LinkChanged)))
    sink.wait_for(lambda _: bool(centre.asked["/v1/commands"]))
    link._hear(MachineSlept(600.0))
    sink.wait_for(lambda _: bool(sink.all(SnapshotArrived)))
    assert sink.all(MachineSlept) == [MachineSlept(600.0)]
    link.stop()
