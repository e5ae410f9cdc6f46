"""The scenes of a wall: the city, each district, each open incident."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.domain.city import City
from console.domain.incident import Incident


class SceneKind(StrEnum):
    """What a scene shows."""

    CITY = "city"
    DISTRICT = "district"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Scene:
    """One view: `code` is the district's code or the incident's id."""

    kind: SceneKind
    code: str = ""


CITY_SCENE = Scene(SceneKind.CITY)


def scenes_of(city: City, incidents: Iterable[Incident]) -> list[Scene]:
    """The city, its districts in the order of the pack, the open incidents, oldest first."""
    districts = [area.code for area in city.areas.values() if area.parent is None]
    opened = sorted((i for i in incidents if i.open), key=lambda i: (i.started_at, i.id))
    return [
        CITY_SCENE,
        *(Scene(SceneKind.DISTRICT, code) for code in districts),
        *(Scene(SceneKind.INCIDENT, incident.id) for incident in opened),
    ]
