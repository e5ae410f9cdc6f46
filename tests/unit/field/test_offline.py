"""The offline centre answers as the real one would."""

from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.command import Accept, Acknowledge, Dispatch
from console.domain.place import Position
from console.wire.commands import Envelope, wrap
from tests.unit.field.rehearsing import hour, offline

HERE = Position(110.341, 20.021)


def accept(category: str = "1001") -> Envelope:
    return wrap(Accept(case="C1", channel=Channel.PHONE, category=category, position=HERE, register=True), "k1")  # fmt: skip


def dispatch(unit: str = "U.power") -> Envelope:
    return wrap(Dispatch(case="C1", assignment="A1", unit=unit), "k2")


def test_commands_change_the_picture_with_the_areas_of_the_place() -> None:
    centre = offline()
    answers, changes = centre.send([accept(), dispatch()], hour(9))
    assert [a.status for a in answers] == [201, 201]
    case = centre.picture.cases["C1"]
    assert case.urgency is Urgency.URGENT
    assert case.grid is not None
    assert changes.cases == {"C1"}
    revs = [event.rev for event in centre.take()]
    assert revs == list(range(1, len(revs) + 1))
    assert centre.take() == []


def test_a_refusal_is_an_answer_and_changes_nothing() -> None:
    centre = offline()
    answers, changes = centre.send([dispatch(), accept("9999")], hour(9))
    assert [(a.status, a.problem) for a in answers] == [
        (422, "unknown-case"),
        (422, "unknown-category"),
    ]
    assert not changes
    assert centre.picture.rev == 0


def test_a_malformed_command_is_refused() -> None:
    centre = offline()
    answers, _ = centre.send([Envelope(key="k", type="dispatch", body={"case": 5})], hour(9))
    assert answers[0].problem == "malformed"


def test_timers_fire_at_their_own_moments() -> None:
    centre = offline()
    centre.send([accept(), dispatch()], hour(9))
    assert centre.next_timer() == hour(9.05)
    centre.run_timers(hour(10))
    order = centre.picture.assignments["A1"]
    assert order.step == 3
    assert order.overdue
    moments = {e.type: e.at for e in centre.take() if e.type == "assignment.escalated"}
    assert moments["assignment.escalated"] == hour(9 + 10 / 60)


def test_an_ordinary_order_is_announced_after_some_seconds() -> None:
    centre = offline()
    centre.send([accept("0602"), dispatch("U.light")], hour(9))
    assert centre.picture.assignments["A1"].announced_at is None
    centre.run_timers(hour(9.01))
    told = centre.picture.assignments["A1"].announced_at
    assert told is not None
    assert (told - hour(9)).total_seconds() == 8
    centre.send([wrap(Acknowledge(assignment="A1"), "k3")], hour(9.02))
    assert centre.picture.assignments["A1"].acknowledged_at == hour(9.02)
