"""What people and units are called in the user's language."""

from collections.abc import Mapping

from console.domain.city import City
from console.domain.unit import Team, Unit
from console.domain.worker import Worker
from console.i18n import Texts


def receiver_name(city: City, kind: str, receiver: str | None, texts: Texts) -> str:
    """The name of a unit, a worker or a team; "" for one the city pack does not know."""
    known: Mapping[str, Unit | Worker | Team] = city.workers
    if kind != "worker":
        known = city.units if kind == "unit" else city.teams
    found = known.get(receiver or "")
    return texts.pick(found.name, found.name_en) if found is not None else ""
