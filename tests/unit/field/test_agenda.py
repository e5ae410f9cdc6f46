"""One moment a subject, the earliest first."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.field.agenda import Agenda

T0 = datetime(2026, 6, 3, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.one_of(st.none(), st.integers(0, 99)))))
def test_it_pops_what_a_sorted_dictionary_would(plans: list[tuple[str, int | None]]) -> None:
    agenda, model = Agenda(), {}
    for name, minutes in plans:
        at = None if minutes is None else T0 + timedelta(minutes=minutes)
        agenda.plan(("case", name), at)
        model[name] = at
    known = sorted((at, ("case", name)) for name, at in model.items() if at is not None)
    assert len(agenda) == len(known)
    popped = []
    while (entry := agenda.pop(T0 + timedelta(days=1))) is not None:
        popped.append(entry)
    assert popped == known


def test_what_is_not_due_stays() -> None:
    agenda = Agenda()
    agenda.plan(("case", "a"), T0 + timedelta(minutes=5))
    assert agenda.pop(T0) is None
    assert agenda.next_at() == T0 + timedelta(minutes=5)
    agenda.plan(("case", "a"), T0)
    assert agenda.pop(T0) == (T0, ("case", "a"))
    assert agenda.next_at() is None
