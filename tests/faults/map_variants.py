"""Desks whose map is wrong on purpose; each is broken while it runs, and gives back what mends it again."""

from collections.abc import Callable, Mapping
from typing import Any

Mend = Callable[[], None]


def never_looks(desk: Any) -> Mend:
    """A watchdog that never looks: a page that hangs, hangs."""
    from console.map import watchdog

    before = watchdog.LATE_LOOKS
    watchdog.LATE_LOOKS = 10**9
    # What the last beat has allowed would still stand until the next one.
    desk.map._host.watchdog._allowed = watchdog.LATE_LOOKS

    def mend() -> None:
        watchdog.LATE_LOOKS = before

    return mend


def tells_nothing_anew(_desk: Any) -> Mend:
    """A page that begins again is told what changes from then on, and nothing else."""
    from console.map.picture import Picture

    whole = Picture.begin_again

    def begin_again(picture: Picture) -> None:
        waiting = {kind: dict(pins) for kind, pins in picture._waiting.items()}
        whole(picture)
        picture._waiting.update(waiting)

    Picture.begin_again = begin_again  # type: ignore[method-assign]

    def mend() -> None:
        Picture.begin_again = whole  # type: ignore[method-assign]

    return mend


def no_table(_desk: Any) -> Mend:
    """A page may die as often as it likes."""
    from console.map import watchdog

    before = watchdog.CRASHES
    watchdog.CRASHES = 10**9

    def mend() -> None:
        watchdog.CRASHES = before

    return mend


def loses_orders(desk: Any) -> Mend:
    """What is ordered while the page is not there is forgotten."""
    from console.client.link import LiveLink

    whole = LiveLink.submit

    def submit(link: LiveLink, envelope: Any) -> None:
        if desk.map._teller.alive:
            whole(link, envelope)

    LiveLink.submit = submit  # type: ignore[method-assign]

    def mend() -> None:
        LiveLink.submit = whole  # type: ignore[method-assign]

    return mend


def drag_goes_on(_desk: Any) -> Mend:
    """A drag does not care whether there is a map."""
    from console.views.dragging import Dragging

    whole = Dragging.cancel
    Dragging.cancel = lambda _dragging, _why: None  # type: ignore[method-assign]

    def mend() -> None:
        Dragging.cancel = whole  # type: ignore[method-assign]

    return mend


VARIANTS: Mapping[str, Callable[[Any], Mend]] = {
    "never-looks": never_looks,
    "tells-nothing-anew": tells_nothing_anew,
    "no-table": no_table,
    "loses-orders": loses_orders,
    "drag-goes-on": drag_goes_on,
}
