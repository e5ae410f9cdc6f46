"""A name for a new incident: where it is and what most calls there are about."""

from collections import Counter
from collections.abc import Sequence

from console.domain.case import Case
from console.domain.city import City
from console.domain.footprint import Ring, fault
from console.geo.boundaries import Boundaries
from console.geo.touched import in_city
from console.i18n import Texts


def ring_fault(ring: Ring, boundaries: Boundaries) -> str | None:
    """The problem code of a ring that is no footprint here; None for a good one."""
    return fault(ring) or (None if in_city(boundaries, ring) else "outside-city")


def proposed_name(
    cases: Sequence[Case], towns: Sequence[str], chosen: Case | None, city: City, texts: Texts
) -> str:
    """Town and category: of the chosen case, else of most cases inside; the town alone without any."""
    kinds = Counter(case.category for case in cases)
    places = Counter(case.town for case in cases if case.town)
    kind = chosen.category if chosen is not None else _most(kinds)
    town = chosen.town if chosen is not None else _most(places)
    category = city.categories.get(kind or "")
    what = texts.pick(category.name, category.name_en) if category is not None else ""
    where = city.area_name(town or next(iter(towns), None), texts.lang)
    parts = [part for part in (where, what or texts("incident.name_plain")) if part]
    return texts("list.dot").join(parts)


def _most(counts: Counter[str]) -> str | None:
    return max(counts, key=lambda key: (counts[key], key)) if counts else None
