"""Makes the receiving units, their teams and their lists of duties."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tools.citymaker.areas import MadeAreas
from tools.citymaker.names import person
from tools.citymaker.sources import Record, Sources
from tools.citymaker.spots import LonLat, Spots

Row = dict[str, object]

_TOWN_WORDS = ("街道", "镇")
_TOWN_WORDS_EN = (" Subdistrict", " Town")


@dataclass(frozen=True)
class MadeTeam:
    """One team as a row of teams.csv."""

    code: str
    unit: str
    name: str
    name_en: str
    size: int
    position: LonLat


def make_units(sources: Sources, areas: MadeAreas, rng: np.random.Generator) -> list[Row]:
    """Bureaus and utilities as given, then districts, then towns, with invented telephones."""
    given = [(u["code"], "", u["name"], u["name_en"], u["kind"], "") for u in sources.units]
    districts = [
        (f"D.{d.code}", "", d.name, d.name_en, "district", d.code) for d in areas.districts
    ]
    towns = [
        (f"T.{t.code}", f"D.{t.parent}", t.name, t.name_en, "town", t.code) for t in areas.towns
    ]
    return [
        {
            "code": code,
            "parent": parent,
            "name": name,
            "name_en": name_en,
            "kind": kind,
            "area": area,
            "phone": f"0898-0000-{1000 + number}",
            "duty_leader": person(rng)[0],
        }
        for number, (code, parent, name, name_en, kind, area) in enumerate(
            given + districts + towns, start=1
        )
    ]


def make_duties(sources: Sources, units: Iterable[Row]) -> list[Row]:
    """Who is responsible for what: each subcategory's lead, then its assisting units."""
    of_kind: dict[str, list[str]] = {"@town": [], "@district": []}
    for unit in units:
        of_kind.setdefault(f"@{unit['kind']}", []).append(str(unit["code"]))
    articles: dict[str, int] = {}
    rows: list[Row] = []
    for category in sources.categories:
        for named in dict.fromkeys(
            [category["lead"], *filter(None, category["assist"].split(";"))]
        ):
            articles[named] = articles.get(named, 0) + 1
            rows.extend(
                {"unit": unit, "subcategory": category["code"], "article": articles[named]}
                for unit in of_kind.get(named, [named])
            )
    return rows


def make_teams(sources: Sources, areas: MadeAreas, spots: Spots) -> list[MadeTeam]:
    """The teams of bureaus and utilities spread over the towns, and those of districts and towns."""
    grids_of_town: dict[str, float] = {}
    for grid in areas.grids:
        grids_of_town[grid.code[:9]] = grids_of_town.get(grid.code[:9], 0) + 1
    towns = {town.code: (short(town.name), short_en(town.name_en)) for town in areas.towns}
    teams: list[MadeTeam] = []
    for unit in sources.units:
        teams.extend(_spread_teams(unit, towns, grids_of_town, spots))
    own = [("D", "district", areas.districts), ("T", "town", areas.towns)]
    for letter, kind, level in own:
        for area in level:
            for number, spec in enumerate(sources.recipe["teams"][kind], start=1):
                name, name_en, size = spec.split("|")
                home = area.code if kind == "town" else spots.pick(
                    {c: w for c, w in grids_of_town.items() if c.startswith(area.code)}, 1
                )[0]  # fmt: skip
                teams.append(
                    MadeTeam(
                        f"{letter}.{area.code}-{number}",
                        f"{letter}.{area.code}",
                        f"{short(area.name)}{name}",
                        f"{name_en} · {short_en(area.name_en)}",
                        int(size),
                        spots.inside(home),
                    )
                )
    return teams


def team_rows(teams: Iterable[MadeTeam]) -> list[Row]:
    """The rows of teams.csv, with invented telephones."""
    return [
        {
            "code": team.code,
            "unit": team.unit,
            "name": team.name,
            "name_en": team.name_en,
            "size": team.size,
            "lon": team.position[0],
            "lat": team.position[1],
            "phone": f"0898-0000-{3000 + number}",
        }
        for number, team in enumerate(teams, start=1)
    ]


def short(name: str) -> str:
    """府城街道 → 府城."""
    for word in _TOWN_WORDS:
        name = name.removesuffix(word) or name
    return name.split("（")[0]


def short_en(name: str) -> str:
    """Fucheng Subdistrict → Fucheng."""
    for word in _TOWN_WORDS_EN:
        name = name.removesuffix(word)
    return name


def _spread_teams(
    unit: Record, towns: dict[str, tuple[str, str]], weights: dict[str, float], spots: Spots
) -> list[MadeTeam]:
    if not unit["teams"]:
        return []
    name, name_en, size, count = unit["teams"].split("|")
    homes = spots.pick(weights, int(count))
    return [
        MadeTeam(
            f"{unit['code']}-{number}",
            unit["code"],
            f"{name}·{towns[home][0]}",
            f"{name_en} · {towns[home][1]}",
            int(size),
            spots.inside(home),
        )
        for number, home in enumerate(homes, start=1)
    ]
