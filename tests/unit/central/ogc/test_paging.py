"""Pages by id: whatever comes and goes between them, who stayed is seen once."""

from hypothesis import given
from hypothesis import strategies as st

from console.central.ogc.paging import page_of

IDS = st.sets(st.text("abcdef", min_size=1, max_size=3), max_size=30)


@given(st.lists(IDS, min_size=1, max_size=40), st.integers(1, 7))
def test_who_is_there_all_the_time_is_seen_once(pictures: list[set[str]], limit: int) -> None:
    seen: list[str] = []
    after, pages = "", 0
    while True:
        now = sorted(pictures[min(pages, len(pictures) - 1)])
        page = page_of(now, after, limit, lambda one: one)
        assert page.matched == len(now)
        assert len(page.features) <= limit
        seen += page.features
        pages += 1
        if page.last is None:
            break
        after = page.last
    assert len(seen) == len(set(seen)), "nobody twice"
    assert seen == sorted(seen)
    assert set.intersection(*pictures[:pages]) <= set(seen), "nobody missed"
