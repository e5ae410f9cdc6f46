from hypothesis import given
from hypothesis import strategies as st

from console.views.wall.steady import SteadyRows


def test_rows_keep_their_places_for_five_seconds() -> None:
    rows = SteadyRows()
    assert rows.arrange(["a", "b"], 6, 0) == ["a", "b"]
    assert rows.arrange(["b", "a", "c"], 6, 4.9) == ["a", "b", "c"]
    assert rows.arrange(["b", "a", "c"], 6, 5) == ["b", "a", "c"]


def test_a_row_that_is_over_stays_until_the_next_order() -> None:
    rows = SteadyRows()
    rows.arrange(["a", "b"], 6, 0)
    assert rows.arrange(["b"], 6, 1) == ["a", "b"]
    assert rows.arrange(["b"], 6, 6) == ["b"]


def test_a_new_row_waits_where_there_is_no_room() -> None:
    rows = SteadyRows()
    rows.arrange(["b", "c"], 2, 0)
    assert rows.arrange(["a", "b", "c"], 2, 1) == ["b", "c"]


def test_the_first_row_comes_at_once() -> None:
    rows = SteadyRows()
    rows.arrange([], 6, 0)
    assert rows.arrange(["a"], 6, 0.1) == ["a"]


@given(
    st.lists(st.tuples(st.floats(0, 3), st.lists(st.sampled_from("abcdefgh"), unique=True))),
    st.integers(1, 6),
)
def test_no_two_rows_change_places_more_often(
    steps: list[tuple[float, list[str]]], most: int
) -> None:
    rows, now, shown, moved_at = SteadyRows(), 0.0, list[str](), -100.0
    for passed, wanted in steps:
        now += passed
        new = rows.arrange(wanted, most, now)
        assert len(new) == len(set(new)) <= most
        if shown and new[: len(shown)] != shown:
            assert now - moved_at >= 5
            moved_at = now
        shown = new
