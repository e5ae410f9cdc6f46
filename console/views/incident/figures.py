"""The figures of an incident that its reports say: counted once, put into words elsewhere."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from console.domain.assignment import Assignment, AssignmentState
from console.domain.case import TERMINAL, Case
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Level, case_level
from console.domain.incident import Incident
from console.domain.place import Place
from console.store.inside import first_calls, look_inside
from console.store.picture import Picture
from console.views.incident.lanes import is_late, order_of, reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts at one moment. `by_hour` is (grid, local hour of the first call, calls), newest first."""

    cases: tuple[Case, ...]
    open_cases: int
    urgent: int
    levels: tuple[tuple[Level, int], ...]
    categories: tuple[tuple[str, int], ...]
    by_hour: tuple[tuple[str, datetime, int], ...]
    orders: tuple[Assignment, ...]
    unsigned: int
    on_scene: int
    done: int
    late: int
    places: tuple[Place, ...]


def figures_of(incident: Incident, picture: Picture, city: City, now: datetime) -> Figures:
    """Count the attached cases and the orders at `now` (aware UTC domain time)."""
    cases = tuple(picture.cases_of(incident.id))
    open_ones = [case for case in cases if case.state not in TERMINAL]
    levels = Counter(case_level(c, picture.lead(c), city.policy, now) for c in open_ones)
    kinds = Counter(case.category for case in cases)
    grids = Counter(case.grid for case in cases if case.grid is not None)
    firsts = sorted(first_calls(cases).items(), key=lambda pair: pair[1], reverse=True)
    orders = tuple(order_of(picture.orders_of(incident.id)))
    states = Counter(order.state for order in orders)
    return Figures(
        cases=cases,
        open_cases=len(open_ones),
        urgent=sum(case.urgency is Urgency.URGENT for case in cases),
        levels=tuple(sorted(levels.items(), reverse=True)),
        categories=tuple(kinds.most_common()),
        by_hour=tuple((grid, at.astimezone(city.tz), grids[grid]) for grid, at in firsts),
        orders=orders,
        unsigned=states[AssignmentState.SENT],
        on_scene=sum(reached(order) >= 3 for order in orders),
        done=states[AssignmentState.DONE],
        late=sum(is_late(order, city) for order in orders),
        places=look_inside(incident.footprint, picture, city).places,
    )


def firsts(incident: Incident, orders: tuple[Assignment, ...]) -> list[tuple[str, datetime]]:
    """The milestones of the operation that were reached: a code and its time (aware UTC), in order."""
    signed = [o.acknowledged_at for o in orders if o.acknowledged_at is not None]
    there = [o.arrived_at for o in orders if o.arrived_at is not None]
    done = [o.ended_at for o in orders if o.state is AssignmentState.DONE and o.ended_at]
    found: list[tuple[str, datetime]] = [("started", incident.started_at)]
    if incident.confirmed_at is not None:
        found.append(("confirmed", incident.confirmed_at))
    if orders:
        found.append(("first_asked", min(order.sent_at for order in orders)))
    for code, moments, whole in (
        ("signed", signed, "all_signed"),
        ("on_scene", there, "all_on_scene"),
        ("done", done, "all_done"),
    ):
        if moments:
            found.append((f"first_{code}", min(moments)))
        if moments and len(moments) == len(orders):
            found.append((whole, max(moments)))
    return sorted(found, key=lambda pair: pair[1])
