"""What a command is about."""

import pytest

from console.client.owners import Owners, after
from console.domain.command import (
    Attach,
    Command,
    Dispatch,
    LinkRepeat,
    Recall,
    Remind,
    SetDuty,
    StartIncident,
)
from console.domain.event import EntityKind
from console.wire.commands import Envelope, wrap
from console.wire.messages import EventsArrived, SnapshotArrived
from tests.builders import event, order, snapshot


def refs(command: Command, owners: Owners | None = None, **expect: object) -> set[str]:
    seen = {name.replace("_", ":"): value for name, value in expect.items()}
    return set((owners or Owners()).refs(wrap(command, "k", seen)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (Dispatch(case="C1", assignment="A1", unit="U1"), {"case:C1", "assignment:A1"}),
        (LinkRepeat(case="C1", main="C2"), {"case:C1", "case:C2"}),
        (Attach(case="C1", incident="I1"), {"case:C1", "incident:I1"}),
        (Remind(assignment="A1"), {"assignment:A1"}),
        (
            StartIncident(incident="I1", name="n", footprint=(), cases=("C1", "C2")),
            {"incident:I1", "case:C1", "case:C2"},
        ),
    ],
)
def test_by_its_body(command: Command, wanted: set[str]) -> None:
    assert refs(command) == wanted


def test_units_and_workers_own_no_order() -> None:
    command = Dispatch(case="C1", assignment="A1", unit="U1", worker="W1")
    assert refs(command, worker_W1=3) == {"case:C1", "assignment:A1"}
    assert refs(SetDuty(worker="W1", on_duty=True)) == set()


def test_by_what_it_expects() -> None:
    assert refs(Remind(assignment="A1"), case_C7=3) == {"assignment:A1", "case:C7"}


def test_a_recall_is_about_the_case_of_an_own_order() -> None:
    owners = Owners()
    refs(Dispatch(case="C1", assignment="A1", unit="U1"), owners)
    assert refs(Recall(assignment="A1", reason="r"), owners) == {"assignment:A1", "case:C1"}


def test_and_of_an_order_in_the_picture() -> None:
    owners = Owners()
    known = order(id="A7", case="C7")
    owners.learn(SnapshotArrived([snapshot(assignments=[known])], "start"))
    change = {"id": "A8", "case": None, "incident": "I8"}
    owners.learn(EventsArrived([event(11, EntityKind.ASSIGNMENT, "A8", change=change)]))
    later = event(12, EntityKind.ASSIGNMENT, "A7", change={"state": "x"})
    owners.learn(EventsArrived([later]))
    assert refs(Recall(assignment="A7", reason="r"), owners) == {"assignment:A7", "case:C7"}
    assert refs(Recall(assignment="A8", reason="r"), owners) == {"assignment:A8", "incident:I8"}


def test_strange_bodies_are_about_nothing() -> None:
    body = {"case": 7, "asked": [1, {"assignment": None}], "cases": "C1", "incident": None}
    assert Owners().refs(Envelope(key="k", type="later", body=body)) == frozenset()


def test_chains() -> None:
    expect: dict[str, int | dict[str, str]] = {"case:C1": 3, "assignment:A1": {"after": "k0"}}
    assert after(Envelope(key="k", type="recall", body={}, expect=expect)) == {"k0"}
