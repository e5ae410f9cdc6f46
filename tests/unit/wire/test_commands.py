"""The command envelope."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.command import COMMAND_TYPES, Command, Dispatch, PinPlace
from console.domain.place import Position
from console.wire.codec import BadInput, decode, encode
from console.wire.commands import Answer, Envelope, unwrap, wrap
from tests.builders import T0, at

st.register_type_strategy(Position, st.builds(Position, st.floats(-180, 180), st.floats(-90, 90)))
st.register_type_strategy(datetime, st.just(T0))
COMMANDS = st.sampled_from(sorted(COMMAND_TYPES)).flatmap(
    lambda name: st.builds(COMMAND_TYPES[name])
)


@given(COMMANDS)
def test_every_command_travels(command: Command) -> None:
    envelope = wrap(command, "k", {"case:C1": 3, "case:M": {"after": "k0"}}, T0, at(5))
    arrived = decode(encode(envelope), Envelope)
    assert encode(arrived) == encode(envelope)
    assert unwrap(arrived) == command


def test_the_type_is_the_operations_name() -> None:
    assert wrap(Dispatch(case="C1", assignment="A1", unit="U"), "k").type == "dispatch"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("force_close", {}),
        ("__class__", {}),
        ("x" * 100_000, {}),
        ("dispatch", {}),
        ("dispatch", {"case": "C1", "assignment": "A1", "unit": 7}),
        ("set_duty", {"worker": "W1", "on_duty": "yes"}),
        ("pin_place", {"case": "C1", "position": {"lon": 20.03, "lat": 110.3}}),
        (
            "accept",
            {"case": "C1", "channel": "phone", "category": "1", "due_at": "2026-06-03T10:00:00"},
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_few_words(kind: str, body: dict[str, object]) -> None:
    with pytest.raises(BadInput) as caught:
        unwrap(Envelope(key="k", type=kind, body=body))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("status", [200, 201, 409, 410, 412, 422, 403])
def test_only_200_and_201_are_committed(status: int) -> None:
    assert Answer(key="k", status=status).committed is (status in (200, 201))


def test_an_envelope_holds_plain_json() -> None:
    envelope = wrap(PinPlace(case="C1", position=Position(110.3, 20.0)), "k")
    assert envelope.body == {"case": "C1", "position": {"lon": 110.3, "lat": 20.0}}
