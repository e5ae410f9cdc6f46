"""Several API processes on one PostgreSQL: one log, whichever process is asked; any of them may die."""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from console.domain.event import Event
from console.geo.city import load_city
from console.wire.codec import event_hash, from_builtins
from tests import postgres
from tests.api.commands import accept, dispatch, done, new_case, problem, send
from tests.central_process import TINY, Central, Listener, NotReady, running_central, start_central

Pair = tuple[Central, Central]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    found = postgres.server().fresh()
    yield found
    postgres.server().drop(found)


@pytest.fixture(scope="module")
def pair(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("several")
    with (
        running_central(folder / "one", database=address) as one,
        running_central(folder / "two", database=address) as two,
    ):
        yield one, two


def log_of(central: Central) -> list[Event]:
    return [
        from_builtins(e, Event) for e in central.request("GET", "/v1/log?from=1&to=5000").json()
    ]


def test_they_are_one_centre(pair: Pair) -> None:
    one, two = pair
    assert one.epoch == two.epoch
    assert one.url != two.url


def test_what_one_commits_the_other_streams(pair: Pair) -> None:
    one, two = pair
    listener = Listener(two, after=0)
    case, rev = new_case(one)
    event = listener.wait(lambda f: f.kind == "event" and f.data["rev"] == rev).data
    assert event["entity"] == f"case:{case}"
    revs = [event["rev"] for event in listener.of("event")]
    assert revs == list(range(1, rev + 1))
    listener.close()


def test_a_stream_may_go_on_at_the_other_at_once(pair: Pair) -> None:
    one, two = pair
    for _ in range(20):
        _, rev = new_case(one)
        listener = Listener(two, after=rev, epoch=one.epoch)
        assert listener.status == 200, "it knows this rev from the other one"
        listener.close()


def test_a_key_is_done_once_whoever_hears_it_again(pair: Pair) -> None:
    one, two = pair
    command = accept()
    first = done(one, command)
    again = send(two, command)
    assert (again.status_code, again.json()["rev"]) == (200, first["rev"])
    assert again.headers["idempotent-replayed"] == "true"
    problem(send(two, accept() | {"key": command["key"]}), 422, "key-reused")


def test_one_key_to_both_at_the_same_instant(pair: Pair) -> None:
    with ThreadPoolExecutor(2) as both:
        for _ in range(30):
            command, gate = accept(), threading.Barrier(2)

            def act(central: Central, command: Any = command, gate: Any = gate) -> Any:
                gate.wait()
                return send(central, command)

            answers = list(both.map(act, pair))
            assert sorted(a.status_code for a in answers) == [200, 201]
            assert len({a.json()["rev"] for a in answers}) == 1


def test_two_operators_at_two_processes(pair: Pair) -> None:
    with ThreadPoolExecutor(2) as both:
        for _ in range(30):
            case, version = new_case(pair[0])
            gate = threading.Barrier(2)

            def act(central: Central, case: Any = case, v: Any = version, gate: Any = gate) -> Any:
                gate.wait()
                return send(central, dispatch(case, expect={f"case:{case}": v}))

            answers = list(both.map(act, pair))
            assert sorted(a.status_code for a in answers) == [201, 412]
            refused = next(a for a in answers if a.status_code == 412)
            assert refused.json()["current"][f"case:{case}"] > version


def test_the_log_is_dense_and_its_chain_whole(pair: Pair) -> None:
    for number in range(40):
        new_case(pair[number % 2])
    log = log_of(pair[0])
    assert log == log_of(pair[1])
    assert [event.rev for event in log] == list(range(1, len(log) + 1))
    assert all(event_hash(event) == event.hash for event in log)
    assert all(a.hash == b.prev_hash for a, b in itertools.pairwise(log))


def test_both_have_one_picture(pair: Pair) -> None:
    _, rev = new_case(pair[0])
    marks = []
    for central in pair:
        listener = Listener(central, after=rev)
        mark = listener.wait(lambda f: f.kind == "bookmark" and f.data["rev"] >= rev)
        marks.append((mark.data["rev"], mark.data["digest"]))
        listener.close()
    assert marks[0] == marks[1]


def test_a_timer_fires_once(pair: Pair) -> None:
    cases = [new_case(pair[number % 2])[0] for number in range(6)]
    for number, case in enumerate(cases):
        done(pair[(number + 1) % 2], dispatch(case))
    listener = Listener(pair[1], after=0)
    for case in cases:
        order = next(e for e in log_of(pair[0]) if e.change.get("case") == case).entity
        listener.wait(
            lambda f, order=order: (
                f.kind == "event"
                and (f.data["type"], f.data["entity"]) == ("assignment.announced", order)
            )
        )
    listener.close()
    announced = [e.entity for e in log_of(pair[0]) if e.type == "assignment.announced"]
    assert len(announced) == len(set(announced))


def test_positions_reach_those_who_listen_elsewhere(pair: Pair) -> None:
    one, two = pair
    worker = sorted(load_city(TINY).workers)[0]
    listener = Listener(two, after=0)
    report = {
        "worker": worker,
        "lon": 110.33,
        "lat": 20.01,
        "fix_at": datetime.now(UTC).isoformat(),
    }
    taken = one.request("POST", "/v1/positions", role="field", json={"fixes": [report]}).json()
    assert taken["accepted"] == 1, taken
    frame = listener.wait(
        lambda f: f.kind == "fixes" and any(x["worker"] == worker for x in f.data["fixes"])
    )
    assert frame.data["fixes"]
    listener.close()


def test_the_clock_is_one(tmp_path: Path) -> None:
    address = postgres.server().fresh()
    with (
        running_central(tmp_path / "one", database=address) as one,
        running_central(tmp_path / "two", database=address) as two,
    ):
        wish = {"domain_time": "2025-06-04T01:00:00Z", "rate": 0, "simulated": True}
        assert one.request("POST", "/v1/clock", role="field", json=wish).status_code == 200
        case, _ = new_case(two)
        history = two.request("GET", f"/v1/history/{case}").json()
        assert history[0]["occurred_at"] == "2025-06-04T01:00:00Z"
        assert two.request("GET", "/v1/snapshot").json()["clock"]["rate"] == 0
        one.kill()
        with running_central(tmp_path / "one", database=address) as again:
            clock = again.request("GET", "/v1/snapshot").json()["clock"]
            assert clock["domain_time"] == "2025-06-04T01:00:00Z"
    postgres.server().drop(address)


def test_one_dies_and_the_other_goes_on(tmp_path: Path) -> None:
    address = postgres.server().fresh()
    with running_central(tmp_path / "two", database=address) as two:
        one = start_central(tmp_path / "one", database=address)
        command = accept()
        rev = done(one, command)["rev"]
        one.kill()
        assert send(two, command).json()["rev"] == rev
        assert done(two, accept())["rev"] > rev
    postgres.server().drop(address)


def test_a_lost_connection_is_unknown_then_well_again(tmp_path: Path) -> None:
    address = postgres.server().fresh()
    name = make_url(address).database
    with running_central(tmp_path / "one", database=address) as one:
        new_case(one)
        postgres.server().execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        command = accept()
        while (answer := send(one, command)).status_code == 503:
            assert answer.headers["retry-after"]
        assert answer.status_code in (200, 201)
        listener = Listener(one, after=0)
        listener.wait(lambda f: f.kind == "event" and f.data["command_id"] == command["key"])
        done(one, accept())
        listener.close()
    postgres.server().drop(address)


def test_a_database_that_was_restored_underneath_ends_the_process(tmp_path: Path) -> None:
    address = postgres.server().fresh()
    one = start_central(tmp_path / "one", database=address)
    new_case(one)
    _, rev = new_case(one)
    with psycopg.connect(address) as connection:  # what a restore of yesterday's copy looks like
        connection.execute("DELETE FROM events WHERE rev > %s", [rev - 1])
        connection.execute("UPDATE events SET hash = 'other' WHERE rev = %s", [rev - 1])
        connection.execute("UPDATE counter SET rev = %s, hash = 'other'", [rev - 1])
    assert one.process.wait(30) == 2
    assert b"log-forked" in (one.process.stdout.read() if one.process.stdout else b"")
    one.kill()
    postgres.server().drop(address)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotReady) as told:
        start_central(tmp_path / "one", database="postgresql://baton:secret@127.0.0.1:1/none")
    assert told.value.problem["problem"] == "database-unavailable"
    assert "secret" not in str(told.value)
    with pytest.raises(NotReady) as wrong:
        start_central(tmp_path / "one", database="mysql://x/y")
    assert wrong.value.problem["problem"] == "database-address"


def test_a_server_that_forgets_is_refused(tmp_path: Path) -> None:
    address = postgres.server().fresh()
    name = make_url(address).database
    postgres.server().execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    with pytest.raises(NotReady) as told:
        start_central(tmp_path / "one", database=address)
    assert told.value.problem["problem"] == "database-not-durable"
    postgres.server().drop(address)
