"""The book of levels counts as looking at every case would."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.case import TERMINAL
from console.domain.clock import case_level
from console.live.levels import LevelBook
from console.replay.timeline import Timeline
from console.store.picture import Picture
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import recording

DAY = recording()
LINE = Timeline(DAY, CITY)


def counted(picture: Picture, now: object) -> tuple[dict[object, int], int]:
    """Every open case looked at."""
    alive = [c for c in picture.cases.values() if c.state not in TERMINAL]
    levels = Counter(case_level(c, picture.lead(c), CITY.policy, now) for c in alive)  # type: ignore[arg-type]
    return dict(levels), sum(c.position is None for c in alive)


@settings(max_examples=15, deadline=None)
@given(
    st.floats(0.0, 20.0),
    st.lists(st.integers(0, 40 * 60), min_size=1, max_size=12),
)
def test_counted_by_steps_is_counted_anew(hours: float, steps: list[int]) -> None:
    now = DAY.about.begins + timedelta(hours=hours)
    picture = LINE.picture_at(now)
    book = LevelBook(CITY.policy)
    book.rebuild(picture, now)
    for seconds in steps:
        before, now = now, now + timedelta(seconds=seconds)
        span = LINE.between(before, now)
        changes = picture.apply([DAY.events[n] for n in span])
        book.update(picture, changes.cases | changes.removed_cases, now)
        assert (book.counts(), book.without_place()) == counted(picture, now)


def test_another_picture_and_a_time_gone_back_are_counted_anew() -> None:
    late, early = (DAY.about.begins + timedelta(hours=h) for h in (15, 10))
    book = LevelBook(CITY.policy)
    book.update(LINE.picture_at(late), [], late)
    morning = LINE.picture_at(early)
    book.update(morning, [], late)
    assert (book.counts(), book.without_place()) == counted(morning, late)
    book.update(morning, [], early)
    assert (book.counts(), book.without_place()) == counted(morning, early)
