"""Whatever comes from outside is cut to size and nothing more is changed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.central.hygiene import WORDS_LIMIT, cut, is_id, tidy
from console.domain.command import Dispatch, PinPlace, Private, Reject
from console.domain.place import Position
from console.domain.rules import Refused
from tests.builders import T0
from tests.unit.central.desk import accept


@given(st.text(max_size=300), st.integers(20, 100))
def test_cut_text_is_never_longer_and_short_text_is_untouched(text: str, limit: int) -> None:
    found = cut(text, limit)
    assert len(found) <= limit
    clean = text.replace("\x00", "")
    if len(clean) <= limit:
        assert found == clean
    else:
        assert clean.startswith(found[: limit - 20])
        assert found.endswith("cut]")


def test_ordinary_commands_pass_unchanged() -> None:
    command = accept(private=Private(words="楼下漏水", citizen="王小明"))
    assert tidy(command, T0) == command
    order = Dispatch(case="C1", assignment="A1", unit="U")
    assert tidy(order, T0) is order


def test_long_texts_are_cut_wherever_they_stand() -> None:
    found = tidy(accept(private=Private(words="水" * 9000), kin="k" * 999), T0)
    assert len(found.private.words) == WORDS_LIMIT
    assert len(found.kin) == 80
    assert len(tidy(Reject(case="C1", reason="r" * 9999), T0).reason) == 500


def test_positions_are_quantised() -> None:
    found = tidy(PinPlace(case="C1", position=Position(110.12345678, 20.98765432)), T0)
    assert found.position == Position(110.123457, 20.987654)


@pytest.mark.parametrize("days", [-4000, 4000])
def test_deadlines_far_away_are_refused(days: int) -> None:
    with pytest.raises(Refused, match="due_at"):
        tidy(accept(due_at=T0 + timedelta(days=days)), T0)


@pytest.mark.parametrize("bad", ["", " ", "a b", "a\n", "x" * 81, "编号", "a/b", "a'b"])
def test_ids_that_are_none(bad: str) -> None:
    assert not is_id(bad)
    with pytest.raises(Refused):
        tidy(accept(bad), T0)
