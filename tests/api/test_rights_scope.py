"""A duty chief decides inside the own district or unit alone, at every command, by a table written out here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from console.client.session import Session
from tests.api.commands import dispatch, done, envelope, new_case, new_id, problem, send
from tests.api.people import ask, come_in, headers
from tests.central_process import Central

IN_WEST = {"lon": 110.335, "lat": 20.02}
EAST_RING = [{"lon": 110.355, "lat": 20.005}, {"lon": 110.365, "lat": 20.005}]
EAST_RING += [{"lon": 110.365, "lat": 20.015}]
WEST_RING = [{"lon": 110.33, "lat": 20.015}, {"lon": 110.34, "lat": 20.015}]
WEST_RING += [{"lon": 110.34, "lat": 20.025}]

OF_CASES = """
                       east  urban
east, led by T.1        in    out
east, led by B.urban    in    in
east, led by nobody     in    out
west, led by T.2        out   out
west, led by B.urban    out   in
"""
"""`east` is the chief of district 1, `urban` of the unit B.urban."""

OF_INCIDENTS = """
                       east  urban
east, nobody asked      in    out
west, nobody asked      out   out
west, B.urban asked     out   in
west, T.1 asked         in    out
"""

OF_UNITS = """
                       east  urban
D.1                     in    out
T.1                     in    out
B.urban                 out   in
D.2                     out   out
T.2                     out   out
U.gas                   out   out
city                    out   out
"""


def table(text: str) -> dict[str, dict[str, str]]:
    heads, *lines = text.strip().splitlines()
    found = {}
    for line in lines:
        *words, east, urban = line.split()
        found[" ".join(words)] = dict(zip(heads.split(), (east, urban), strict=True))
    return found


def cells(text: str) -> list[tuple[str, str, str]]:
    return [(what, who, mark) for what, row in table(text).items() for who, mark in row.items()]


@dataclass(frozen=True)
class Known:
    """Somebody who is in, in one role."""

    centre: Central
    session: Session
    role: str

    def send(self, command: dict[str, Any]) -> requests.Response:
        told = headers(self.session, self.role) | {"Idempotency-Key": command["key"]}
        url = f"{self.centre.url}/v1/commands"
        return requests.post(url, json=command, headers=told, timeout=60)


def somebody(centre: Central, role: str, **scope: str) -> Known:
    return Known(centre, come_in(centre, role, **scope), role)


@dataclass
class Things:
    """What there is in the city, by the words of the tables."""

    cases: dict[str, tuple[str, str]]
    incidents: dict[str, str]
    chiefs: dict[str, Known]
    now: datetime


def led_case(centre: Central, where: str, lead: str) -> tuple[str, str]:
    place = {} if where == "east" else {"position": IN_WEST}
    case, order = new_case(centre, **place)[0], new_id("A")
    if lead != "nobody":
        done(centre, dispatch(case, unit=lead, assignment=order))
    return case, order


def incident(centre: Central, where: str, asked: str) -> str:
    found = new_id("I")
    ring = EAST_RING if where == "east" else WEST_RING
    start = {"incident": found, "name": where, "footprint": ring, "cases": []}
    done(centre, envelope("start_incident", start), "emergency")
    if asked != "nobody":
        order = {"assignment": new_id("A"), "unit": asked}
        done(centre, envelope("call_in", {"incident": found, "asked": [order]}), "emergency")
    return found


@pytest.fixture(scope="module")
def things(centre: Central) -> Things:
    now = datetime.fromisoformat(centre.request("GET", "/v1/health").json()["time"])
    return Things(
        cases={what: led_case(centre, what[:4], what.split()[-1]) for what in table(OF_CASES)},
        incidents={
            what: incident(centre, what[:4], what.split()[-2]) for what in table(OF_INCIDENTS)
        },
        chiefs={
            "east": somebody(centre, "duty_chief", district="1"),
            "urban": somebody(centre, "duty_chief", unit="B.urban"),
        },
        now=now,
    )


def of_case(case: str, order: str) -> list[dict[str, Any]]:
    """Every command of a duty chief about a case; most do not fit its state."""
    yes = {"case": case}
    return [
        envelope("rule_return", {**yes, "confirmed": True, "reason": "r"}),
        envelope("call_back", {**yes, "reached": True, "solved": True, "satisfied": True}),
        envelope("rule_request", {**yes, "granted": True, "opinion": "o"}),
        envelope("resume", {**yes, "reason": "r"}),
        envelope("mark_hard", {**yes, "hard": True}),
        envelope("supervise", {**yes, "words": "w"}),
        envelope("judge_reply", {**yes, "accepted": True}),
        envelope("remind", {"assignment": order, "words": "w"}),
    ]


def judge(chief: Known, command: dict[str, Any], mark: str) -> None:
    response = chief.send(command)
    if mark == "out":
        refused = problem(response, 403, "scope")
        assert "duty_chief" not in refused["who_may"]
    else:
        assert response.status_code in (201, 422), response.text


@pytest.mark.parametrize(("what", "who", "mark"), cells(OF_CASES))
def test_cases(things: Things, what: str, who: str, mark: str) -> None:
    case, order = things.cases[what]
    for command in of_case(case, order):
        if command["type"] == "remind" and "nobody" in what:
            continue
        judge(things.chiefs[who], command, mark)


@pytest.mark.parametrize(("what", "who", "mark"), cells(OF_INCIDENTS))
def test_incidents(things: Things, what: str, who: str, mark: str) -> None:
    note = envelope("note_incident", {"incident": things.incidents[what], "words": "w"})
    judge(things.chiefs[who], note, mark)


@pytest.mark.parametrize(("unit", "who", "mark"), cells(OF_UNITS))
def test_units(things: Things, unit: str, who: str, mark: str) -> None:
    start = things.now + timedelta(days=1)
    turn = {"turn": new_id("R"), "unit": unit, "name": "陈", "phone": "1"}
    turn |= {"start": start.isoformat(), "end": (start + timedelta(hours=8)).isoformat()}
    handover = {"handover": new_id("H"), "unit": unit, "since": things.now.isoformat()}
    handover |= {"outgoing": "陈", "incoming": "李", "lines": []}
    judge(things.chiefs[who], envelope("set_turn", turn), mark)
    judge(things.chiefs[who], envelope("hand_over", handover), mark)


def test_the_turn_of_another_unit_cannot_be_taken_over(centre: Central, things: Things) -> None:
    start = things.now + timedelta(days=2)
    turn = {"turn": new_id("R"), "unit": "T.2", "name": "陈", "phone": "1"}
    turn |= {"start": start.isoformat(), "end": (start + timedelta(hours=8)).isoformat()}
    done(centre, envelope("set_turn", turn), "shift_leader")
    judge(things.chiefs["east"], envelope("set_turn", turn | {"unit": "T.1"}), "out")
    moved = envelope("set_turn", turn | {"unit": "T.1"})
    assert send(centre, moved, "shift_leader").status_code == 201
    judge(things.chiefs["east"], envelope("set_turn", turn | {"unit": "D.1"}), "in")


def test_what_is_refused_for_its_scope_is_not_kept_under_its_key(
    centre: Central, things: Things
) -> None:
    """The same command may be right once the case lies inside."""
    case, _ = things.cases["west, led by B.urban"]
    command = envelope("mark_hard", {"case": case, "hard": False})
    problem(things.chiefs["east"].send(command), 403, "scope")
    assert things.chiefs["urban"].send(command).status_code in (201, 422)


def test_without_bounds_a_chief_decides_for_the_whole_city(centre: Central, things: Things) -> None:
    whole = somebody(centre, "duty_chief")
    for what in table(OF_CASES):
        judge(whole, of_case(*things.cases[what])[4], "in")


def test_other_roles_of_a_person_have_no_bounds(centre: Central, things: Things) -> None:
    leader = somebody(centre, "shift_leader", district="1")
    for what in table(OF_CASES):
        judge(leader, of_case(*things.cases[what])[4], "in")


def test_a_person_takes_on_the_roles_they_hold_and_no_other(centre: Central) -> None:
    chief = somebody(centre, "duty_chief", district="1")
    for role in ("centre_leader", "admin", "field", "centre"):
        problem(ask(centre, chief.session, "GET", "/v1/snapshot", role), 403, "role")
