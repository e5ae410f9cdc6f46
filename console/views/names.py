"""What people and units are called in the user's language."""

from console.domain.city import City
from console.i18n import Texts


def receiver_name(city: City, kind: str, receiver: str | None, texts: Texts) -> str:
    """The name of a unit or a worker; "" for one the city pack does not know."""
    name = receiver or ""
    found = city.units.get(name) if kind == "unit" else city.workers.get(name)
    return texts.pick(found.name, found.name_en) if found is not None else ""
