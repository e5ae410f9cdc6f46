"""Timers of the centre fire once, also when it was down in between."""

from pathlib import Path
from typing import Any

from tests.api.commands import dispatch, done, new_case
from tests.central_process import Central, Listener, running_central, start_central

WISH = {"domain_time": "2025-06-04T01:00:00Z", "rate": 0, "simulated": True}


def set_clock(central: Central, **wish: Any) -> None:
    response = central.request("POST", "/v1/clock", role="field", json=WISH | wish)
    assert response.status_code == 200, response.text


def types_of(central: Central, case: str) -> list[str]:
    return [e["type"] for e in central.request("GET", f"/v1/history/{case}").json()]


def test_an_order_is_announced_by_the_centre(centre: Central) -> None:
    case, _ = new_case(centre)
    done(centre, dispatch(case))
    listener = Listener(centre, after=0)
    event = listener.wait_event("assignment.announced")
    assert (event["actor"], event["role"]) == ("centre", "centre")
    assert event["command_id"].startswith("timer:")
    listener.close()


def test_the_ladder_and_the_deadline_follow_domain_time_and_fire_once(tmp_path: Path) -> None:
    first = start_central(tmp_path / "central")
    set_clock(first)
    case, _ = new_case(first, category="0702")
    done(first, dispatch(case, unit="B.police"))
    set_clock(first, domain_time="2025-06-04T01:03:30Z")
    assert types_of(first, case)[-1] == "assignment.escalated"
    first.kill()
    with running_central(tmp_path / "central") as second:
        assert types_of(second, case).count("assignment.escalated") == 1
        set_clock(second, domain_time="2025-06-04T02:00:00Z")
        kinds = types_of(second, case)
        assert kinds.count("assignment.escalated") == 3
        assert kinds.count("assignment.overdue") == 1
        history = second.request("GET", f"/v1/history/{case}").json()
        when = [e["occurred_at"] for e in history if e["type"] == "assignment.escalated"]
        assert when[1:] == ["2025-06-04T01:06:00Z", "2025-06-04T01:10:00Z"]
    with running_central(tmp_path / "central") as third:
        assert types_of(third, case) == kinds


def test_midnight_begins_a_day(tmp_path: Path) -> None:
    with running_central(tmp_path / "central") as central:
        set_clock(central, domain_time="2025-06-04T15:59:59Z", rate=1)
        new_case(central)
        listener = Listener(central, after=0)
        listener.wait(lambda f: f.kind == "event" and f.data["entity"] == "day:2025-06-05")
        snapshot = central.request("GET", "/v1/snapshot").json()
        assert snapshot["day"]["day"] == "2025-06-05"
        listener.close()
