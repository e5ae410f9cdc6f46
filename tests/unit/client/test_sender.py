"""The sender: in order, the same key until the fate is known, nothing old sent unasked."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from console.client.api import Api
from console.client.order_age import ORDERS
from console.client.outbox import Outbox
from console.client.sender import Sender
from console.client.session import Session
from console.client.transport import Transport
from console.domain.command import COMMAND_TYPES, Command, Dispatch, Recall, Remind
from console.wire.commands import Envelope, wrap
from console.wire.elapsed import elapsed_s
from console.wire.messages import CommandMoved, NotStored, RowsSetAside, Tick
from tests.fake_centre import FakeCentre, Sink, problem
from tests.unit.client.test_session import told

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


class Clock:
    """Seconds since the machine started, in a test's hand; it runs on by itself too."""

    def __init__(self) -> None:
        self.more = 0.0

    def __call__(self) -> float:
        return elapsed_s() + self.more


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sender(centre: FakeCentre, outbox: Outbox, sink: Sink, clock: Clock) -> Iterator[Sender]:
    centre.reply(COMMANDS, committed)
    centre.reply(STATUS, nothing_known)
    made = Sender(centre.api(), outbox, sink, elapsed=clock)
    yield made
    centre.over.set()
    made.stop()


def order(key: str) -> Envelope:
    return wrap(Dispatch(case="C1", assignment=key, unit="U1"), key)


def note(key: str) -> Envelope:
    return wrap(Remind(assignment="A1"), key)


def until(fits: Callable[[], bool], seconds: float = 20) -> None:
    """What no message tells of."""
    end = elapsed_s() + seconds
    while not fits():
        assert elapsed_s() < end
        threading.Event().wait(0.005)


def ticks(sink: Sink, key: str) -> list[Tick]:
    return [m.tick for m in sink.all(CommandMoved) if m.envelope.key == key]


def sent(centre: FakeCentre) -> list[str]:
    return [asked["key"] for asked in centre.asked[COMMANDS]]


def on(case: str, key: str) -> Envelope:
    return wrap(Remind(assignment=f"A-{case}", words=case), key, {f"case:{case}": 1})


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
        problem(403, "must-change-password"),
        (403, b"<html>blocked by the proxy"),
        (404, b"<html>no such page"),
    ],
    ids=[
        *("reset", "500", "503", "html", "empty", "redirect", "409", "401", "429"),
        *("password", "proxy-403", "proxy-404"),
    ],
)
def test_an_unknown_outcome_is_tried_again_with_the_same_key(
    centre: FakeCentre, sender: Sender, sink: Sink, trouble: tuple[int, object]
) -> None:
    centre.reply(COMMANDS, trouble, trouble, committed)
    sender.start()
    sender.submit(on("C1", "a"))
    sender.submit(on("C1", "b"))
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


class TestOneThatAlwaysFails:
    """A command the centre cannot digest."""

    @pytest.fixture
    def poison(self, centre: FakeCentre, sender: Sender) -> Sender:
        def answer(asked: dict[str, Any]) -> tuple[int, object]:
            return (500, {}) if asked["key"].startswith("poison") else committed(asked)

        centre.reply(COMMANDS, answer)
        return sender

    def test_keeps_back_only_its_own_case(
        self, centre: FakeCentre, poison: Sender, sink: Sink
    ) -> None:
        for command in (on("C1", "poison"), on("C1", "behind"), on("C2", "b"), on("C3", "c")):
            poison.submit(command)
        poison.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "c"))
        assert Tick.COMMITTED in ticks(sink, "b")
        poison.submit(on("C4", "new"))
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "new"))
        until(lambda: sent(centre).count("poison") > 3)
        assert "behind" not in sent(centre)
        assert ticks(sink, "poison") == [Tick.STORED]

    def test_keeps_back_what_is_chained_to_it(
        self, centre: FakeCentre, poison: Sender, sink: Sink
    ) -> None:
        poison.submit(on("C1", "poison"))
        undo = wrap(Remind(assignment="B"), "undo", {"assignment:B": {"after": "poison"}})
        poison.submit(undo)
        poison.submit(on("C2", "b"))
        poison.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "b"))
        until(lambda: sent(centre).count("poison") > 3)
        assert "undo" not in sent(centre)

    def test_many_of_them_do_not_keep_back_the_rest(
        self, centre: FakeCentre, poison: Sender, sink: Sink
    ) -> None:
        for number in range(8):
            poison.submit(on(f"P{number}", f"poison{number}"))
        poison.submit(on("C1", "good"))
        poison.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "good"))

    def test_waits_longer_each_time(
        self, centre: FakeCentre, poison: Sender, sink: Sink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tries: list[int] = []

        def note_try(attempt: int) -> float:
            tries.append(attempt)
            return 0.001

        monkeypatch.setattr("console.client.waits.full_jitter", note_try)
        poison.submit(on("C1", "poison"))
        poison.start()
        until(lambda: len(sent(centre)) >= 5)
        assert tries[:4] == [0, 1, 2, 3]

    def test_one_still_running_waits_as_long_as_the_centre_asks(
        self, centre: FakeCentre, sender: Sender, sink: Sink, clock: Clock
    ) -> None:
        status_, body = problem(409, "running")[:2]
        centre.reply(COMMANDS, (status_, body, {"Retry-After": "3000"}), committed)
        sender.submit(on("C1", "a"))
        sender.submit(on("C2", "b"))
        sender.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "b"))
        assert sent(centre) == ["a", "b"]
        clock.more = 3001
        sender.hurry()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "a"))
        assert sent(centre) == ["a", "b", "a"]


