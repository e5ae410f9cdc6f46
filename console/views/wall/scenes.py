"""The scenes of a wall: the city, each district, each open incident; figures only where they were chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.domain.city import WALL_SCENES, City
from console.domain.incident import Incident


class SceneKind(StrEnum):
    """What a scene shows."""

    CITY = "city"
    DISTRICT = "district"
    INCIDENT = "incident"
    HOURS = "hours"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class Scene:
    """One view: `code` is the district's code or the incident's id."""

    kind: SceneKind
    code: str = ""

    @property
    def on_map(self) -> bool:
        """Whether the map is in sight."""
        return self.kind not in (SceneKind.HOURS, SceneKind.RANKING)


CITY_SCENE = Scene(SceneKind.CITY)

CITY, DISTRICTS, INCIDENTS, HOURS, RANKING = WALL_SCENES
DISTRICT = "district:"
"""What can be chosen; one district is this and its code."""


def choosable(city: City) -> list[str]:
    """All that can be chosen for a wall of this city."""
    return [*WALL_SCENES, *(DISTRICT + code for code in _districts(city))]


def scenes_of(city: City, incidents: Iterable[Incident], chosen: Sequence[str]) -> list[Scene]:
    """The chosen scenes in their order, each once; the city alone where they come to nothing.

    Districts follow each other as in the pack, open incidents oldest first. A district that the
    city no longer has is left out.
    """
    opened = sorted((i for i in incidents if i.open), key=lambda i: (i.started_at, i.id))
    known = _districts(city)
    found: list[Scene] = []
    for name in chosen:
        if name == DISTRICTS:
            found += [Scene(SceneKind.DISTRICT, code) for code in known]
        elif name == INCIDENTS:
            found += [Scene(SceneKind.INCIDENT, incident.id) for incident in opened]
        elif name in (CITY, HOURS, RANKING):
            found.append(Scene(SceneKind(name)))
        elif name.removeprefix(DISTRICT) in known:
            found.append(Scene(SceneKind.DISTRICT, name.removeprefix(DISTRICT)))
    return list(dict.fromkeys(found)) or [CITY_SCENE]


def _districts(city: City) -> list[str]:
    return [area.code for area in city.areas.values() if area.parent is None]
