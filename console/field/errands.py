"""A worker's ways to cases, read from the picture."""

from console.field.people import Errand
from console.store.picture import Picture


def errands_of(picture: Picture, worker: str) -> list[Errand]:
    """What the worker has set out for, oldest first; orders without a place lead nowhere."""
    found = []
    for order_id in picture.of_worker.get(worker, ()):
        order = picture.assignments[order_id]
        start = order.responded_at or order.arrived_at
        case = picture.cases.get(order.case or "")
        if start is not None and case is not None and case.position is not None:
            found.append(Errand(start=start, destination=case.position, end=order.ended_at))
    return sorted(found, key=lambda errand: errand.start)
