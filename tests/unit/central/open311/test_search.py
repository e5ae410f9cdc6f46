"""Which reports are asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.central.open311.search import LONGEST, read_ids, read_search
from console.central.problems import Problem
from console.domain.case import TERMINAL, CaseState

NOW = datetime(2026, 6, 3, 2, tzinfo=UTC)


def test_without_a_question_it_is_the_last_90_days() -> None:
    search = read_search({}, NOW)
    assert (search.start, search.end) == (NOW - LONGEST, NOW)
    assert not search.services
    assert not search.states


def test_one_end_gives_the_other() -> None:
    start, end = "2026-01-01T08:00:00+08:00", "2026-02-01T00:00:00Z"
    from_here = read_search({"start_date": start}, NOW)
    assert from_here.start == datetime(2026, 1, 1, tzinfo=UTC)
    assert from_here.end - from_here.start == LONGEST
    up_to = read_search({"end_date": end}, NOW)
    assert up_to.end - up_to.start == LONGEST
    both = read_search({"start_date": start, "end_date": end}, NOW)
    assert both.end - both.start == timedelta(days=31)


def test_status_and_services_may_be_several() -> None:
    search = read_search({"status": "open", "service_code": "0101, 0301,"}, NOW)
    assert search.states == frozenset(CaseState) - TERMINAL
    assert search.services == {"0101", "0301"}
    assert read_search({"status": "open,closed"}, NOW).states == frozenset(CaseState)
    assert read_search({"status": "closed"}, NOW).states == TERMINAL
    assert read_ids({"service_request_id": "a,b,,a"}) == ["a", "b", "a"]


@pytest.mark.parametrize(
    "given_",
    [
        {"status": "gone"},
        {"start_date": "yesterday"},
        {"start_date": "2026-01-01"},
        {"end_date": "0001-01-01T00:00:00Z"},
        {"start_date": "9999-12-31T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"},
        {"start_date": "2026-01-02T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
    ],
)
def test_what_is_wrong_is_refused(given_: dict[str, str]) -> None:
    with pytest.raises(Problem) as refused:
        read_search(given_, NOW)
    assert refused.value.status == 400


def test_there_is_an_end_to_ids() -> None:
    with pytest.raises(Problem):
        read_ids({"service_request_id": ",".join(str(n) for n in range(1001))})


DATES = st.one_of(
    st.text(max_size=30),
    st.datetimes(timezones=st.just(UTC)).map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%SZ")),
)


@given(DATES, DATES)
def test_any_dates_are_read_or_refused(start: str, end: str) -> None:
    try:
        search = read_search({"start_date": start, "end_date": end}, NOW)
    except Problem as refused:
        found = refused.status
    else:
        found = 200
        assert search.end - search.start <= LONGEST
    assert found in (200, 400)
