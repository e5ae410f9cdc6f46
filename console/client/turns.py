"""Whose turn it is: which of the stored commands may be tried now."""

from collections.abc import Callable, Collection, Iterable

from console.client.owners import after
from console.client.waits import Waits
from console.wire.messages import Stored


def ready(
    queue: Iterable[Stored],
    held: Collection[str],
    waits: Waits,
    must_ask: Callable[[Stored], bool],
) -> list[Stored]:
    """Of each owner the oldest, if its wait is over; those that failed least go first.

    `queue` in the order in which the commands were made, `held` the keys that wait for the
    operator's word: what is chained to one waits with it, other orders for the same case do not.
    A command that `must_ask` is only asked about and never sent, so it may be so out of turn.
    """
    found: list[Stored] = []
    with_held, unsettled = set(held), set[str]()
    shut: set[str] = set()
    for stored in queue:
        key, stands_on = stored.envelope.key, after(stored.envelope)
        asks = must_ask(stored)
        if stands_on & with_held and not asks:
            with_held.add(key)
            continue
        first = not stored.refs & shut and not stands_on & unsettled
        if (first or asks) and waits.is_due(key):
            found.append(stored)
        shut |= stored.refs
        unsettled.add(key)
    return sorted(found, key=lambda stored: waits.tries(stored.envelope.key))
