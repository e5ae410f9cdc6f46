"""Reports in the database, found by their ids: those say when they came, so that no other index is needed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Select, select

from console.central.open311.naming import PATTERN, lowest, prefix
from console.central.open311.search import MOST, Search
from console.central.tables import assignments, cases
from console.domain.case import Case, Channel
from console.domain.city import City
from console.wire.codec import from_builtins

_AT_ONCE = 500


def by_id(connection: Connection, ids: Iterable[str]) -> list[Case]:
    """The reports with these ids, in the order of the ids; nobody else's case is among them."""
    wanted = [one for one in dict.fromkeys(ids) if PATTERN.fullmatch(one)]
    found: list[Case] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        found += _reports(connection, select(cases.c.body).where(cases.c.id.in_(part)))
    return sorted(found, key=lambda case: wanted.index(case.id))


def matching(connection: Connection, search: Search, city: City) -> list[Case]:
    """The newest reports that fit; those of a sensitive service are in no list."""
    query = select(cases.c.body).where(
        cases.c.id >= lowest(search.start), cases.c.id <= f"{prefix(search.end)}g"
    )
    if search.states:
        query = query.where(cases.c.state.in_([state.value for state in search.states]))
    found: list[Case] = []
    for case in _reports(connection, query.order_by(cases.c.id.desc())):
        if _fits(case, search, city):
            found.append(case)
            if len(found) == MOST:
                break
    return found


def units_of(connection: Connection, found: Sequence[Case]) -> Mapping[str, str]:
    """Case id → code of its lead's unit."""
    leads = {case.lead: case.id for case in found if case.lead is not None}
    wanted, units = list(leads), {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(assignments.c.id, assignments.c.unit).where(assignments.c.id.in_(part))
        units.update({leads[row.id]: row.unit for row in connection.execute(query) if row.unit})
    return units


def _reports(connection: Connection, query: Select[tuple[object]]) -> Iterator[Case]:
    for body in connection.execute(query.execution_options(yield_per=_AT_ONCE)).scalars():
        case = from_builtins(body, Case)
        if PATTERN.fullmatch(case.id) and case.channel is Channel.APP:
            yield case


def _fits(case: Case, search: Search, city: City) -> bool:
    category = city.categories.get(case.category)
    if category is None or category.sensitive:
        return False
    if search.services and case.category not in search.services:
        return False
    return search.start <= case.received_at <= search.end
