"""The checker: silent about a good history, and every rule finds what it is there for."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import rfc8785

from tests.faults.checker import RULES, check, unsettled
from tests.faults.evidence import Evidence
from tests.faults.history import Entry, History, Outcome

AT = "2026-06-03T02:00:0{}Z"
Events = list[dict[str, Any]]


def event(rev: int, key: str, entity: str, kind: str = "case.received", **fields: Any) -> Any:
    known = {
        "rev": rev,
        "epoch": "e",
        "at": AT.format(min(rev, 9)),
        "actor": "seat",
        "role": "dispatcher",
        "command_id": key,
        "type": kind,
        "entity": entity,
        "entity_version": rev,
    }
    return known | fields


def chained(events: Events) -> Events:
    before = ""
    for one in events:
        body = {k: v for k, v in one.items() if k not in ("prev_hash", "hash")}
        one["prev_hash"] = before
        one["hash"] = before = hashlib.sha256(before.encode() + rfc8785.dumps(body)).hexdigest()
    return events


def entry(number: int, key: str, case: str, **fields: Any) -> Entry:
    expect = fields.pop("expect", {})
    envelope = {"key": key, "type": "x", "body": {"case": case}, "expect": expect}
    known: dict[str, Any] = {
        "invoked": float(number),
        "ended": number + 0.5,
        "outcome": Outcome.OK,
        "status": 201,
    }
    return Entry(number, "seat", key, key, envelope, **(known | fields))


def good() -> Evidence:
    """A case made, changed by who saw it, and a change by somebody who had not seen that."""
    events = chained(
        [
            event(1, "k1", "case:C1"),
            event(2, "k2", "case:C1", "case.pinned"),
            event(3, "t", "case:C1", "case.escalated", role="centre"),
        ]
    )
    refused = {"outcome": Outcome.FAILED, "status": 412, "problem": "expectation"}
    entries = [
        entry(0, "k1", "C1", outcome=Outcome.UNKNOWN, status=0),
        entry(1, "k1", "C1", first_rev=1, rev=1, status=200),
        entry(2, "k2", "C1", first_rev=2, rev=2, expect={"case:C1": 1}),
        entry(3, "k3", "C1", current={"case:C1": 2}, expect={"case:C1": 1}, **refused),
    ]
    statuses = {
        "k1": {"status": 201, "first_rev": 1, "rev": 1},
        "k2": {"status": 201, "first_rev": 2, "rev": 2},
        "k3": {"status": 412},
    }
    return Evidence(
        entries,
        events,
        statuses,
        pictures={"one": (3, 7)},
        centre=(3, 7),
        streamed={"one": [(one["rev"], one["hash"]) for one in events]},
        ticks={"k1": True, "k2": True, "k3": False},
    )


def with_events(change: Callable[[Events], Any], *, chain: bool = True) -> Evidence:
    found = good()
    events = [dict(one) for one in found.events]
    change(events)
    return replace(found, events=chained(events) if chain else events, streamed={})


def with_entry(number: int, **fields: Any) -> Evidence:
    found = good()
    entries = list(found.entries)
    entries[number] = replace(entries[number], **fields)
    return replace(found, entries=entries)


def with_expect(key: int, **expect: Any) -> Evidence:
    envelope = good().entries[key].envelope
    return with_entry(key, envelope={**envelope, "expect": expect})


BROKEN: dict[str, list[Evidence]] = {
    "dense": [
        with_events(lambda e: e.pop(1)),
        with_events(lambda e: e[2].update(epoch="other")),
        with_events(lambda e: e[2].update(at=AT.format(0))),
    ],
    "chain": [
        with_events(lambda e: e[1].update(actor="me"), chain=False),
        with_events(lambda e: e[1].update(prev_hash="0" * 64), chain=False),
    ],
    "versions": [with_events(lambda e: e[1].update(entity_version=1))],
    "acknowledged": [
        with_events(lambda e: e.pop(1)),
        with_entry(2, first_rev=2, rev=3),
        with_entry(0, outcome=Outcome.OK, status=200, first_rev=2, rev=2),
        with_entry(0, outcome=Outcome.OK, status=201, first_rev=1, rev=1)
        if (first := with_entry(1, status=201)) is None
        else replace(
            first, entries=[replace(first.entries[1], number=0, invoked=0.0), *first.entries[1:]]
        ),
    ],
    "refused": [
        with_entry(2, outcome=Outcome.FAILED, status=422, problem="case-exists"),
        with_entry(0, outcome=Outcome.FAILED, status=422, problem="case-exists"),
        with_entry(3, problem="key-reused"),
    ],
    "once": [
        with_events(lambda e: e.append(event(4, "k1", "case:C1"))),
        with_events(lambda e: e.insert(1, event(2, "k1", "case:C1"))),
        with_entry(2, intention="k1"),
    ],
    "nobody_sent": [
        with_events(lambda e: e[1].update(command_id="k9")),
        with_events(lambda e: e[1].update(actor="somebody")),
        with_events(lambda e: e[1].update(entity="case:C9")),
    ],
    "expectations": [
        with_expect(2, **{"case:C1": 0}),
        with_expect(2, **{"case:C1": {"after": "k9"}}),
    ],
    "real_time": [
        replace(
            found := with_entry(2, invoked=0.1, ended=0.2),
            entries=[
                replace(e, invoked=e.invoked + 5) if e.key == "k1" else e for e in found.entries
            ],
        )
    ],
    "stale_refusals": [
        with_entry(3, current={"case:C1": 1}),
        with_entry(3, current={"case:C1": 9}),
        with_expect(3, **{"case:C1": 2}),
    ],
    "statuses": [
        replace(good(), statuses={**(good().statuses or {}), "k1": None}),
        replace(good(), statuses={**(good().statuses or {}), "k3": None}),
        replace(
            good(),
            statuses={**(good().statuses or {}), "k2": {"status": 201, "first_rev": 2, "rev": 3}},
        ),
    ],
    "pictures": [
        replace(good(), pictures={"one": (3, 8)}),
        replace(good(), pictures={"one": (2, 7)}),
        replace(good(), differing=("one",)),
    ],
    "streamed": [
        replace(good(), streamed={"one": [(4, "x")]}),
        replace(good(), streamed={"one": [(2, "x")]}),
    ],
    "ticks": [replace(good(), ticks={"k3": True}), replace(good(), ticks={"k1": False})],
}


def test_a_good_history_is_not_blamed() -> None:
    assert check(good()) == ()


def test_every_rule_is_tried() -> None:
    assert BROKEN.keys() == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize(
    ("rule", "evidence"), [(rule, one) for rule, several in BROKEN.items() for one in several]
)
def test_a_rule_finds_what_it_is_there_for(rule: str, evidence: Evidence) -> None:
    assert rule in {lie.partition(":")[0] for lie in check(evidence)}


def test_a_chain_of_own_commands_may_stand_on_one_that_went_out_first() -> None:
    assert check(with_expect(2, **{"case:C1": {"after": "k1"}})) == ()


def test_what_is_open_is_told() -> None:
    history = History()
    one = history.invoke("seat", {"key": "a"})
    history.unknown(one, "timeout")
    history.unknown(history.invoke("seat", {"key": "b"}, "a"), "timeout")
    assert history.open_intentions() == {"a"}
    assert unsettled(history.open_intentions()) == ("unsettled: nobody knows what became of a",)
