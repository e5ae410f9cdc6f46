"""The sender: in order, the same key until the fate is known, nothing old sent unasked."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.client.outbox import Outbox
from console.client.sender import ORDERS, Sender
from console.domain.command import COMMAND_TYPES, Command, Dispatch, Recall, Remind
from console.wire.commands import Envelope, wrap
from console.wire.messages import CommandMoved, Tick
from tests.fake_centre import FakeCentre, Sink, problem

COMMANDS, STATUS = "/v1/commands", "/v1/commands/status"


def committed(asked: dict[str, Any]) -> tuple[int, object]:
    return 201, {"key": asked["key"], "status": 201, "first_rev": 5, "rev": 6}


def status(known: dict[str, object]) -> tuple[int, object]:
    return 200, {"answers": known}


def nothing_known(asked: dict[str, Any]) -> tuple[int, object]:
    return status(dict.fromkeys(asked["keys"]))


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path / "outbox.sqlite")
    yield made
    made.close()


@pytest.fixture
def sender(centre: FakeCentre, outbox: Outbox, sink: Sink) -> Iterator[Sender]:
    centre.reply(COMMANDS, committed)
    centre.reply(STATUS, nothing_known)
    made = Sender(centre.api(), outbox, sink)
    yield made
    centre.over.set()
    made.stop()


def order(key: str) -> Envelope:
    return wrap(Dispatch(case="C1", assignment=key, unit="U1"), key)


def note(key: str) -> Envelope:
    return wrap(Remind(assignment="A1"), key)


def ticks(sink: Sink, key: str) -> list[Tick]:
    return [m.tick for m in sink.all(CommandMoved) if m.envelope.key == key]


def sent(centre: FakeCentre) -> list[str]:
    return [asked["key"] for asked in centre.asked[COMMANDS]]


def make_old(outbox: Outbox, seconds: int = 61) -> None:
    then = (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()
    outbox._db.execute("UPDATE outbox SET stored_at = ?", (then,))


def test_orders_are_commands_that_send_somebody_somewhere() -> None:
    assert set(COMMAND_TYPES) >= ORDERS
    assert {"dispatch", "assist", "redispatch", "verify"} <= ORDERS


def test_it_is_on_disk_before_it_is_sent(
    centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
) -> None:
    seen: list[list[str]] = []

    def look(asked: dict[str, Any]) -> tuple[int, object]:
        seen.append([stored.envelope.key for stored in outbox.with_tick(Tick.STORED)])
        return committed(asked)

    centre.reply(COMMANDS, look)
    sender.start()
    sender.submit(order("a"))
    sink.wait_for(lambda _: ticks(sink, "a") == [Tick.STORED, Tick.COMMITTED])
    assert seen == [["a"]]
    assert centre.headers[COMMANDS][0]["Idempotency-Key"] == "a"


def test_what_was_made_first_arrives_first(centre: FakeCentre, sender: Sender, sink: Sink) -> None:
    for number in range(20):
        sender.submit(order(f"k{number:02}"))
    sender.start()
    sink.wait_for(lambda _: ticks(sink, "k19") == [Tick.STORED, Tick.COMMITTED])
    assert sent(centre) == [f"k{number:02}" for number in range(20)]


@pytest.mark.parametrize(
    "trouble",
    [
        (0, b""),
        (500, {}),
        (503, {}),
        (201, b"<html>log in</html>"),
        (200, b""),
        (302, b""),
        problem(409, "running"),
        problem(401, "session"),
        problem(429, "busy"),
    ],
    ids=["reset", "500", "503", "html", "empty", "redirect", "409", "401", "429"],
)
def test_an_unknown_outcome_is_tried_again_with_the_same_key(
    centre: FakeCentre, sender: Sender, sink: Sink, trouble: tuple[int, object]
) -> None:
    centre.reply(COMMANDS, trouble, trouble, committed)
    sender.start()
    sender.submit(order("a"))
    sender.submit(note("b"))
    sink.wait_for(lambda _: ticks(sink, "b") == [Tick.STORED, Tick.COMMITTED])
    assert sent(centre) == ["a", "a", "a", "b"]
    assert ticks(sink, "a") == [Tick.STORED, Tick.COMMITTED]


@pytest.mark.parametrize(
    ("code", "name"),
    [(403, "role"), (410, "expired"), (412, "changed"), (422, "wrong-state"), (400, "bad-input")],
)
def test_a_refusal_is_told_and_does_not_stop_the_next(
    centre: FakeCentre, sender: Sender, sink: Sink, code: int, name: str
) -> None:
    centre.reply(COMMANDS, problem(code, name, current={"case:C1": 9}), committed)
    sender.start()
    sender.submit(order("a"))
    sender.submit(order("b"))
    sink.wait_for(lambda _: ticks(sink, "b") == [Tick.STORED, Tick.COMMITTED])
    refused = [m for m in sink.all(CommandMoved) if m.tick is Tick.REFUSED]
    (moved,) = refused
    assert moved.envelope.key == moved.answer.key == "a"
    assert (moved.answer.status, moved.answer.problem) == (code, name)
    assert moved.answer.current == {"case:C1": 9}
    assert sent(centre) == ["a", "b"]


def test_the_first_answer_given_again_counts_as_committed(
    centre: FakeCentre, sender: Sender, sink: Sink
) -> None:
    replayed = {"key": "a", "status": 200, "first_rev": 5, "rev": 6, "replayed": True}
    centre.reply(COMMANDS, (200, replayed))
    sender.start()
    sender.submit(order("a"))
    sink.wait_for(lambda _: ticks(sink, "a") == [Tick.STORED, Tick.COMMITTED])


class TestOldOrders:
    def test_an_order_older_than_a_minute_waits_for_a_word_and_a_note_goes(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        sender.submit(note("note"))
        make_old(outbox)
        sender.start()
        sink.wait_for(lambda _: ticks(sink, "note") == [Tick.STORED, Tick.COMMITTED])
        assert ticks(sink, "old") == [Tick.STORED, Tick.HELD]
        assert sent(centre) == ["note"]
        assert [stored.envelope.key for stored in sender.held()] == ["old"]
        assert sender.waiting() == 0

    def test_released_it_goes(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        make_old(outbox)
        sender.start()
        sink.wait_for(lambda _: Tick.HELD in ticks(sink, "old"))
        sender.release("old")
        sink.wait_for(lambda _: ticks(sink, "old") == [Tick.STORED, Tick.HELD, Tick.COMMITTED])
        assert sent(centre) == ["old"]

    def test_discarded_it_never_goes(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        make_old(outbox)
        sender.start()
        sink.wait_for(lambda _: Tick.HELD in ticks(sink, "old"))
        sender.discard("old")
        sender.submit(note("n"))
        sink.wait_for(lambda _: ticks(sink, "n") == [Tick.STORED, Tick.COMMITTED])
        assert sent(centre) == ["n"]
        assert sender.held() == []

    def test_one_the_centre_already_has_is_settled_and_not_sent_twice(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        make_old(outbox)
        centre.reply(STATUS, status({"old": {"key": "old", "status": 201, "rev": 4}}))
        sender.start()
        sink.wait_for(lambda _: ticks(sink, "old") == [Tick.STORED, Tick.COMMITTED])
        assert sent(centre) == []

    def test_a_recall_waits_too(self, sender: Sender, outbox: Outbox, sink: Sink) -> None:
        sender.submit(wrap(Recall(assignment="A1", reason="r"), "back"))
        make_old(outbox)
        sender.start()
        sink.wait_for(lambda _: Tick.HELD in ticks(sink, "back"))


class TestLost:
    def commit(self, sender: Sender, sink: Sink, *keys: str) -> None:
        for key in keys:
            sender.submit(order(key))
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, keys[-1]))

    def test_after_a_restart_acknowledged_work_the_centre_forgot_is_shown(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        for key in ("kept", "gone"):
            outbox.put(order(key))
            outbox.mark(key, Tick.COMMITTED)
        centre.reply(
            STATUS, status({"kept": {"key": "kept", "status": 201, "rev": 4}, "gone": None})
        )
        sender.start()
        sink.wait_for(lambda _: ticks(sink, "gone") == [Tick.LOST])
        assert ticks(sink, "kept") == []
        assert [stored.envelope.key for stored in outbox.with_tick(Tick.LOST)] == ["gone"]

    def test_after_another_epoch_it_is_asked_again(self, sender: Sender, sink: Sink) -> None:
        sender.start()
        self.commit(sender, sink, "a", "b")
        sender.reconcile()
        sink.wait_for(lambda _: ticks(sink, "b")[-1] is Tick.LOST)
        assert ticks(sink, "a")[-1] is Tick.LOST

    def test_the_question_does_not_stand_in_the_way_of_orders(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        outbox.put(order("c"))
        outbox.mark("c", Tick.COMMITTED)
        centre.reply(STATUS, problem(404, "not-found"))
        sender.start()
        self.commit(sender, sink, "a")


def test_a_stop_keeps_the_rest_for_the_next_run(
    centre: FakeCentre, outbox: Outbox, sink: Sink
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def hang(asked: dict[str, Any]) -> tuple[int, object]:
        reached.set()
        go_on.wait(20)
        return committed(asked)

    centre.reply(COMMANDS, hang)
    centre.reply(STATUS, status({"a": {"key": "a", "status": 201, "rev": 6}}))
    sender = Sender(centre.api(), outbox, sink)
    for key in ("a", "b", "c"):
        sender.submit(order(key))
    sender.start()
    assert reached.wait(20)
    sender._stop.set()
    go_on.set()
    sender.stop()
    assert not sender._thread.is_alive()
    assert sent(centre) == ["a"]
    assert sender.waiting() == 2
    centre.reply(COMMANDS, committed)
    following = Sender(centre.api(), outbox, sink)
    following.start()
    sink.wait_for(lambda _: ticks(sink, "c") == [Tick.STORED, Tick.COMMITTED])
    following.stop()
    assert sent(centre) == ["a", "b", "c"]


def test_every_command_is_said_in_words_the_wire_knows() -> None:
    commands: list[Command] = [Remind(assignment="A1"), Recall(assignment="A1", reason="r")]
    assert [wrap(command, "k").type for command in commands] == ["remind", "recall"]
