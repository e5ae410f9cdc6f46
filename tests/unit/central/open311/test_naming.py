"""The same report has the same name for a while, another one never."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.central.open311.naming import (
    KEYED,
    LONGEST,
    PATTERN,
    REPEATED,
    lowest,
    names_of,
    prefix,
)

T0 = datetime(2026, 6, 3, 2, 5, 31, tzinfo=UTC)
FORM = {"service_code": "0101", "lat": "20", "long": "110", "description": "垃圾"}
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.floats(0, 1, exclude_max=True), st.sampled_from(["", "k1"]))
def test_a_retry_in_time_is_recognised(at: datetime, part: float, client_key: str) -> None:
    span = KEYED if client_key else REPEATED
    first, _ = names_of("key", FORM, client_key or None, at)
    again = names_of("key", FORM, client_key or None, at + span * part)
    assert first in again


@given(MOMENTS, st.integers(2, 50))
def test_much_later_it_is_a_new_report(at: datetime, spans: int) -> None:
    first, _ = names_of("key", FORM, None, at)
    assert first not in names_of("key", FORM, None, at + REPEATED * spans)


@given(MOMENTS, st.text(max_size=20).map(lambda t: t.encode("utf-8", "replace").decode()))
def test_names_look_alike_and_tell_the_time(at: datetime, words: str) -> None:
    for key in (None, "k"):
        for name in names_of("key", FORM | {"description": words}, key, at):
            assert PATTERN.fullmatch(name)
            assert prefix(at - 2 * LONGEST) <= name
            assert name < f"{prefix(at)}g"
            assert lowest(at) <= name


def test_other_words_another_app_another_key_are_other_reports() -> None:
    names = {
        names_of("key", FORM, None, T0)[0],
        names_of("key", FORM | {"description": "垃圾!"}, None, T0)[0],
        names_of("yek", FORM, None, T0)[0],
        names_of("key", FORM, "k1", T0)[0],
        names_of("key", FORM, "k2", T0)[0],
    }
    assert len(names) == 5
    changed = names_of("key", FORM | {"description": "more"}, "k1", T0)
    assert changed == names_of("key", FORM, "k1", T0), "the client's key is the report's name"
    assert names_of("key", FORM, None, T0 + timedelta(seconds=5)) == names_of("key", FORM, None, T0)
