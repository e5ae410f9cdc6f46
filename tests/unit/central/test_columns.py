"""Columns give back exactly what was put in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from console.central.columns import Json, Moment

DIALECT = sqlite.dialect()
MOMENTS = st.datetimes(timezones=st.just(UTC))
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(MOMENTS)
def test_moments_are_exact(moment: datetime) -> None:
    kept = Moment().process_bind_param(moment, DIALECT)
    assert Moment().process_result_value(kept, DIALECT) == moment


@given(MOMENTS, MOMENTS)
def test_moments_keep_their_order(one: datetime, other: datetime) -> None:
    kept = [Moment().process_bind_param(moment, DIALECT) for moment in (one, other)]
    assert (kept[0] < kept[1]) == (one < other)


def test_other_zones_become_utc_and_naive_times_are_refused() -> None:
    local = datetime(2026, 6, 3, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    kept = Moment().process_bind_param(local, DIALECT)
    assert Moment().process_result_value(kept, DIALECT) == datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
    with pytest.raises(TypeError):
        Moment().process_bind_param(datetime(2026, 6, 3), DIALECT)  # noqa: DTZ001


@given(PLAIN)
def test_json_is_exact(value: object) -> None:
    kept = Json().process_bind_param(value, DIALECT)
    again = Json().process_result_value(kept, DIALECT)
    assert again == value
    assert Json().process_bind_param(again, DIALECT) == kept
