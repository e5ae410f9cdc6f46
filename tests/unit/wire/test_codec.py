"""The codec: round trips, and everything hostile refused as BadInput."""

import hashlib
import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.command import Accept, PinPlace
from console.domain.event import EntityKind, Event
from console.domain.place import Position
from console.domain.worker import WorkerDuty
from console.wire.codec import (
    BadInput,
    canonical,
    decode,
    encode,
    entity_hash,
    event_hash,
    from_builtins,
    to_builtins,
    utc,
)
from console.wire.commands import Envelope
from console.wire.frames import Bookmark, Snapshot
from tests.builders import T0, bookmark, case, event, order, snapshot

UTC_TIMES = st.timedeltas(timedelta(days=-9000), timedelta(days=27000)).map(lambda d: T0 + d)
POSITIONS = st.builds(
    Position, st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
st.register_type_strategy(datetime, UTC_TIMES)
st.register_type_strategy(Position, POSITIONS)

CASES = st.builds(Case)
ORDERS = st.builds(Assignment)
DUTIES = st.builds(WorkerDuty)
CHANGES = st.dictionaries(st.text(max_size=5), JSON, max_size=3)
EVENTS = st.builds(
    Event,
    rev=st.integers(1, 2**53),
    entity_version=st.integers(1, 2**53),
    change=CHANGES,
    note=CHANGES,
)
ENVELOPES = st.builds(
    Envelope,
    body=CHANGES,
    expect=st.dictionaries(
        st.text(max_size=5),
        st.integers(0, 2**53) | st.dictionaries(st.just("after"), st.text(max_size=5)),
        max_size=2,
    ),
)
SNAPSHOTS = st.builds(
    snapshot,
    cases=st.lists(CASES, max_size=2),
    assignments=st.lists(ORDERS, max_size=2),
    workers=st.lists(DUTIES, max_size=2),
)


@given(st.one_of(CASES, ORDERS, DUTIES, EVENTS, ENVELOPES, SNAPSHOTS))
def test_what_is_written_is_read_back(value: object) -> None:
    assert decode(encode(value), type(value)) == value
    assert from_builtins(to_builtins(value), type(value)) == value


@given(CASES)
def test_an_entity_survives_a_second_journey_with_the_same_hash(held: Case) -> None:
    again = decode(encode(held), Case)
    assert entity_hash(to_builtins(again)) == entity_hash(to_builtins(held))
    assert 0 <= entity_hash(to_builtins(held)) < 2**64


def _text(value: object, **wrong: Any) -> bytes:
    return json.dumps(to_builtins(value) | wrong).encode()


NAIVE = "2026-06-03T10:00:00"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (_text(case(), received_at=NAIVE), Case),
        (_text(case(), due_at=NAIVE), Case),
        (_text(event(1, EntityKind.CASE, "C1"), at=NAIVE), Event),
        (_text(snapshot(), cases=[to_builtins(case()) | {"due_at": NAIVE}]), Snapshot),
        (
            _text(bookmark(1), clock=to_builtins(bookmark(1).clock) | {"server_time": NAIVE}),
            Bookmark,
        ),
        (b"[" + _text(event(1, EntityKind.CASE, "C1"), occurred_at=NAIVE) + b"]", list[Event]),
    ],
)
def test_a_time_without_a_zone_is_refused_at_any_depth(data: bytes, kind: type[Any]) -> None:
    with pytest.raises(BadInput, match="zone"):
        decode(data, kind)
    with pytest.raises(BadInput, match="zone"):
        from_builtins(json.loads(data), kind)


HOSTILE = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"\xff\xfe",
    b"NaN",
    b'{"case": "C1", "position": {"lon": NaN, "lat": 20}}',
    b'{"case": "C1", "position": {"lon": Infinity, "lat": 20}}',
    b'{"case": "C1", "position": {"lon": 1e999, "lat": 20}}',
    b'{"case": "C1", "position": {"lon": 20.03, "lat": 110.32}}',
    b'{"case": "C1", "position": {"lon": "110", "lat": 20}}',
    b'{"case": "C1", "position": {"lon": ' + b"9" * 5000 + b', "lat": 20}}',
    b'{"case": 1, "position": {"lon": 110, "lat": 20}}',
    b'{"case": "\\ud800", "position": {"lon": 110, "lat": 20}}',
    b"[" * 100_000 + b"]" * 100_000,
    b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_json_is_bad_input_and_nothing_else(data: bytes) -> None:
    with pytest.raises(BadInput):
        decode(data, PinPlace)