def test_nobody_there_is_asked_once_a_round(
    centre: FakeCentre, sender: Sender, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred waiting orders are no hundred knocks at a door that nobody opens."""
    paused = threading.Semaphore(0)

    def pause(attempt: int) -> float:
        paused.release()
        return 0.01

    monkeypatch.setattr("console.client.sender.full_jitter", pause)
    centre.reply(COMMANDS, (0, b""))
    for number in range(30):
        sender.submit(on(f"C{number}", f"k{number}"))
    sender.start()
    for _ in range(4):
        assert paused.acquire(timeout=20)
    assert len(sent(centre)) <= 5
    assert set(sent(centre)) == {"k0"}


def test_a_session_that_has_ended_keeps_everything(
    centre: FakeCentre, outbox: Outbox, sink: Sink
) -> None:
    centre.reply("/v1/session", told(1), told(2))
    centre.reply(STATUS, nothing_known)
    centre.reply(COMMANDS, problem(401, "session-ended"), committed)
    session = Session(Transport(centre.url), "seat-1")
    session.log_in("wang", "right")
    sender = Sender(Api.of(session, "dispatcher"), outbox, sink)
    for key in ("a", "b"):
        sender.submit(on("C1", key))
    sender.start()
    until(lambda: bool(sent(centre)))
    assert sender.waiting() == 2
    session.log_in("wang", "right")
    sender.hurry()
    sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "b"))
    sender.stop()
    assert sent(centre) == ["a", "a", "b"]


def test_after_a_restart_an_undo_still_stands_before_a_new_order_of_its_case(
    centre: FakeCentre, outbox: Outbox, sink: Sink
) -> None:
    """The picture does not know the assignment yet: only the outbox does."""
    centre.reply(STATUS, nothing_known)
    centre.reply(COMMANDS, lambda asked: committed(asked) if asked["key"] == "new" else (500, {}))
    outbox.put(order("first"))
    sender = Sender(centre.api(), outbox, sink)
    sender.submit(wrap(Recall(assignment="first", reason="undo"), "undo"))
    sender.submit(order("new"))
    sender.start()
    until(lambda: sent(centre).count("first") > 3)
    sender.stop()
    assert set(sent(centre)) == {"first"}


class TestTheDisk:
    def test_what_cannot_be_stored_is_said_at_once_and_never_sent(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        outbox._db.execute("PRAGMA query_only = ON")
        with pytest.raises(NotStored):
            sender.submit(order("a"))
        assert sink.all(CommandMoved) == []
        outbox._db.execute("PRAGMA query_only = OFF")
        sender.submit(order("b"))
        sender.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "b"))
        assert sent(centre) == ["b"]

    def test_an_answer_that_cannot_be_stored_is_told_all_the_same_and_written_later(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        def fill(asked: dict[str, Any]) -> tuple[int, object]:
            outbox._db.execute("PRAGMA query_only = ON")
            return committed(asked)

        centre.reply(COMMANDS, fill, committed)
        sender.submit(order("a"))
        sender.start()
        sink.wait_for(lambda _: ticks(sink, "a") == [Tick.STORED, Tick.COMMITTED])
        assert outbox.count(Tick.COMMITTED) == 0
        outbox._db.execute("PRAGMA query_only = OFF")
        sender.submit(order("b"))
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "b"))
        assert outbox.count(Tick.COMMITTED) == 2
        assert sent(centre) == ["a", "b"], "and it was sent once"

    def test_damaged_rows_are_told(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        for key in ("bad", "good"):
            sender.submit(order(key))
        outbox._db.execute("UPDATE outbox SET envelope = 'x' WHERE key = 'bad'")
        sender.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "good"))
        sender.submit(order("later"))
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "later"))
        assert sink.all(RowsSetAside) == [RowsSetAside(1, ("bad",))]
        assert sent(centre) == ["good", "later"]


class TestOldOrders:
    def test_an_order_older_than_a_minute_waits_for_a_word_and_a_note_goes(
        self, centre: FakeCentre, sender: Sender, clock: Clock, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        sender.submit(note("note"))
        clock.more = 61
        sender.start()
        sink.wait_for(lambda _: ticks(sink, "note") == [Tick.STORED, Tick.COMMITTED])
        assert ticks(sink, "old") == [Tick.STORED, Tick.HELD]
        assert sent(centre) == ["note"]
        assert [stored.envelope.key for stored in sender.held()] == ["old"]
        assert sender.waiting() == 0

    def test_released_it_goes(
        self, centre: FakeCentre, sender: Sender, clock: Clock, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        clock.more = 61
        sender.start()
        sink.wait_for(lambda _: Tick.HELD in ticks(sink, "old"))
        sender.release("old")
        sink.wait_for(lambda _: ticks(sink, "old") == [Tick.STORED, Tick.HELD, Tick.COMMITTED])
        assert sent(centre) == ["old"]

    def test_discarded_it_never_goes(
        self, centre: FakeCentre, sender: Sender, clock: Clock, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        clock.more = 61
        sender.start()
        sink.wait_for(lambda _: Tick.HELD in ticks(sink, "old"))
        sender.discard("old")
        sender.submit(note("n"))
        sink.wait_for(lambda _: ticks(sink, "n") == [Tick.STORED, Tick.COMMITTED])
        assert sent(centre) == ["n"]
        assert sender.held() == []

    def test_one_the_centre_already_has_is_settled_and_not_sent_twice(
        self, centre: FakeCentre, sender: Sender, clock: Clock, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        clock.more = 61
        centre.reply(STATUS, status({"old": {"key": "old", "status": 201, "rev": 4}}))
        sender.start()
        sink.wait_for(lambda _: ticks(sink, "old") == [Tick.STORED, Tick.COMMITTED])
        assert sent(centre) == []

    def test_its_undo_waits_with_it_and_a_new_order_does_not(
        self, centre: FakeCentre, sender: Sender, clock: Clock, sink: Sink
    ) -> None:
        sender.submit(order("old"))
        clock.more = 61
        after = {"assignment:old": {"after": "old"}}
        sender.submit(wrap(Recall(assignment="old", reason="undo"), "undo", after))
        sender.submit(order("new"))
        sender.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "new"))
        assert ticks(sink, "old") == [Tick.STORED, Tick.HELD]
        assert sent(centre) == ["new"]
        sender.release("old")
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "undo"))
        assert sent(centre) == ["new", "old", "undo"]

    def test_a_clock_that_is_set_makes_no_order_old(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        sender.submit(order("a"))
        outbox._db.execute("UPDATE outbox SET stored_at = '1999-01-01T00:00:00+00:00'")
        sender.start()
        sink.wait_for(lambda _: Tick.COMMITTED in ticks(sink, "a"))

    def test_one_from_an_earlier_run_is_old_by_its_date(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        for key in ("fresh", "future", "past"):
            outbox.put(order(key))
        for key, stored_at in (("future", "2999-01-01"), ("past", "1999-01-01")):
            row = (f"{stored_at}T00:00:00+00:00", key)
            outbox._db.execute("UPDATE outbox SET stored_at = ? WHERE key = ?", row)
        sender.start()
        sink.wait_for(lambda _: Tick.HELD in ticks(sink, "past"))
        assert ticks(sink, "future") == [Tick.HELD]
        assert sent(centre) == ["fresh"]

    def test_a_recall_waits_too(self, sender: Sender, clock: Clock, sink: Sink) -> None:
        sender.submit(wrap(Recall(assignment="A1", reason="r"), "back"))
        clock.more = 61
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

    def test_what_is_lost_is_told_at_every_start_until_it_was_seen(
        self, centre: FakeCentre, sender: Sender, outbox: Outbox, sink: Sink
    ) -> None:
        outbox.put(order("gone"))
        outbox.mark("gone", Tick.LOST)
        sender.start()
        sink.wait_for(lambda _: ticks(sink, "gone") == [Tick.LOST])
        sender.discard("gone")
        again = Sink()
        following = Sender(centre.api(), outbox, again)
        following.start()
        following.submit(order("next"))
        again.wait_for(lambda _: ticks(again, "next")[-1:] == [Tick.COMMITTED])
        following.stop()
        assert ticks(again, "gone") == []

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
