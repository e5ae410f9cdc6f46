"""Health, snapshot, log, history, volumes, private data, problems: what a reader can count on."""

from itertools import pairwise

import pytest
import requests

from console.wire.frames import SCHEMA
from tests.api.commands import accept, dispatch, done, envelope, new_case, problem
from tests.central_process import TOKEN, Central


def test_health_needs_no_token(centre: Central) -> None:
    response = requests.get(f"{centre.url}/v1/health", timeout=10)
    found = response.json()
    assert found["status"] == "ok"
    assert (found["schema"], found["epoch"], found["city"]) == (SCHEMA, centre.epoch, "000000")
    assert response.headers["Baton-Time"].endswith("Z")


PATHS = ["/v1/snapshot", "/v1/events?after=0", "/v1/log?from=1&to=2", "/v1/volumes"]
PATHS += ["/v1/history/x", "/v1/private/cases/x"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", "Bearer wrong-token-000000", f"Basic {TOKEN}", "Bearer ü"])
def test_everything_else_needs_the_token(centre: Central, path: str, token: str) -> None:
    headers = {"Authorization": token.encode(), "Baton-Seat": "s"}
    response = requests.get(centre.url + path, headers=headers, timeout=10)
    problem(response, 401, "token")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("seat", ["", "%20", "x" * 65, "a%0Ab"])
def test_a_seat_has_a_name(centre: Central, seat: str) -> None:
    headers = centre.headers() | {"Baton-Seat": seat}
    response = requests.get(f"{centre.url}/v1/snapshot", headers=headers, timeout=10)
    problem(response, 400, "seat")


def test_unknown_routes_and_methods_are_problems(centre: Central) -> None:
    problem(centre.request("GET", "/v1/nothing"), 404, "not-found")
    problem(centre.request("GET", "/docs"), 404, "not-found")
    problem(centre.request("DELETE", "/v1/snapshot"), 405, "method")


def test_a_snapshot_is_at_one_rev_and_has_a_tag(centre: Central) -> None:
    new_case(centre)
    first = centre.request("GET", "/v1/snapshot")
    page = first.json()
    assert page["schema"] == SCHEMA
    assert first.headers["Baton-Pages"] == str(page["pages"])
    assert first.headers["ETag"] == f'"{page["epoch"]}:{page["rev"]}"'
    tag = {"If-None-Match": first.headers["ETag"]}
    assert centre.request("GET", "/v1/snapshot", headers=tag).status_code == 304
    same = centre.request("GET", f"/v1/snapshot?page=0&rev={page['rev']}")
    assert same.content == first.content
    problem(centre.request("GET", "/v1/snapshot?page=0&rev=999999"), 410, "snapshot-gone")
    problem(centre.request("GET", f"/v1/snapshot?page={page['pages']}"), 404, "not-found")
    problem(centre.request("GET", "/v1/snapshot?page=-1"), 400, "malformed")
    problem(centre.request("GET", "/v1/snapshot?page=٣"), 400, "malformed")


def test_the_log_is_dense_inclusive_and_chained(centre: Central) -> None:
    _, last = new_case(centre)
    events = centre.request("GET", f"/v1/log?from=1&to={last}").json()
    assert [event["rev"] for event in events] == list(range(1, last + 1))
    for before, after in pairwise(events):
        assert after["prev_hash"] == before["hash"]
        assert after["at"] >= before["at"]
    assert centre.request("GET", f"/v1/log?from={last + 1}&to={last + 9}").json() == []
    problem(centre.request("GET", "/v1/log?from=1"), 400, "malformed")
    problem(centre.request("GET", f"/v1/log?from=1&to={10**18}"), 400, "malformed")


def test_the_log_begins_with_the_day_and_the_clock(centre: Central) -> None:
    events = centre.request("GET", "/v1/log?from=1&to=2").json()
    assert {event["type"] for event in events} == {"day.began", "clock.set"}
    assert {event["role"] for event in events} == {"centre"}


def test_history_has_the_case_and_its_orders(centre: Central) -> None:
    case, _ = new_case(centre)
    new_case(centre)
    order = dispatch(case)
    done(centre, order)
    done(centre, envelope("remind", {"assignment": order["body"]["assignment"], "words": "快"}))
    events = centre.request("GET", f"/v1/history/{case}").json()
    kinds = [event["type"] for event in events]
    assert kinds == [
        "case.received",
        "case.registered",
        "assignment.sent",
        "case.dispatched",
        "assignment.reminded",
    ]
    problem(centre.request("GET", "/v1/history/nobody"), 404, "unknown-case")


def test_no_event_holds_personal_data(centre: Central) -> None:
    secret = {
        "citizen": "欧阳娜娜",
        "phone": "13800138000",
        "words": "我家漏水了",
        "address": "海府路 12号楼 3单元",
    }
    case, _ = new_case(centre, private=secret)
    text = centre.request("GET", f"/v1/history/{case}").text
    for word in ("欧阳", "13800138000", "漏水", "12号"):
        assert word not in text
    assert "海府路" in text


def test_personal_data_leave_masked_and_only_to_those_who_need_them(centre: Central) -> None:
    secret = {"citizen": "王小明", "phone": "13812341234", "words": "打 13900001111 找我"}
    case, _ = new_case(centre, private=secret)
    response = centre.request("GET", f"/v1/private/cases/{case}?why=call")
    assert response.json() == {
        "citizen": "王**",
        "phone": "138****1234",
        "words": "打 139****1111 找我",
        "address": "",
    }
    assert response.headers["Cache-Control"] == "no-store"
    for role in ("field", "wall", "trainer", "admin", None):
        problem(centre.request("GET", f"/v1/private/cases/{case}", role=role), 403, "role")
    problem(centre.request("GET", "/v1/private/cases/nobody"), 404, "unknown-case")


def test_volumes_are_counted_and_imported(centre: Central) -> None:
    today = centre.request("GET", "/v1/snapshot").json()["day"]["day"]
    done(centre, accept(register=False, answered=True))
    found = centre.request("GET", f"/v1/volumes?from={today}&to={today}").json()["days"]
    assert found[0]["origin"] == "live"
    assert sum(found[0]["calls"]) >= sum(found[0]["answered"]) >= 1
    day = {"day": "2024-02-29", "calls": [1] * 24, "answered": [0] * 24, "cases": [2] * 24}
    body = {"days": [day, day | {"day": today}, day | {"day": "2999-01-01"}]}
    taken = centre.request("PUT", "/v1/volumes", role="field", json=body).json()
    assert taken == {"imported": 1, "kept": [today, "2999-01-01"]}
    days = centre.request("GET", "/v1/volumes?from=2024-01-01&to=2999-12-31").json()["days"]
    assert days[0] == day | {"origin": "imported"}
    assert days[-1]["day"] == today
    assert days[-1]["calls"] == found[0]["calls"]
    problem(centre.request("PUT", "/v1/volumes", json=body), 403, "role")
    problem(centre.request("GET", "/v1/volumes?from=today&to=x"), 400, "malformed")


@pytest.mark.parametrize(
    "change",
    [
        {"day": "2024-13-01"},
        {"day": "20240101"},
        {"calls": [1] * 23},
        {"cases": [-1] * 24},
        {"calls": [2**40] * 24},
        {"answered": ["x"] * 24},
    ],
)
def test_wrong_volumes_are_refused(centre: Central, change: dict) -> None:
    day = {"day": "2024-02-28", "calls": [1] * 24, "answered": [0] * 24, "cases": [2] * 24}
    body = {"days": [day | change]}
    problem(centre.request("PUT", "/v1/volumes", role="field", json=body), 400, "malformed")