DEEP = b'{"key":"k","type":"t","body":{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
HUGE = b'{"key":"k","type":"t","body":{},"expect":{"case:1":' + b"9" * 5000 + b"}}"


@pytest.mark.parametrize("data", [DEEP, HUGE])
def test_a_free_body_is_guarded_too(data: bytes) -> None:
    with pytest.raises(BadInput):
        decode(data, Envelope)


@pytest.mark.parametrize("number", ["9" * 30, "1" + "0" * 400, "-" + "9" * 25, "1e400"])
def test_a_number_beyond_the_wire_is_refused_or_can_be_written_again(number: str) -> None:
    text = f'{{"key":"k","type":"t","body":{{"n":{number}}}}}'
    try:
        read = decode(text, Envelope)
    except BadInput:
        return
    assert decode(encode(read), Envelope) == read


def test_a_key_said_twice_has_one_meaning_everywhere() -> None:
    text = '{"case":"A","case":"B","position":{"lon":110,"lat":20}}'
    read = decode(text, PinPlace)
    assert read.case == json.loads(text)["case"] == "B"


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_noise_is_bad_input_or_a_value(noise: bytes | str) -> None:
    for kind in (Event, Envelope, Accept):
        with pytest.raises(BadInput):
            decode(noise, kind)


@given(JSON)
def test_any_plain_json_is_bad_input_or_a_value(value: Any) -> None:
    with pytest.raises(BadInput):
        from_builtins(value, Case)


def test_a_moment_of_another_zone_is_the_same_in_utc() -> None:
    haikou = datetime(2026, 6, 3, 10, tzinfo=timezone(timedelta(hours=8)))
    assert utc(haikou) == T0
    assert utc(haikou).tzinfo is UTC
    first_day = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8)))
    with pytest.raises(BadInput):
        utc(first_day)


class TestChain:
    def test_canonical_json_is_rfc_8785s_example(self) -> None:
        text = (
            r'{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
            r'"string":"\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/",'
            r'"literals":[null,true,false]}'
        )
        expected = (
            '{"literals":[null,true,false],'
            '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        )
        assert canonical(json.loads(text)) == expected.encode()

    def test_the_hash_is_of_the_previous_hash_and_the_canonical_event(self) -> None:
        told = event(7, EntityKind.CASE, "C1", change={"state": "registered"}, prev_hash="ab" * 32)
        fields = json.loads(msgspec.json.encode(told))
        del fields["prev_hash"], fields["hash"]
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        expected = hashlib.sha256(("ab" * 32).encode() + text.encode()).hexdigest()
        assert event_hash(told) == expected

    @pytest.mark.parametrize(
        "forged",
        [
            {"rev": 8},
            {"actor": "someone"},
            {"change": {"state": "closed"}},
            {"note": {"reason": "x"}},
            {"at": T0 + timedelta(microseconds=1)},
            {"prev_hash": "cd" * 32},
            {"command_id": "other"},
        ],
    )
    def test_any_edit_is_found(self, forged: dict[str, Any]) -> None:
        told = event(7, EntityKind.CASE, "C1", change={"state": "registered"}, prev_hash="ab" * 32)
        assert event_hash(replace(told, **forged)) != event_hash(told)

    def test_the_hash_does_not_hang_on_itself(self) -> None:
        told = event(7, EntityKind.CASE, "C1")
        assert event_hash(replace(told, hash=event_hash(told))) == event_hash(told)


def test_entity_hash_does_not_hang_on_the_order_of_fields() -> None:
    fields = to_builtins(order())
    assert entity_hash(dict(reversed(fields.items()))) == entity_hash(fields)
    assert entity_hash(fields | {"step": 1}) != entity_hash(fields)


def test_nan_never_leaves_as_json() -> None:
    with pytest.raises(ValueError):
        canonical({"lon": math.nan})
