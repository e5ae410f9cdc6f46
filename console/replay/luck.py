"""Common random numbers: what the trainee orders meets the luck that history's order met."""

from collections import defaultdict
from collections.abc import Iterable

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.event import EntityKind
from console.field.chance import Chance
from console.replay.recording import Recording
from console.store.picture import Picture

_ORDER = "order"
"""First word of every draw that is about an order; the second is the order's id."""


class SharedLuck(Chance):
    """Draws for an order of the branch as history drew for its twin.

    The twin of a case's n-th order of a role is history's n-th order of that role for the case:
    given to the same unit at the same moment it has the same fate, and given otherwise it differs
    by the decision alone, not by the dice.
    """

    def __init__(self, seed: int, recording: Recording) -> None:
        """`seed` is that of the day's own field."""
        super().__init__(seed)
        self._history = _orders(recording)
        self._twins: dict[str, str] = {}

    def uniform(self, *key: object) -> float:
        """A number strictly between 0 and 1."""
        if len(key) > 1 and key[0] == _ORDER:
            key = (_ORDER, self._twins.get(str(key[1]), key[1]), *key[2:])
        return super().uniform(*key)

    def pair(self, order: Assignment, picture: Picture) -> None:
        """Find the twin of an order that `picture` holds already; without one it has its own luck."""
        if order.case is None or order.id in self._twins:
            return
        twins = self._history.get((order.case, order.role), [])
        same = [o.id for o in picture.orders_of(order.case) if o.role is order.role]
        number = same.index(order.id)
        if number < len(twins):
            self._twins[order.id] = twins[number]


def _orders(recording: Recording) -> dict[tuple[str, AssignmentRole], list[str]]:
    """History's orders by case and role, in the order in which they were given."""
    found: defaultdict[tuple[str, AssignmentRole], list[str]] = defaultdict(list)
    for order in sorted(recording.start.assignments, key=lambda o: o.sent_at):
        if order.case is not None:
            found[order.case, order.role].append(order.id)
    for order_id, case, role in _sent(recording):
        found[case, role].append(order_id)
    return dict(found)


def _sent(recording: Recording) -> Iterable[tuple[str, str, AssignmentRole]]:
    for event in recording.events:
        case = event.change.get("case")
        if event.kind == EntityKind.ASSIGNMENT and "id" in event.change and case is not None:
            yield event.entity_id, str(case), AssignmentRole(event.change["role"])
