"""The next rung stands on the order beforehand."""

from console.domain.assignment import AssignmentState
from console.domain.category import Urgency
from console.domain.city import Policy
from console.domain.ladder import Rung, next_rung, rung
from tests.builders import at, order

POLICY = Policy()


def test_each_rung_has_its_time() -> None:
    found = [next_rung(order(urgency=Urgency.URGENT, step=step), POLICY) for step in range(4)]
    assert [(n.rung, n.at) if n else None for n in found] == [
        (Rung.DUTY_PHONE, at(3)),
        (Rung.UNIT_LEADER, at(6)),
        (Rung.DUTY_CHIEF, at(10)),
        None,
    ]


def test_who_has_signed_or_is_not_urgent_climbs_nothing() -> None:
    assert next_rung(order(), POLICY) is None
    signed = order(urgency=Urgency.URGENT, state=AssignmentState.ACKNOWLEDGED)
    assert next_rung(signed, POLICY) is None


def test_beyond_the_last_rung_it_stays_there() -> None:
    assert rung(9) is Rung.DUTY_CHIEF
