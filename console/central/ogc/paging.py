"""Pages in the order of ids: who goes on after an id misses nothing and sees nothing twice, whatever changed."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from console.central.ogc.feature import Page


def page_of(ids: Sequence[str], after: str, limit: int, feature: Callable[[str], Any]) -> Page:
    """The page after an id; `ids` are all that match, sorted. Only its own features are made."""
    start = bisect_right(ids, after) if after else 0
    chosen = ids[start : start + limit]
    more = start + limit < len(ids)
    return Page(len(ids), [feature(one) for one in chosen], chosen[-1] if more else None)
