from hypothesis import given
from hypothesis import strategies as st

from console.tables.arrangement import Arrangement, Hooks, head, is_head


class Mirror(Hooks):
    """What a view believes: it only hears of single insertions and removals."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.arranged: Arrangement | None = None
        self._inserting = -1

    def inserting(self, row: int) -> None:
        assert 0 <= row <= len(self.rows)
        self._inserting = row

    def inserted(self) -> None:
        assert self.arranged is not None
        self.rows.insert(self._inserting, self.arranged.at(self._inserting))

    def removing(self, row: int) -> None:
        assert self.arranged is not None
        assert self.rows[row] == self.arranged.at(row)
        del self.rows[row]


def arranged(*, grouped: bool) -> tuple[Arrangement, Mirror]:
    mirror = Mirror()
    made = Arrangement(mirror)
    mirror.arranged = made
    made.rebuild([], grouped=grouped)
    return made, mirror


names = st.sampled_from("abcdefgh")
groups = st.sampled_from(["x", "y", "z"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), names, st.integers(0, 5), groups),
        st.tuples(st.just("drop"), names, st.just(0), groups),
        st.tuples(st.just("toggle"), names, st.just(0), groups),
    ),
    max_size=60,
)


@given(steps, st.booleans())
def test_a_view_that_hears_every_step_sees_the_same_rows(
    todo: list[tuple[str, str, int, str]], grouped: bool
) -> None:
    made, mirror = arranged(grouped=grouped)
    held: dict[str, tuple[int, str]] = {}
    for what, name, number, group in todo:
        if what == "put":
            made.put((number, name), group)
            held[name] = (number, group)
        elif what == "drop":
            made.drop(name)
            held.pop(name, None)
        else:
            made.toggle(group)
        assert list(made) == mirror.rows
        assert made.cases == len(held)
    for row, reference in enumerate(made):
        assert made.row_of(reference) == row


@given(steps)
def test_grouped_or_not_nothing_is_dropped(todo: list[tuple[str, str, int, str]]) -> None:
    made, _ = arranged(grouped=True)
    held: set[str] = set()
    for what, name, number, group in todo:
        if what == "put":
            made.put((number, name), group)
            held.add(name)
        elif what == "drop":
            made.drop(name)
            held.discard(name)
    seen: list[str] = []
    for reference in made:
        seen += made.members(reference[1:]) if is_head(reference) else [reference]
    assert sorted(seen) == sorted(held)


@given(steps)
def test_step_by_step_or_at_once_is_the_same(todo: list[tuple[str, str, int, str]]) -> None:
    made, _ = arranged(grouped=True)
    held: dict[str, tuple[int, str]] = {}
    for what, name, number, group in todo:
        if what == "put":
            made.put((number, name), group)
            held[name] = (number, group)
        elif what == "drop":
            made.drop(name)
            held.pop(name, None)
    again = Arrangement()
    again.rebuild([((n, name), g) for name, (n, g) in held.items()], grouped=True)
    assert list(made) == list(again)


def test_rows_are_in_the_order_of_their_keys() -> None:
    made, _ = arranged(grouped=False)
    for number, name in ((3, "c"), (1, "a"), (2, "b")):
        made.put((number, name), "")
    assert list(made) == ["a", "b", "c"]


def test_a_group_stands_where_its_worst_does_and_opens_below_its_head() -> None:
    made, _ = arranged(grouped=True)
    for number, name, group in ((1, "a", "x"), (9, "b", "x"), (5, "c", "y")):
        made.put((number, name), group)
    assert list(made) == [head("x"), "c"]
    made.toggle("x")
    assert list(made) == [head("x"), "a", "b", "c"]
    assert [made.depth(row) for row in range(4)] == [0, 1, 1, 0]
    made.drop("b")
    assert list(made) == ["a", "c"]


def test_a_row_that_keeps_its_place_makes_no_noise() -> None:
    made, mirror = arranged(grouped=False)
    made.put((1, "a"), "")
    made.put((5, "b"), "")
    mirror.rows = ["untouched"]
    made.put((4, "b"), "")
    assert mirror.rows == ["untouched"]
    assert made.row_of("b") == 1
