"""A worker's ways to cases and incidents, read from the picture."""

from console.domain import footprint
from console.domain.assignment import Assignment
from console.domain.place import Position
from console.field.people import Errand
from console.store.picture import Picture


def destination_of(picture: Picture, order: Assignment) -> Position | None:
    """Where an order leads (WGS 84, lon lat): to its case, or to the middle of its incident."""
    if order.incident is not None:
        incident = picture.incidents.get(order.incident)
        return None if incident is None else footprint.centre(incident.footprint)
    case = picture.cases.get(order.case or "")
    return None if case is None else case.position


def errands_of(picture: Picture, worker: str) -> list[Errand]:
    """What the worker has set out for, oldest first; orders without a place lead nowhere."""
    found = []
    for order_id in picture.of_worker.get(worker, ()):
        order = picture.assignments[order_id]
        start = order.responded_at or order.arrived_at
        destination = destination_of(picture, order)
        if start is not None and destination is not None:
            found.append(Errand(start=start, destination=destination, end=order.ended_at))
    return sorted(found, key=lambda errand: errand.start)
