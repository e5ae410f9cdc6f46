"""Rulings, supervision, the roster, handovers and incidents over HTTP, asserted in the log."""

from datetime import datetime, timedelta
from typing import Any

from tests.api.commands import accept, dispatch, done, envelope, new_case, new_id, problem, send
from tests.central_process import Central

RING = [
    {"lon": 110.355, "lat": 20.005},
    {"lon": 110.365, "lat": 20.005},
    {"lon": 110.36, "lat": 20.015},
]
REVIEW = {"course": "经过", "went_well": "", "lessons": "教训", "follow_up": ""}


def history(centre: Central, owner: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = centre.request("GET", f"/v1/history/{owner}").json()
    return found


def types(centre: Central, owner: str) -> list[str]:
    return [event["type"] for event in history(centre, owner)]


def returned_twice(centre: Central) -> str:
    """A case whose second unit asks to give it back."""
    case, _ = new_case(centre)
    for unit, last in (("T.1", False), ("B.urban", True)):
        order = dispatch(case, unit)
        done(centre, order)
        assignment = order["body"]["assignment"]
        done(centre, envelope("ask_return", {"assignment": assignment, "reason": "r"}), "field")
        if not last:
            ruling = envelope("rule_return", {"case": case, "confirmed": True})
            done(centre, ruling, "shift_leader")
    return case


def test_a_second_return_is_ruled_by_the_chief_and_the_new_unit_keeps_it(centre: Central) -> None:
    case = returned_twice(centre)
    order = new_id("A")
    body = {"case": case, "confirmed": True, "reason": "由区政府承办"}
    ruling = envelope("rule_return", {**body, "unit": "D.1", "assignment": order})
    problem(send(centre, ruling, "shift_leader"), 422, "needs-duty-chief")
    problem(send(centre, envelope("rule_return", ruling["body"]), "dispatcher"), 403, "role")
    done(centre, envelope("rule_return", ruling["body"]), "duty_chief")
    last = history(centre, case)[-1]
    assert (last["type"], last["role"], last["note"]["reason"]) == (
        "case.ruled",
        "duty_chief",
        "由区政府承办",
    )
    again = envelope("ask_return", {"assignment": order, "reason": "r"})
    problem(send(centre, again, "field"), 422, "ruled")


def test_five_units_in_one_command_each_with_its_own_acknowledgement(centre: Central) -> None:
    inside, _ = new_case(centre, position={"lon": 110.36, "lat": 20.01})
    incident = new_id("I")
    start = {"incident": incident, "name": "积水", "footprint": RING, "cases": [inside]}
    done(centre, envelope("start_incident", start), "emergency")
    units = ("B.urban", "B.police", "U.gas", "D.1", "T.1")
    asked = [{"assignment": new_id("L"), "unit": unit} for unit in units]
    call = {"incident": incident, "asked": asked, "words": "排水，电话 13812345678"}
    answer = done(centre, envelope("call_in", call), "emergency")
    assert answer["rev"] - answer["first_rev"] + 1 == 6, "five orders and one line"
    for one in asked[:3]:
        done(centre, envelope("acknowledge", {"assignment": one["assignment"]}), "field")
    told = types(centre, incident)
    assert told.count("assignment.sent") == 5
    assert told.count("assignment.acknowledged") == 3
    assert "13812345678" not in str(history(centre, incident)), "numbers do not enter the log"
    done(centre, envelope("end_incident", {"incident": incident, "review": REVIEW}), "emergency")
    told = types(centre, incident)
    assert told.count("assignment.withdrawn") == 3
    assert told.count("assignment.recalled") == 2
    assert told[-1] == "incident.ended"
    assert "case.attached" in types(centre, inside)


def test_a_bad_ring_is_refused_and_leaves_nothing(centre: Central) -> None:
    incident = new_id("I")
    body = {"incident": incident, "name": "积水"}
    far = [{"lon": 100 + p["lon"] - 110, "lat": p["lat"]} for p in RING]
    for ring, code in ((far, "outside-city"), (RING[:2], "footprint-too-small")):
        wanted = envelope("start_incident", {**body, "footprint": ring})
        problem(send(centre, wanted, "emergency"), 422, code)
    assert centre.request("GET", f"/v1/history/{incident}").status_code == 404


def test_an_extension_moves_the_deadline(centre: Central) -> None:
    case, _ = new_case(centre)
    order = dispatch(case)
    done(centre, order)
    due = datetime.fromisoformat(history(centre, case)[1]["change"]["due_at"])
    until = (due + timedelta(hours=4)).isoformat()
    assignment = order["body"]["assignment"]
    body = {"assignment": assignment, "kind": "extension", "reason": "parts"}
    early = envelope("ask", {**body, "until": until})
    problem(send(centre, early, "field"), 422, "sign-first")
    done(centre, envelope("acknowledge", {"assignment": assignment}), "field")
    done(centre, envelope("ask", {**body, "until": until}), "field")
    ruling = envelope("rule_request", {"case": case, "granted": True, "opinion": "同意"})
    done(centre, ruling, "shift_leader")
    change = history(centre, case)[-1]["change"]
    assert datetime.fromisoformat(change["due_at"]) == due + timedelta(hours=4)
    assert change["extensions"] == 1


def test_supervision_is_replied_to_in_four_fields(centre: Central) -> None:
    case, _ = new_case(centre)
    done(centre, envelope("supervise", {"case": case, "words": "请说明"}), "duty_chief")
    reply = {"case": case, "problem": "积水", "cause": "堵塞", "measures": "疏通", "effect": ""}
    problem(send(centre, envelope("reply_supervision", reply), "field"), 422, "reply-incomplete")
    done(centre, envelope("reply_supervision", {**reply, "effect": "已退"}), "field")
    done(centre, envelope("judge_reply", {"case": case, "accepted": True}), "supervisor")
    assert types(centre, case)[-3:] == [
        "case.supervised",
        "case.supervision_replied",
        "case.supervision_closed",
    ]


def test_the_roster_and_the_handover_are_in_the_log_and_in_the_snapshot(centre: Central) -> None:
    turn = {"unit": "D.2", "start": "2030-01-01T00:30:00Z", "end": "2030-01-01T12:00:00Z"}
    turn |= {"turn": new_id("R"), "name": "符值班", "phone": "0898-0000-9009"}
    done(centre, envelope("set_turn", turn), "duty_chief")
    other = envelope("set_turn", turn | {"turn": new_id("R")})
    problem(send(centre, other, "duty_chief"), 422, "turn-overlaps")
    line = {"kind": "colour", "case": "C1", "before": "green", "after": "red", "accepted": False}
    made = {"handover": new_id("H"), "unit": "D.1", "since": "2025-01-01T00:00:00Z"}
    made |= {"outgoing": "甲", "incoming": "乙", "lines": [line]}
    problem(send(centre, envelope("hand_over", made), "duty_chief"), 422, "remark-needed")
    made["lines"] = [line | {"remark": "请先催办"}]
    done(centre, envelope("hand_over", made), "duty_chief")
    log = centre.request("GET", "/v1/log?from=1&to=5000").json()
    kinds = {event["type"] for event in log}
    assert {"turn.set", "handover.made"} <= kinds


def test_a_worker_accepts_nothing_of_an_unknown_incident(centre: Central) -> None:
    call = {"incident": "nobody", "asked": [{"assignment": new_id("L"), "unit": "D.1"}]}
    problem(send(centre, envelope("call_in", call), "emergency"), 422, "unknown-incident")
    done(centre, accept())


def test_times_at_the_ends_of_the_calendar_are_refused(centre: Central) -> None:
    turn = {"turn": new_id("R"), "unit": "D.2", "name": "n", "phone": "0"}
    for year in ("0001", "9999"):
        span = {"start": f"{year}-01-02T00:00:00Z", "end": f"{year}-01-02T01:00:00Z"}
        problem(send(centre, envelope("set_turn", turn | span), "duty_chief"), 422, "bad-time")


def test_a_case_and_an_incident_never_share_an_id(centre: Central) -> None:
    case, _ = new_case(centre)
    start = {"incident": case, "name": "积水", "footprint": RING}
    problem(send(centre, envelope("start_incident", start), "emergency"), 422, "incident-exists")
    incident = new_id("I")
    done(centre, envelope("start_incident", start | {"incident": incident}), "emergency")
    problem(send(centre, accept(incident)), 422, "case-exists")


def test_a_handover_keeps_its_moments_and_no_numbers(centre: Central) -> None:
    lines = [
        {"kind": "promised", "case": "C1", "before": "", "after": "2026-11-24T03:41:39+00:00"},
        {"kind": "asked", "case": "C2", "before": "13812345678", "after": "extension"},
    ]
    made = {"handover": new_id("H"), "unit": "D.1", "since": "2025-01-01T00:00:00Z"}
    made |= {
        "outgoing": "甲",
        "incoming": "乙",
        "lines": [one | {"accepted": True} for one in lines],
    }
    answer = done(centre, envelope("hand_over", made), "duty_chief")
    rev = answer["rev"]
    (event,) = centre.request("GET", f"/v1/log?from={rev}&to={rev}").json()
    kept = event["change"]["lines"]
    assert kept[0]["after"] == "2026-11-24T03:41:39+00:00"
    assert kept[1]["before"] == "***"


def test_a_long_handover_is_taken_whole(centre: Central) -> None:
    line = {"kind": "silent", "case": "C" * 40, "before": "2026-11-24T03:41:39+00:00", "after": ""}
    made = {"handover": new_id("H"), "unit": "city", "since": "2025-01-01T00:00:00Z"}
    made |= {"outgoing": "甲", "incoming": "乙"}
    made |= {"lines": [line | {"accepted": True, "remark": "已知" * 20}] * 2000}
    done(centre, envelope("hand_over", made), "duty_chief")


def test_a_silence_says_who_until_when_and_why(centre: Central) -> None:
    answer = done(centre, envelope("silence_seat", {"minutes": 15, "reason": "call"}))
    span = f"/v1/log?from={answer['first_rev']}&to={answer['rev']}"
    (told,) = centre.request("GET", span).json()
    assert (told["type"], told["role"], told["change"]) == ("seat.silenced", "dispatcher", {})
    assert told["entity"] == f"seat:{told['actor']}", "nobody silences another's seat"
    note = told["note"]
    assert (note["minutes"], note["reason"]) == (15, "call")
    until, at = (datetime.fromisoformat(moment) for moment in (note["until"], told["at"]))
    assert until - at == timedelta(minutes=15)
    for wrong in (60, -1):
        long = envelope("silence_seat", {"minutes": wrong, "reason": "call"})
        problem(send(centre, long), 422, "bad-time")
    words = envelope("silence_seat", {"minutes": 5, "reason": "王小明 13812345678"})
    problem(send(centre, words), 400, "malformed")
