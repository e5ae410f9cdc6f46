"""Loads a city pack's tables: names, units, people, policy; geometry is in `console.geo.boundaries`."""

from pathlib import Path

from console.domain.city import City
from console.geo.pack.areas import read_areas, read_grids
from console.geo.pack.basemaps import read_base_maps
from console.geo.pack.callshape import check_shape_of
from console.geo.pack.categories import read_categories
from console.geo.pack.files import pack_hash
from console.geo.pack.people import check_worker_grids, read_workers
from console.geo.pack.places import read_places
from console.geo.pack.rotas import read_rotas
from console.geo.pack.settings import read_settings, read_toml
from console.geo.pack.units import read_duties, read_teams, read_units
from console.geo.problem import Problems


def load_city(folder: Path) -> City:
    """The city of that folder. Raises PackError with all that is wrong in its tables."""
    problems = Problems()
    if not folder.is_dir():
        problems.add(folder.name, "", "", "没有这个文件夹", "there is no such folder")
    problems.raise_any()
    raw = read_toml(folder, problems)
    problems.raise_any()
    settings = read_settings(raw or {}, problems)
    areas, levels = read_areas(folder, problems)
    units = read_units(folder, levels, problems)
    teams = read_teams(folder, units, settings.centre, problems)
    categories = read_categories(folder, units, problems)
    duties = read_duties(folder, units, categories, problems)
    workers = read_workers(folder, areas, levels, settings.shifts, settings.centre, problems)
    grids = read_grids(folder, areas, levels, workers, teams, problems)
    check_worker_grids(workers, grids, problems)
    check_shape_of(settings.simulator, categories, problems)
    places = read_places(folder, settings.centre, problems)
    rotas = read_rotas(folder, units, settings.shifts, problems)
    base_maps = read_base_maps(raw or {}, folder, problems)
    problems.raise_any()
    return City(
        code=settings.code,
        name=settings.name,
        name_en=settings.name_en,
        tz=settings.tz,
        case_word=settings.case_word,
        case_word_en=settings.case_word_en,
        map_approval=settings.map_approval,
        production=settings.production,
        centre=settings.centre,
        credits=settings.credits,
        policy=settings.policy,
        calendar=settings.calendar,
        areas=areas,
        grids=grids,
        units=units,
        duties=duties,
        teams=teams,
        categories=categories,
        places=places,
        shifts=settings.shifts,
        workers=workers,
        simulator=settings.simulator,
        pack_hash=pack_hash(folder),
        rotas=rotas,
        base_maps=base_maps,
    )
