"""The stream against a server that duplicates, reorders, cuts, refuses, lies and falls silent."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from console.client.stream import Stream
from console.wire.frames import FixBatch
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    NotUnderstood,
    SnapshotArrived,
)
from tests.builders import bookmark, fix, snapshot
from tests.fake_centre import Connection, FakeCentre, Sink, events, frame, problem


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def stream(centre: FakeCentre, sink: Sink) -> Iterator[Stream]:
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)))
    centre.reply("/v1/log", lambda asked: (200, events(int(asked["from"]), int(asked["to"]))))
    made = Stream(centre.api(), sink)
    yield made
    made.stop()


def revs(sink: Sink) -> list[int]:
    """What a picture would have got since its last snapshot; every step must be +1."""
    found: list[int] = []
    for message in list(sink.messages):
        if isinstance(message, SnapshotArrived):
            found = [message.pages[0].rev]
        elif isinstance(message, EventsArrived):
            found += [told.rev for told in message.events]
    assert found == list(range(found[0], found[0] + len(found)))
    return found


def whys(sink: Sink) -> list[str]:
    return [message.why for message in sink.all(SnapshotArrived)]


def run_until_rev(stream: Stream, sink: Sink, rev: int) -> None:
    stream.start()
    sink.wait_for(lambda _: bool(sink.all(SnapshotArrived)) and revs(sink)[-1] >= rev)


def talk(*told: object) -> object:
    def say(connection: Connection) -> None:
        for one in told:
            if isinstance(one, bytes):
                connection.raw(one)
            else:
                connection.send(one)  # type: ignore[arg-type]
        connection.silence()

    return say


def cut(*told: object) -> object:
    def say(connection: Connection) -> None:
        for one in told:
            if isinstance(one, bytes):
                connection.raw(one)
            else:
                connection.send(one)  # type: ignore[arg-type]

    return say


def test_it_follows_from_the_snapshot_on(centre: FakeCentre, stream: Stream, sink: Sink) -> None:
    centre.talks = [talk(*events(11, 13), bookmark(13))]
    run_until_rev(stream, sink, 13)
    sink.wait_for(lambda _: bool(sink.all(BookmarkArrived)))
    assert revs(sink) == [10, 11, 12, 13]
    assert centre.asked["/v1/events"][0]["after"] == "10"
    states = [message.state for message in sink.all(LinkChanged)]
    assert states == [LinkState.CONNECTING, LinkState.STREAMING]


def test_duplicates_are_dropped_and_counted(centre: FakeCentre, stream: Stream, sink: Sink) -> None:
    centre.talks = [talk(*events(9, 12), *events(11, 12), *events(12, 14))]
    run_until_rev(stream, sink, 14)
    assert revs(sink) == [10, 11, 12, 13, 14]
    assert stream.duplicates == 5


def test_reordered_events_are_a_gap_that_is_filled(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    one, two, three = events(11, 13)
    centre.talks = [talk(three, one, two, *events(14, 14))]
    run_until_rev(stream, sink, 14)
    assert revs(sink) == [10, 11, 12, 13, 14]
    assert whys(sink) == ["start"]
    assert centre.asked["/v1/log"] == [{"from": "11", "to": "12"}]


def test_a_bookmark_ahead_of_the_events_fills_the_gap_first(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    centre.talks = [talk(bookmark(12))]
    stream.start()
    sink.wait_for(lambda _: bool(sink.all(BookmarkArrived)))
    assert revs(sink) == [10, 11, 12]


@pytest.mark.parametrize("broken", ["short", "other epoch", "wide"])
def test_a_gap_that_cannot_be_filled_is_a_snapshot(
    centre: FakeCentre, stream: Stream, sink: Sink, broken: str
) -> None:
    answers = {
        "short": events(11, 12),
        "other epoch": events(11, 13, epoch="epoch-2"),
        "wide": [],
    }
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=50_000)))
    centre.reply("/v1/log", (200, answers[broken]))
    ahead = 40_000 if broken == "wide" else 14
    centre.talks = [talk(*events(ahead, ahead)), talk(*events(50_001, 50_001))]
    run_until_rev(stream, sink, 50_001)
    assert whys(sink) == ["start", "gap"]


def test_a_frame_cut_in_the_middle_is_not_half_taken(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    whole = frame("event", events(12, 12)[0])
    centre.talks = [
        cut(*events(11, 11), whole[:-2]),
        cut(whole[: len(whole) // 2]),
        talk(*events(12, 13)),
    ]
    run_until_rev(stream, sink, 13)
    assert revs(sink) == [10, 11, 12, 13]
    assert whys(sink) == ["start"]
    assert [asked["after"] for asked in centre.asked["/v1/events"]] == ["10", "11", "11"]


@pytest.mark.parametrize("reason", ["compacted", "epoch", "ahead", "snapshot-gone"])
def test_gone_means_a_new_snapshot(
    centre: FakeCentre, stream: Stream, sink: Sink, reason: str
) -> None:
    epoch = "epoch-2" if reason == "epoch" else "epoch-1"
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=20, epoch=epoch)))
    centre.talks = [problem(410, "gone", reason=reason), talk(*events(21, 21, epoch=epoch))]
    run_until_rev(stream, sink, 21)
    assert whys(sink) == ["start", reason]


@pytest.mark.parametrize("reason", ["compacted", "ahead", "snapshot-gone"])
def test_another_epoch_is_told_however_it_came_out(
    centre: FakeCentre, stream: Stream, sink: Sink, reason: str
) -> None:
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=20, epoch="epoch-2")))
    centre.talks = [problem(410, "gone", reason=reason), talk(*events(21, 21, epoch="epoch-2"))]
    run_until_rev(stream, sink, 21)
    assert whys(sink) == ["start", "epoch"]


def test_another_schema_is_told_and_no_snapshot_helps(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    centre.talks = [problem(410, "gone", reason="schema"), talk(*events(11, 11))]
    run_until_rev(stream, sink, 11)
    assert LinkState.REFUSED in [message.state for message in sink.all(LinkChanged)]
    assert whys(sink) == ["start"]


def test_a_centre_of_another_schema_is_told(centre: FakeCentre, stream: Stream, sink: Sink) -> None:
    centre.reply("/v1/snapshot", (200, replace(snapshot(), schema=99)))
    stream.start()
    sink.wait_for(lambda _: any(m.code == "schema" for m in sink.all(LinkChanged)))
    assert sink.all(SnapshotArrived) == []


@pytest.mark.parametrize("where", ["event", "bookmark"])
def test_another_epoch_is_a_new_snapshot(
    centre: FakeCentre, stream: Stream, sink: Sink, where: str
) -> None:
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=3, epoch="epoch-2")))
    other = events(11, 11, epoch="epoch-2") if where == "event" else [bookmark(11, "epoch-2")]
    centre.talks = [talk(*other), talk(*events(4, 4, epoch="epoch-2"))]
    run_until_rev(stream, sink, 4)
    sink.wait_for(lambda _: revs(sink) == [3, 4])
    assert whys(sink) == ["start", "epoch"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"event: event\ndata: {garbage\n\n",
        b'event: event\ndata: {"rev": 11}\n\n',
        b"event: bookmark\ndata: \xff\xfe\n\n",
        b"event: event\ndata: " + b"[" * 50_000 + b"\n\n",
        b"event: resync\ndata: {}\n\n",
    ],
)
def test_garbage_is_a_new_snapshot_and_never_the_end(
    centre: FakeCentre, stream: Stream, sink: Sink, garbage: bytes
) -> None:
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=20)))
    centre.talks = [talk(*events(11, 11), garbage), talk(*events(21, 22))]
    run_until_rev(stream, sink, 22)
    assert whys(sink)[0] == "start"
    assert whys(sink)[1] in ("unreadable", "resync")


def test_a_centre_that_only_sends_garbage_is_not_hammered(
    centre: FakeCentre, stream: Stream, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []
    enough = threading.Event()

    def note(attempt: int) -> float:
        attempts.append(attempt)
        if len(attempts) >= 4:
            enough.set()
        return 0.01

    monkeypatch.setattr("console.client.stream.full_jitter", note)
    centre.talks = [talk(b"event: event\ndata: {\n\n")]
    stream.start()
    assert enough.wait(20)
    assert attempts[:4] == [0, 1, 2, 3]


def test_unknown_frames_comments_and_positions(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    centre.talks = [
        talk(
            b": hello\n\n",
            b"event: presence\ndata: {}\n\n",
            frame("fixes", FixBatch(fixes=[fix()])),
            *events(11, 11),
        )
    ]
    run_until_rev(stream, sink, 11)
    assert sink.all(FixesArrived) == [FixesArrived([fix()])]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_stream_is_told_and_tried_again(
    centre: FakeCentre, stream: Stream, sink: Sink, status: int
) -> None:
    centre.talks = [problem(status, "session", zh="请登录"), talk(*events(11, 11))]
    run_until_rev(stream, sink, 11)
    told = [m for m in sink.all(LinkChanged) if m.state is LinkState.REFUSED]
    assert [(m.code, m.detail) for m in told] == [("session", "请登录")]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_in_trouble_is_asked_again(
    centre: FakeCentre, stream: Stream, sink: Sink, status: int
) -> None:
    centre.talks = [(status, {}), talk(*events(11, 11))]
    run_until_rev(stream, sink, 11)
    assert LinkState.BROKEN in [message.state for message in sink.all(LinkChanged)]
    assert whys(sink) == ["start"]


def test_pages_of_different_revisions_are_never_mixed(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    first = snapshot(rev=10, pages=2)
    centre.reply(
        "/v1/snapshot",
        (200, first),
        (200, replace(first, page=1, rev=11)),
        (200, replace(first, rev=12)),
        (200, replace(first, page=1, rev=12)),
    )
    centre.talks = [talk(*events(13, 13))]
    run_until_rev(stream, sink, 13)
    (arrived,) = sink.all(SnapshotArrived)
    assert [page.rev for page in arrived.pages] == [12, 12]


def test_the_store_can_ask_for_a_new_snapshot(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)), (200, snapshot(rev=20)))
    centre.talks = [talk(*events(11, 11), bookmark(11)), talk(*events(21, 21))]
    stream.start()
    sink.wait_for(lambda _: bool(sink.all(BookmarkArrived)))
    stream.relist()
    sink.wait_for(lambda _: revs(sink)[-1] == 21)
    assert whys(sink) == ["start", "digest"]


def test_a_silent_stream_can_be_stopped(centre: FakeCentre, stream: Stream, sink: Sink) -> None:
    centre.talks = [talk(*events(11, 11))]
    run_until_rev(stream, sink, 11)
    stream.stop()  # gives up after five seconds: a thread still alive was not woken
    assert not stream._thread.is_alive()
    count = len(sink.messages)
    stream.relist()
    assert len(sink.messages) == count


def test_a_stream_asked_to_stop_while_connecting_does_not_begin(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    asked = threading.Event()
    stopped = threading.Event()

    def slow(_: dict[str, object]) -> tuple[int, object]:
        asked.set()
        stopped.wait(20)
        return 200, snapshot(rev=10)

    centre.reply("/v1/snapshot", slow)
    stream.start()
    assert asked.wait(20)
    stream._stop.set()
    stopped.set()
    stream.stop()
    assert not stream._thread.is_alive()


def test_the_centre_of_another_city_is_refused(centre: FakeCentre, sink: Sink) -> None:
    centre.reply("/v1/snapshot", (200, snapshot(rev=10)))
    made = Stream(centre.api(), sink, city="999999")
    made.start()
    sink.wait_for(lambda _: any(m.code == "wrong-city" for m in sink.all(LinkChanged)))
    made.stop()
    assert sink.all(SnapshotArrived) == []


def test_what_only_a_newer_console_knows_is_kept_counted_and_told_once(
    centre: FakeCentre, stream: Stream, sink: Sink
) -> None:
    strange = [replace(one, entity=f"drone:{one.rev}") for one in events(11, 13)]
    centre.talks = [talk(*strange)]
    run_until_rev(stream, sink, 13)
    assert revs(sink) == [10, 11, 12, 13]
    assert stream.unknown == 3
    assert sink.all(NotUnderstood) == [NotUnderstood("drone")]


def test_a_line_that_goes_dead_is_given_up_after_the_read_limit(
    centre: FakeCentre, stream: Stream, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.client.transport.READ_S", 0.2)
    centre.talks = [talk(*events(11, 11)), talk(*events(12, 12))]
    run_until_rev(stream, sink, 12)
    assert whys(sink) == ["start"]
    broken = [m for m in sink.all(LinkChanged) if m.state is LinkState.BROKEN]
    assert broken
    assert broken[0].code == "unreachable"


def test_a_line_that_only_trickles_is_hung_up(
    centre: FakeCentre, stream: Stream, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that keeps the line warm with comments and positions is no sign of the centre's life."""
    monkeypatch.setattr("console.client.vigil.SILENCE_S", 0.3)
    monkeypatch.setattr("console.client.vigil.STEP_S", 0.05)
    over = centre.over

    def trickle(connection: Connection) -> None:
        connection.send(*events(11, 11))
        while not over.wait(0.05):
            connection.raw(b": still here\n\n" + frame("fixes", FixBatch(fixes=[fix()])))

    centre.talks = [trickle, talk(*events(12, 12))]
    run_until_rev(stream, sink, 12)
    assert whys(sink) == ["start"]


def test_after_a_log_in_it_tries_at_once(
    centre: FakeCentre, stream: Stream, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()

    def for_ever(attempt: int) -> float:
        waits.set()
        return 1000.0

    monkeypatch.setattr("console.client.stream.full_jitter", for_ever)
    centre.talks = [problem(401, "session-ended"), talk(*events(11, 11))]
    stream.start()
    assert waits.wait(20)
    told = [m for m in sink.all(LinkChanged) if m.state is LinkState.REFUSED]
    assert [m.code for m in told] == ["session-ended"]
    stream.hurry()
    sink.wait_for(lambda _: bool(sink.all(EventsArrived)))
