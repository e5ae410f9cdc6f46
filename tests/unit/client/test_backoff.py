"""Full jitter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.client.backoff import full_jitter


@given(st.integers(0, 10**6))
def test_a_wait_is_never_negative_nor_above_the_cap(attempt: int) -> None:
    assert 0 <= full_jitter(attempt) <= min(8.0, 0.25 * 2.0 ** min(attempt, 16))


@pytest.mark.parametrize(
    ("attempt", "ceiling"), [(0, 0.25), (1, 0.5), (3, 2.0), (5, 8.0), (9, 8.0)]
)
def test_waits_fill_the_whole_span(
    attempt: int, ceiling: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: (low, high))
    assert full_jitter(attempt) == (0, ceiling)
