"""Several addresses of one centre: over to the next, and stuck to what works."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from console.client.api import Api
from console.client.refusals import Problem, Troubled, Unreachable
from console.wire.commands import Envelope
from console.wire.elapsed import elapsed_s
from tests.fake_centre import FakeCentre, fake_centre, problem

NOWHERE = "http://127.0.0.1:1"
GOOD = {
    "status": "ok",
    "schema": 1,
    "version": "0.1.0",
    "epoch": "e",
    "rev": 3,
    "city": "000000",
    "time": "2026-06-03T02:00:00Z",
}


@pytest.fixture
def other() -> Iterator[FakeCentre]:
    with fake_centre() as made:
        yield made


def api_of(*addresses: str) -> Api:
    return Api(addresses, "secret", "seat-1", "dispatcher")


def asked(centre: FakeCentre, path: str = "/v1/health") -> int:
    return len(centre.asked[path])


def test_where_nobody_listens_the_next_is_asked_and_kept(centre: FakeCentre) -> None:
    centre.reply("/v1/health", (200, GOOD))
    api = api_of(NOWHERE, centre.url)
    assert api.health().rev == 3
    assert api.base_url == centre.url
    assert api.health().rev == 3
    assert asked(centre) == 2


@pytest.mark.parametrize("status", [0, 502, 503, 504])
def test_one_that_is_going_down_is_left(centre: FakeCentre, other: FakeCentre, status: int) -> None:
    centre.reply("/v1/health", (status, b""))
    other.reply("/v1/health", (200, GOOD))
    api = api_of(centre.url, other.url)
    assert api.health().rev == 3
    assert api.health().rev == 3
    assert (asked(centre), asked(other)) == (1, 2)


def test_it_does_not_go_back_until_that_one_fails(centre: FakeCentre, other: FakeCentre) -> None:
    centre.reply("/v1/health", (503, b""), (200, GOOD))
    other.reply("/v1/health", (200, GOOD), (200, GOOD), (0, b""))
    api = api_of(centre.url, other.url)
    for _ in range(3):
        api.health()
    assert (asked(centre), asked(other)) == (2, 3)
    assert api.base_url == centre.url


def test_a_command_takes_its_key_along(centre: FakeCentre, other: FakeCentre) -> None:
    centre.reply("/v1/commands", (0, b""))
    other.reply("/v1/commands", (200, {"key": "k", "status": 200, "rev": 4, "replayed": True}))
    answer = api_of(centre.url, other.url).send(Envelope(key="k", type="remind", body={}))
    assert answer.committed
    keys = [c.headers["/v1/commands"][0]["Idempotency-Key"] for c in (centre, other)]
    assert keys == ["k", "k"]


def test_500_is_the_commands_own_trouble_and_not_the_address(
    centre: FakeCentre, other: FakeCentre
) -> None:
    centre.reply("/v1/commands", (500, {}))
    with pytest.raises(Troubled):
        api_of(centre.url, other.url).send(Envelope(key="k", type="remind", body={}))
    assert asked(other, "/v1/commands") == 0


@pytest.mark.parametrize("status", [401, 403, 404, 412, 422])
def test_a_refusal_is_final_on_every_address(
    centre: FakeCentre, other: FakeCentre, status: int
) -> None:
    centre.reply("/v1/health", problem(status, "no"))
    with pytest.raises(Problem):
        api_of(centre.url, other.url).health()
    assert asked(other) == 0


def test_with_all_of_them_down_it_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        api_of(NOWHERE, "http://127.0.0.1:2").health()


def test_a_telephone_rings_once(centre: FakeCentre, other: FakeCentre) -> None:
    """The answer was lost: nobody knows whether it rings already."""
    path = "/v1/private/cases/C1/dial"
    centre.reply(path, (0, b""))
    other.reply(path, (200, {"ringing": True}))
    api = api_of(centre.url, other.url)
    with pytest.raises(Unreachable):
        api.dial("C1")
    assert asked(other, path) == 0
    api.dial("C1")
    assert asked(other, path) == 1


def test_a_telephone_rings_by_the_next_address_when_the_first_was_never_reached(
    centre: FakeCentre,
) -> None:
    path = "/v1/private/cases/C1/dial"
    centre.reply(path, (200, {"ringing": True}))
    api_of(NOWHERE, centre.url).dial("C1")
    assert asked(centre, path) == 1


@pytest.mark.parametrize(("status", "code"), [(503, "no-telephone"), (502, "telephone-failed")])
def test_the_telephones_trouble_is_told(
    centre: FakeCentre, other: FakeCentre, status: int, code: str
) -> None:
    centre.reply("/v1/private/cases/C1/dial", problem(status, code))
    with pytest.raises(Problem) as caught:
        api_of(centre.url, other.url).dial("C1")
    assert caught.value.code == code


def test_an_answer_that_takes_too_long_is_looked_for_elsewhere(
    centre: FakeCentre, other: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.client.transport.READ_S", 0.2)

    def late(_: dict[str, Any]) -> tuple[int, object]:
        centre.over.wait(20)
        return 200, GOOD

    centre.reply("/v1/health", late)
    other.reply("/v1/health", (200, GOOD))
    assert api_of(centre.url, other.url).health().rev == 3
    centre.over.set()


def test_a_black_hole_costs_the_time_to_connect_once(
    other: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A listener whose queue is full: the connection is never made."""
    monkeypatch.setattr("console.client.transport.CONNECT_S", 0.2)
    other.reply("/v1/health", (200, GOOD))
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        port = hole.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for one in fillers:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        api = api_of(f"http://127.0.0.1:{port}", other.url)
        assert api.health().rev == 3
        assert api.base_url == other.url
        for one in fillers:
            one.close()


def test_the_servers_time_is_heard_with_the_round_trip(centre: FakeCentre) -> None:
    told: list[tuple[datetime, float, float]] = []
    stamp = {"Baton-Time": "2026-06-03T02:00:00.250000Z"}
    centre.reply("/v1/health", (200, GOOD, stamp), (200, GOOD, {"Baton-Time": "noon"}), (200, GOOD))
    api = centre.api()
    api.transport.heard = lambda *times: told.append(times)
    before = elapsed_s()
    for _ in range(3):
        api.health()
    ((moment, sent, answered),) = told
    assert moment == datetime(2026, 6, 3, 2, 0, 0, 250000, tzinfo=UTC)
    assert before <= sent <= answered <= elapsed_s()


def test_another_address_is_told_and_the_first_is_not(
    centre: FakeCentre, other: FakeCentre
) -> None:
    told: list[str] = []
    centre.reply("/v1/health", (200, GOOD), (503, {}))
    other.reply("/v1/health", (200, GOOD), (200, GOOD), (503, {}))
    api = api_of(centre.url, other.url)
    api.transport.moved = told.append
    api.health()
    assert told == []
    api.health()
    api.health()
    assert told == [other.url]
    with pytest.raises(Unreachable):
        api.health()
    centre.reply("/v1/health", (200, GOOD))
    api.health()
    assert told == [other.url, centre.url]
