"""Every answer of the protocol's table to a command."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.commands import (
    accept,
    dispatch,
    done,
    envelope,
    new_case,
    new_id,
    problem,
    send,
)
from tests.central_process import Central


def commands_logged(centre: Central) -> list[str]:
    """The keys of the commands in the log, in order, without what the centre does by itself."""
    keys: dict[str, None] = {}
    after = 0
    while events := centre.request("GET", f"/v1/log?from={after + 1}&to={10**9}").json():
        keys.update({event["command_id"]: None for event in events if event["role"] != "centre"})
        after = events[-1]["rev"]
    return list(keys)


def test_a_command_is_committed_and_tells_its_revs(centre: Central) -> None:
    command = accept()
    answer = done(centre, command)
    events = centre.request("GET", f"/v1/log?from={answer['first_rev']}&to={answer['rev']}").json()
    assert [event["type"] for event in events] == ["case.received", "case.registered"]
    assert {event["command_id"] for event in events} == {command["key"]}
    assert answer["status"] == 201
    assert not answer["replayed"]


def test_the_same_key_and_body_give_the_same_answer_and_nothing_new(centre: Central) -> None:
    command = accept()
    first = done(centre, command)
    reordered = dict(reversed(command.items()))
    again = send(centre, reordered)
    assert again.status_code == 200
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.json()["first_rev"], again.json()["rev"]) == (first["first_rev"], first["rev"])
    assert commands_logged(centre).count(command["key"]) == 1


def test_the_same_key_with_another_body_is_refused(centre: Central) -> None:
    command = accept()
    done(centre, command)
    other = accept() | {"key": command["key"]}
    assert problem(send(centre, other), 422, "key-reused")["key"] == command["key"]
    assert send(centre, command).status_code == 200


def test_a_version_that_somebody_changed_is_refused_with_the_current_one(centre: Central) -> None:
    case, version = new_case(centre)
    ref = f"case:{case}"
    place = envelope("pin_place", {"case": case, "position": {"lon": 110.31, "lat": 20.01}})
    now = done(centre, place)["rev"]
    document = problem(send(centre, dispatch(case, expect={ref: version})), 412, "expectation")
    assert document["current"] == {ref: now}
    assert send(centre, dispatch(case, expect={ref: now})).status_code == 201


def test_a_refusal_stays_one_when_it_is_retried(centre: Central) -> None:
    case, version = new_case(centre)
    ref = f"case:{case}"
    late = dispatch(case, expect={ref: version + 1000})
    problem(send(centre, late), 412, "expectation")
    again = send(centre, late)
    problem(again, 412, "expectation")
    assert again.headers["Idempotent-Replayed"] == "true"
    missing = dispatch("C-to-come")
    problem(send(centre, missing), 422, "unknown-case")
    done(centre, accept("C-to-come"))
    problem(send(centre, missing), 422, "unknown-case")


def test_a_command_may_stand_on_an_own_earlier_one(centre: Central) -> None:
    first = accept()
    case = first["body"]["case"]
    chained = dispatch(case, expect={f"case:{case}": {"after": first["key"]}})
    done(centre, first)
    done(centre, chained)
    undo = envelope(
        "recall",
        {"assignment": chained["body"]["assignment"], "reason": "undo"},
        expect={f"case:{case}": {"after": first["key"]}},
    )
    problem(send(centre, undo), 412, "expectation")
    undo = {**undo, "key": str(uuid.uuid4()), "expect": {f"case:{case}": {"after": chained["key"]}}}
    done(centre, undo)
    unknown = dispatch(case, expect={f"case:{case}": {"after": "nobody"}})
    problem(send(centre, unknown), 412, "expectation")


@pytest.mark.parametrize("expect", [{"case:x": {"before": "k"}}, {"case:x": "1"}, {"case:x": 1.5}])
def test_an_expectation_that_cannot_be_read_is_malformed(centre: Central, expect: object) -> None:
    problem(send(centre, dispatch("x", expect=expect)), 400, "malformed")


def test_what_expired_is_not_committed_then_or_later(centre: Central) -> None:
    command = accept() | {"expires_at": "2020-01-01T00:00:00Z"}
    problem(send(centre, command), 410, "expired")
    problem(send(centre, command), 410, "expired")
    assert command["key"] not in commands_logged(centre)
    assert send(centre, accept() | {"expires_at": "2999-01-01T00:00:00Z"}).status_code == 201


def test_a_rule_that_forbids_names_itself(centre: Central) -> None:
    done(centre, envelope("set_duty", {"worker": "W1", "on_duty": True}), role="field")
    case, _ = new_case(centre, category="0402")
    order = envelope(
        "dispatch", {"case": case, "assignment": new_id("A"), "unit": "U.gas", "worker": "W1"}
    )
    document = problem(send(centre, order), 422, "hazard")
    assert document["title"]
    assert document["detail"]
    problem(send(centre, dispatch(case, unit="nobody" * 1000)), 422, "unknown-unit")


def test_the_role_decides_what_may_be_done(centre: Central) -> None:
    case, _ = new_case(centre)
    command = envelope("reject", {"case": case, "reason": "不属本线"})
    problem(send(centre, command, role="dispatcher"), 403, "role")
    problem(send(centre, command, role=None), 403, "role")
    problem(send(centre, command, role="emperor"), 403, "role")
    problem(send(centre, command, role="centre"), 403, "role")
    done(centre, command, role="shift_leader")


def test_ids_in_use_are_refused(centre: Central) -> None:
    case, _ = new_case(centre)
    problem(send(centre, accept(case)), 422, "case-exists")
    order = dispatch(case)
    done(centre, order)
    other, _ = new_case(centre)
    again = dispatch(other, assignment=order["body"]["assignment"])
    problem(send(centre, again), 422, "assignment-exists")


def test_a_command_that_changes_nothing_is_committed_all_the_same(centre: Central) -> None:
    done(centre, envelope("set_duty", {"worker": "W4", "on_duty": True}), role="field")
    answer = done(centre, envelope("set_duty", {"worker": "W4", "on_duty": True}), role="field")
    assert answer["first_rev"] == answer["rev"] + 1


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"type": "explode"}, "type"),
        ({"body": {"case": "x"}}, "channel"),
        ({"body": None}, "body"),
        ({"occurred_at": "2026-01-01T00:00:00"}, "occurred_at"),
        ({"expect": 5}, "expect"),
    ],
)
def test_a_malformed_command_is_told_where(centre: Central, change: dict, path: str) -> None:
    document = problem(send(centre, accept() | change), 400, "malformed")
    assert path in document["detail"]


@pytest.mark.parametrize(
    "position",
    [
        '{"lon": 20.01, "lat": 110.36}',
        '{"lon": NaN, "lat": 20}',
        '{"lon": 1e999, "lat": 20}',
        '{"lon": "110", "lat": 20}',
        '{"lon": 110.3}',
        "[110.3, 20.0]",
    ],
)
def test_a_position_that_is_none_is_refused(centre: Central, position: str) -> None:
    command = accept()
    text = (
        f'{{"key": "{command["key"]}", "type": "accept", "body": {{"case": "C-bad", '
        f'"channel": "phone", "category": "0101", "position": {position}}}}}'
    )
    response = centre.request(
        "POST", "/v1/commands", data=text, headers={"Idempotency-Key": command["key"]}
    )
    problem(response, 400, "malformed")


def test_a_position_outside_the_city_is_taken_without_areas(centre: Central) -> None:
    case, _ = new_case(centre, position={"lon": 116.3912345678, "lat": 39.9})
    event = centre.request("GET", f"/v1/history/{case}").json()[0]
    assert event["change"]["position"] == {"lon": 116.391235, "lat": 39.9}
    assert event["change"]["district"] is None


def test_areas_are_found_by_the_centre(centre: Central) -> None:
    case, _ = new_case(centre, position={"lon": 110.31, "lat": 20.05})
    change = centre.request("GET", f"/v1/history/{case}").json()[0]["change"]
    areas = [change[name] for name in ("district", "town", "community", "grid")]
    assert areas == ["2", "21", "211", "2112"]


HOSTILE = (
    "${alert(1)} `x` \\\\ <img src=x onerror=alert(1)> '; DROP TABLE cases; -- \u202e\x00\ud7ff"
)


def test_hostile_texts_are_data(centre: Central) -> None:
    private = dict.fromkeys(("citizen", "phone", "words", "address"), HOSTILE)
    case, _ = new_case(centre, private=private, kin=HOSTILE, source_ref=HOSTILE)
    view = centre.request("GET", f"/v1/private/cases/{case}").json()
    assert view["words"] == HOSTILE.replace("\x00", "")
    assert new_case(centre)


def test_a_megabyte_of_words_is_cut_and_kept(centre: Central) -> None:
    case, _ = new_case(centre, private={"words": "水" * 1_000_000})
    words = centre.request("GET", f"/v1/private/cases/{case}").json()["words"]
    assert len(words) == 4000
    assert words.endswith("cut]")


def test_bodies_have_limits(centre: Central) -> None:
    key = str(uuid.uuid4())
    response = centre.request(
        "POST",
        "/v1/commands",
        data=b" " * (9 * 1024 * 1024),
        headers={"Idempotency-Key": key},
    )
    problem(response, 413, "too-large")
    command = accept(private={}) | {"type": "transfer"}
    command["body"] = {"case": "x" * 300_000, "service": "110"}
    problem(send(centre, command), 422, "bad-id")
    dispatched = dispatch("C1", unit="u" * 300_000)
    problem(send(centre, dispatched), 413, "too-large")


@pytest.mark.parametrize("bad", ["", "a b", "x" * 81, "键", "a/b"])
def test_ids_are_plain(centre: Central, bad: str) -> None:
    problem(send(centre, accept() | {"body": accept()["body"] | {"case": bad}}), 422, "bad-id")


def test_the_header_and_the_body_name_one_key(centre: Central) -> None:
    command = accept()
    document = problem(
        send(centre, command, headers={"Idempotency-Key": "another"}), 400, "key-differs"
    )
    assert "Idempotency-Key" in document["detail"]
    problem(send(centre, command | {"key": "no spaces!"}), 400, "malformed")


def test_two_dispatchers_one_case_exactly_one_wins(centre: Central) -> None:
    gate = threading.Barrier(2)

    def give(case: str, version: int, unit: str) -> int:
        command = dispatch(case, unit=unit, expect={f"case:{case}": version})
        api = centre.headers(seat=unit) | {"Idempotency-Key": command["key"]}
        gate.wait()
        return send(centre, command, headers=api).status_code

    with ThreadPoolExecutor(2) as pool:
        for _ in range(50):
            case, version = new_case(centre)
            sent = [pool.submit(give, case, version, unit) for unit in ("T.1", "B.urban")]
            assert sorted(one.result() for one in sent) == [201, 412]


def test_two_copies_at_once_commit_one(centre: Central) -> None:
    with ThreadPoolExecutor(4) as pool:
        for _ in range(20):
            command = accept()
            codes = list(pool.map(lambda _, c=command: send(centre, c).status_code, range(4)))
            assert codes.count(201) == 1
            assert set(codes) <= {200, 201, 409}
            history = centre.request("GET", f"/v1/history/{command['body']['case']}").json()
            assert [e["type"] for e in history] == ["case.received", "case.registered"]


def test_occurred_at_is_the_fields_word_only(centre: Central) -> None:
    def happened(role: str, when: str) -> tuple[str, str]:
        command = accept() | {"occurred_at": when}
        done(centre, command, role=role)
        case = command["body"]["case"]
        event = centre.request("GET", f"/v1/history/{case}").json()[0]
        return event["occurred_at"], event["at"]

    early, late = "2026-01-01T00:00:00Z", "2999-01-01T00:00:00Z"
    assert happened("field", early)[0] == early
    for role, when in (("dispatcher", early), ("field", late)):
        occurred, at = happened(role, when)
        assert occurred == at


def test_a_batch_answers_each_alone(centre: Central) -> None:
    good, twin = accept(), accept()
    case = good["body"]["case"]
    commands = [
        good,
        dispatch(case, expect={f"case:{case}": {"after": good["key"]}}),
        dispatch("nowhere"),
        {"key": "k-1", "type": "accept"},
        {"key": new_id("k"), "type": "explode", "body": {}},
        twin,
        twin,
        envelope("reject", {"case": case, "reason": "x"}),
        "not an object",
    ]
    assert (
        centre.request("POST", "/v1/commands/batch", json={"commands": commands}).status_code == 400
    )
    response = centre.request("POST", "/v1/commands/batch", json={"commands": commands[:-1]})
    answers = response.json()["answers"]
    assert [a["status"] for a in answers] == [201, 201, 422, 400, 400, 201, 200, 403]
    assert [a["key"] for a in answers] == [c["key"] for c in commands[:-1]]
    again = centre.request("POST", "/v1/commands/batch", json={"commands": commands[:3]}).json()
    assert [a["status"] for a in again["answers"]] == [200, 200, 422]


def test_a_batch_has_a_limit(centre: Central) -> None:
    response = centre.request("POST", "/v1/commands/batch", json={"commands": [accept()] * 501})
    problem(response, 413, "too-many")


def test_status_tells_what_the_centre_knows(centre: Central) -> None:
    known, refused = accept(), dispatch("nowhere-at-all")
    first = done(centre, known)
    problem(send(centre, refused), 422, "unknown-case")
    keys = [known["key"], refused["key"], "never-seen"]
    found = centre.request("POST", "/v1/commands/status", json={"keys": keys}).json()["answers"]
    assert found[known["key"]]["rev"] == first["rev"]
    assert found[refused["key"]]["status"] == 422
    assert found["never-seen"] is None
