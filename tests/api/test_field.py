"""Positions and the domain clock, as a feed sends them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.api.commands import new_case, problem
from tests.central_process import Central, Listener, running_central

pytest_plugins = ()


def now(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


def test_positions_are_judged_one_by_one(centre: Central) -> None:
    good = {"worker": "W1", "lon": 110.361234567, "lat": 20.01, "fix_at": now()}
    fixes = [
        good,
        good | {"worker": "W999"},
        good | {"lon": 20.0, "lat": 110.3},
        good | {"fix_at": now(hours=1)},
        good | {"fix_at": now(days=-3)},
        good | {"lat": "north"},
        good | {"fix_at": "2026-01-01T00:00:00"},
        {"worker": "W2"},
        good | {"worker": "W2"},
    ]
    found = centre.request("POST", "/v1/positions", role="field", json={"fixes": fixes}).json()
    assert found["accepted"] == 2
    assert [(f["index"], f["problem"]) for f in found["refused"]] == [
        (1, "unknown-worker"),
        (2, "malformed"),
        (3, "future"),
        (4, "too-old"),
        (5, "malformed"),
        (6, "malformed"),
        (7, "malformed"),
    ]
    problem(centre.request("POST", "/v1/positions", json={"fixes": fixes}), 403, "role")
    problem(centre.request("POST", "/v1/positions", role="field", data=b"{"), 400, "malformed")


def test_positions_reach_streams_and_snapshots(centre: Central) -> None:
    listener = Listener(centre, after=0)
    fix = {"worker": "W3", "lon": 110.331234567, "lat": 20.02, "fix_at": now()}
    centre.request("POST", "/v1/positions", role="field", json={"fixes": [fix]})
    frame = listener.wait(
        lambda f: f.kind == "fixes" and any(x["worker"] == "W3" for x in f.data["fixes"])
    )
    listener.close()
    found = next(x for x in frame.data["fixes"] if x["worker"] == "W3")
    assert found["position"] == {"lon": 110.331235, "lat": 20.02}
    late = Listener(centre, after=0)
    late.wait(lambda f: f.kind == "fixes" and any(x["worker"] == "W3" for x in f.data["fixes"]))
    late.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Central]:
    with running_central(tmp_path / "central") as found:
        yield found


def set_clock(central: Central, role: str = "field", **wish: object):
    return central.request("POST", "/v1/clock", role=role, json=wish)


def test_the_clock_is_set_logged_and_streamed(own: Central) -> None:
    listener = Listener(own, after=0)
    wish = {"domain_time": "2025-06-04T01:00:00Z", "rate": 0, "simulated": True}
    assert set_clock(own, **wish).json()["domain_time"].startswith("2025-06-04T01:00:00")
    event = listener.wait(lambda f: f.kind == "event" and f.data["change"].get("simulated")).data
    assert event["entity"] == "clock:city"
    day = listener.wait(lambda f: f.kind == "event" and f.data["entity"] == "day:2025-06-04")
    assert day.data["type"] == "day.began"
    case, _ = new_case(own)
    happened = own.request("GET", f"/v1/history/{case}").json()[0]
    assert happened["occurred_at"] == "2025-06-04T01:00:00Z"
    snapshot = own.request("GET", "/v1/snapshot").json()
    assert snapshot["day"]["day"] == "2025-06-04"
    assert snapshot["clock"]["simulated"]
    assert sum(snapshot["day"]["calls"]) == 1
    listener.close()


def test_with_cases_the_clock_does_not_go_back(own: Central) -> None:
    wish = {"domain_time": "2025-06-04T01:00:00Z", "rate": 0, "simulated": True}
    set_clock(own, **wish)
    assert set_clock(own, **wish | {"domain_time": "2025-06-03T01:00:00Z"}).status_code == 200
    new_case(own)
    earlier = wish | {"domain_time": "2025-06-02T01:00:00Z"}
    problem(set_clock(own, **earlier), 422, "clock-backwards")
    assert set_clock(own, **wish | {"domain_time": "2025-06-05T01:00:00Z"}).status_code == 200
    assert set_clock(own, rate=60, simulated=True).status_code == 200


@pytest.mark.parametrize(
    "wish",
    [
        {"rate": -1, "simulated": True},
        {"rate": 1e9, "simulated": True},
        {"rate": 2, "simulated": False},
    ],
)
def test_impossible_clocks_are_refused(centre: Central, wish: dict) -> None:
    problem(set_clock(centre, **wish), 422, "clock")


def test_only_the_field_and_administrators_set_the_clock(centre: Central) -> None:
    problem(set_clock(centre, role="dispatcher", rate=1, simulated=False), 403, "role")
    problem(set_clock(centre, rate="fast", simulated=True), 400, "malformed")
    assert set_clock(centre, role="admin", rate=1, simulated=False).status_code == 200


def test_a_simulated_clock_stands_while_the_server_is_down(tmp_path: Path) -> None:
    wish = {"domain_time": "2025-06-04T01:00:00Z", "rate": 3600, "simulated": True}
    with running_central(tmp_path / "central") as first:
        set_clock(first, **wish)
        set_clock(first, rate=0, simulated=True)
        stood = first.request("GET", "/v1/snapshot").json()["clock"]["domain_time"]
    with running_central(tmp_path / "central") as second:
        clock = second.request("GET", "/v1/snapshot").json()["clock"]
        assert clock["domain_time"] == stood
        assert clock["rate"] == 0
        assert clock["simulated"]


def test_a_fast_clock_goes_on_from_where_it_stood(tmp_path: Path) -> None:
    wish = {"domain_time": "2025-06-04T01:00:00Z", "rate": 3600, "simulated": True}
    with running_central(tmp_path / "central") as first:
        set_clock(first, **wish)
    with running_central(tmp_path / "central") as second:
        moment = datetime.fromisoformat(
            set_clock(second, rate=0, simulated=True).json()["domain_time"]
        )
        # An hour a second; it was down for about one, and ran for a few.
        assert moment.date().isoformat() == "2025-06-04"
