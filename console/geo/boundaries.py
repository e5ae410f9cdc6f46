"""The geometry of a city: districts, towns, communities, grids and the neighbours for context."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from console.geo.cache import read_cache, write_cache
from console.geo.layer import Layer
from console.geo.pack.files import pack_hash
from console.geo.problem import PackProblem


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    """The layers of one city, WGS 84. `warnings` are faults one can work with, such as gaps."""

    districts: Layer
    towns: Layer
    communities: Layer
    grids: Layer
    neighbours: Layer
    pack_hash: str
    warnings: tuple[PackProblem, ...] = ()

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the city in degrees."""
        (west, south), (east, north) = (
            self.districts.coords.min(axis=0),
            self.districts.coords.max(axis=0),
        )
        return float(west), float(south), float(east), float(north)


def load_boundaries(folder: Path, cache: Path | None, known_hash: str | None = None) -> Boundaries:
    """The pack's geometry: from the file in the folder `cache` that belongs to it, else read anew.

    Reading anew takes geopandas, validates everything and writes the cache; a cache that is stale
    or damaged is replaced. `known_hash` is the pack's hash if the caller has it
    (`City.pack_hash`). Raises PackError with all that is wrong, OSError when the folder is gone.
    """
    found = known_hash or pack_hash(folder)
    layers = None if cache is None else read_cache(cache, folder.name, found)
    warnings: tuple[PackProblem, ...] = ()
    if layers is None:
        from console.geo.importer import import_layers

        layers, warnings = import_layers(folder)
        # A pack with warnings is read anew each time: the cache could not repeat them.
        if cache is not None and not warnings:
            write_cache(cache, folder.name, found, layers)
    return Boundaries(**layers, pack_hash=found, warnings=warnings)
