"""Makes the people who walk the grids, and each grid's 1+N."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tools.citymaker.areas import MadeAreas
from tools.citymaker.names import person
from tools.citymaker.partition import largest_remainder
from tools.citymaker.receivers import MadeTeam, Row
from tools.citymaker.sources import Sources
from tools.citymaker.spots import Spots


@dataclass
class _Walker:
    """One worker while the roster is made."""

    kind: str
    area: str
    grids: list[str] = field(default_factory=list)
    id: str = ""


@dataclass(frozen=True)
class MadeRoster:
    """Rows of workers.csv, and grid code → its head's worker id."""

    workers: list[Row]
    heads: dict[str, str]


def make_roster(sources: Sources, areas: MadeAreas, spots: Spots) -> MadeRoster:
    """Heads and workers community by community, then inspectors town by town."""
    wanted, rng = sources.recipe["workers"], spots.rng
    grids: dict[str, list[str]] = {}
    for grid in areas.grids:
        grids.setdefault(grid.code[:-3], []).append(grid.code)
    walkers = _walkers(wanted, grids, rng)
    head_of = _heads(walkers, grids)
    _share_out(walkers, grids, int(wanted["without_grids"]), rng)
    _uneven(walkers, wanted, rng)
    for number, walker in enumerate(walkers, start=1):
        walker.id = f"W{number:04d}"
    inspectors = _inspectors(int(wanted["inspectors"]), grids)
    rows = [*_rows(walkers, grids, wanted, spots), *_rows(inspectors, grids, wanted, spots)]
    return MadeRoster(rows, {grid: walker.id for grid, walker in head_of.items()})


def grid_rows(
    sources: Sources,
    areas: MadeAreas,
    heads: Mapping[str, str],
    teams: Sequence[MadeTeam],
    spots: Spots,
) -> list[Row]:
    """The rows of grids.csv: head, teams (the town's own, then the nearest of each kind), households."""
    low, high = (int(sources.recipe["households"][end]) for end in ("low", "high"))
    by_unit: dict[str, list[MadeTeam]] = {}
    for team in teams:
        by_unit.setdefault(team.unit, []).append(team)
    kinds = [by_unit[unit] for unit in sources.recipe["teams"]["grid_units"]]
    rows: list[Row] = []
    for grid in areas.grids:
        here = spots.middle(grid.code)
        own = [team.code for team in by_unit[f"T.{grid.code[:9]}"]]
        rows.append(
            {
                "code": grid.code,
                "community": grid.code[:-3],
                "town": grid.code[:9],
                "district": grid.code[:6],
                "households": int(spots.rng.integers(low, high + 1)),
                "head": heads[grid.code],
                "teams": ";".join(own + [_nearest(kind, here) for kind in kinds]),
                "synthetic": 1,
            }
        )
    return rows


def _nearest(teams: Sequence[MadeTeam], here: tuple[float, float]) -> str:
    def away(team: MadeTeam) -> float:
        return (team.position[0] - here[0]) ** 2 * 0.883 + (team.position[1] - here[1]) ** 2

    return min(teams, key=away).code


def _walkers(
    wanted: Mapping[str, float], grids: Mapping[str, list[str]], rng: np.random.Generator
) -> list[_Walker]:
    """Heads first and then workers of each community, in the communities' order."""
    sizes = [float(len(codes)) for codes in grids.values()]
    heads = largest_remainder(sizes, int(wanted["heads"]), 1)
    others = largest_remainder(sizes, int(wanted["grid_workers"] - wanted["heads"]), 0)
    return [
        _Walker(kind, area)
        for area, head_count, other_count in zip(grids, heads, others, strict=True)
        for kind in ["grid_head"] * head_count + ["grid_worker"] * other_count
    ]


def _heads(walkers: Sequence[_Walker], grids: Mapping[str, list[str]]) -> dict[str, _Walker]:
    """Grid code → its head: each head of a community has a run of its grids."""
    heads: dict[str, list[_Walker]] = {}
    for walker in walkers:
        if walker.kind == "grid_head":
            heads.setdefault(walker.area, []).append(walker)
    return {
        grid: heads[area][i * len(heads[area]) // len(codes)]
        for area, codes in grids.items()
        for i, grid in enumerate(codes)
    }


def _share_out(
    walkers: Sequence[_Walker],
    grids: Mapping[str, list[str]],
    without: int,
    rng: np.random.Generator,
) -> None:
    """Every grid gets one walker of its community; `without` workers get none."""
    own: dict[str, list[_Walker]] = {}
    for walker in walkers:
        own.setdefault(walker.area, []).append(walker)
    spare = [walker for walker in walkers if walker.kind == "grid_worker"]
    idle = {id(spare[i]) for i in rng.choice(len(spare), size=without, replace=False)}
    for area, codes in grids.items():
        owners = [walker for walker in own[area] if id(walker) not in idle]
        for i, grid in enumerate(codes):
            owners[i * len(owners) // len(codes)].grids.append(grid)


def _uneven(
    walkers: Sequence[_Walker], wanted: Mapping[str, float], rng: np.random.Generator
) -> None:
    """Some grids lose their walker and as many get a second one."""
    rich = [walker for walker in walkers if len(walker.grids) > 2]
    lose, gain = int(wanted["grids_without_worker"]), int(wanted["grids_with_two"])
    for i in rng.choice(len(rich), size=lose, replace=False):
        rich[i].grids.pop()
    pairs = [
        (one, two)
        for one, two in pairwise(walkers)
        if one.area == two.area and one.grids and two.grids
    ]
    for i in rng.choice(len(pairs), size=gain, replace=False):
        one, two = pairs[i]
        two.grids.append(one.grids[0])


def _inspectors(count: int, grids: Mapping[str, list[str]]) -> list[_Walker]:
    towns: dict[str, float] = {}
    for area, codes in grids.items():
        towns[area[:9]] = towns.get(area[:9], 0) + len(codes)
    shares = largest_remainder(list(towns.values()), count, 1)
    people = [
        _Walker("inspector", town)
        for town, share in zip(towns, shares, strict=True)
        for _ in range(share)
    ]
    for number, inspector in enumerate(people, start=1):
        inspector.id = f"I{number:03d}"
    return people


def _rows(
    people: Sequence[_Walker],
    grids: Mapping[str, list[str]],
    wanted: Mapping[str, float],
    spots: Spots,
) -> list[Row]:
    shifts = _shifts(len(people), wanted, spots.rng)
    rows: list[Row] = []
    for walker, shift in zip(people, shifts, strict=True):
        name, name_en = person(spots.rng)
        near = [code for area, codes in grids.items() if area.startswith(walker.area) for code in codes]  # fmt: skip
        home = walker.grids[0] if walker.grids else near[int(spots.rng.integers(len(near)))]
        lon, lat = spots.inside(home)
        rows.append(
            {
                "id": walker.id,
                "name": name,
                "name_en": name_en,
                "kind": walker.kind,
                "district": walker.area[:6],
                "town": walker.area[:9],
                "grids": ";".join(walker.grids),
                "lon": lon,
                "lat": lat,
                "shift": shift,
            }
        )
    return rows


def _shifts(count: int, wanted: Mapping[str, float], rng: np.random.Generator) -> list[str]:
    night, evening = round(count * wanted["night_share"]), round(count * wanted["evening_share"])
    shifts = ["night"] * night + ["evening"] * evening + ["day"] * (count - night - evening)
    return [shifts[i] for i in rng.permutation(count)]
