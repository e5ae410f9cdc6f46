"""What can be reported: the city's subcategories as Open311 services."""

from typing import Any

from console.central.open311.render import Body
from console.central.problems import Problem
from console.domain.category import Subcategory
from console.domain.city import City


def services(city: City) -> Body:
    """Every subcategory; none asks for attributes of its own, and all answer with an id at once."""
    return Body("services", [_service(one) for one in city.categories.values()])


def definition(city: City, code: str) -> Body:
    """One service's definition; raises `Problem` 404."""
    service_of(city, code, 404)
    return Body("service_definition", {"service_code": code, "attributes": []})


def service_of(city: City, code: str, status: int) -> Subcategory:
    """The subcategory of a service code; raises a `Problem` of this status for an unknown one."""
    found = city.categories.get(code)
    if found is None:
        raise Problem(status, "unknown-category", f"service_code: there is no {code[:40]!r}")
    return found


def _service(one: Subcategory) -> dict[str, Any]:
    return {
        "service_code": one.code,
        "service_name": one.name,
        "description": f"{one.category_name} · {one.name} · {one.name_en}",
        "metadata": False,
        "type": "realtime",
        "keywords": f"{one.category_name},{one.name_en},{one.category_name_en}",
        "group": one.category_name,
    }


def check_jurisdiction(city: City, given: str | None) -> None:
    """A jurisdiction may be left out: there is one, the city's code. Raises `Problem` 404 for another."""
    if given and given != city.code:
        raise Problem(404, "unknown-jurisdiction", f"jurisdiction_id: this is {city.code}")
