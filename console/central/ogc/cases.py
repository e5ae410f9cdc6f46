"""Cases of the picture (open ones, and those closed today) with state, level and times, nothing personal."""

from typing import Any

from console.central.centre import Centre
from console.central.ogc.feature import About, Extent, Feature, Page
from console.central.ogc.paging import page_of
from console.central.ogc.query import Query
from console.central.ogc.workers import point
from console.domain.case import TERMINAL, Case, life_state
from console.domain.city import City
from console.domain.clock import case_level
from console.store.picture import Picture


class Cases:
    """A `datetime` asks for cases that lived then: from received to closed."""

    def __init__(self, about: About, centre: Centre) -> None:
        """Of this centre."""
        self.about = about
        self._centre = centre

    def extent(self) -> Extent:
        """The city, from the oldest case on; they go on."""
        cases = self._centre.mirror.fork().cases.values()
        oldest = min((case.received_at for case in cases), default=None)
        return Extent(self._centre.outlines().extent, oldest)

    def page(self, query: Query) -> Page:
        """Cases that are asked for."""
        picture, city = self._centre.mirror.fork(), self._centre.city
        found = sorted(one.id for one in picture.cases.values() if _fits(query, one, city))
        return page_of(found, query.after, query.limit, lambda one: self._feature(picture, one))

    def find(self, feature: str) -> Feature | None:
        """One case."""
        picture = self._centre.mirror.fork()
        return self._feature(picture, feature) if feature in picture.cases else None

    def _feature(self, picture: Picture, case_id: str) -> Feature:
        case, city = picture.cases[case_id], self._centre.city
        hidden = is_sensitive(case, city)
        known = {} if hidden else _what_and_where(case, picture, city)
        return Feature(
            id=case_id,
            geometry=None if hidden or case.position is None else point(case.position),
            # Every feature has every key: a client learns the columns from the first page.
            properties=self._state(case, picture) | _NOTHING | known | _times(case),
        )

    def _state(self, case: Case, picture: Picture) -> dict[str, Any]:
        lead = picture.lead(case)
        over = case.state in TERMINAL
        level = case_level(case, lead, self._centre.city.policy, self._centre.clock.now())
        return {
            "version": case.version,
            "state": life_state(case, lead).value,
            "level": None if over else level.name.lower(),
            "urgency": case.urgency.value,
            "channel": case.channel.value,
            "district": case.district,
            "district_name": self._centre.city.area_name(case.district),
        }


def is_sensitive(case: Case, city: City) -> bool:
    """Whether no more than its district and its times may be shown; of an unknown category never more."""
    category = city.categories.get(case.category)
    return category is None or category.sensitive


def _fits(query: Query, case: Case, city: City) -> bool:
    if query.span is not None and not query.span.meets(case.received_at, case.closed_at):
        return False
    if query.boxes is None:
        return True
    # A box would give a hidden place away.
    if case.position is None or is_sensitive(case, city):
        return False
    return query.finds(case.position.lon, case.position.lat)


def _what_and_where(case: Case, picture: Picture, city: City) -> dict[str, Any]:
    category, lead = city.categories[case.category], picture.lead(case)
    unit = None if lead is None or lead.unit is None else city.units.get(lead.unit)
    return {
        "category": category.category,
        "category_name": category.category_name,
        "subcategory": category.code,
        "subcategory_name": category.name,
        "town": case.town,
        "town_name": city.area_name(case.town),
        "grid": case.grid,
        "place": case.place,
        "unit": None if unit is None else unit.code,
        "unit_name": None if unit is None else unit.name,
    }


_NOTHING: dict[str, Any] = dict.fromkeys(
    (
        "category",
        "category_name",
        "subcategory",
        "subcategory_name",
        "town",
        "town_name",
        "grid",
        "place",
        "unit",
        "unit_name",
    )
)


def _times(case: Case) -> dict[str, Any]:
    return {
        "received_at": case.received_at,
        "registered_at": case.registered_at,
        "dispatched_at": case.dispatched_at,
        "reported_at": case.reported_at,
        "closed_at": case.closed_at,
        "due_at": case.due_at,
    }
