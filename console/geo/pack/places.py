"""Reads places.csv: the vulnerable and useful places of the city."""

from pathlib import Path

from console.domain.place import Place, PlaceKind, Position
from console.geo.pack.table import read_table
from console.geo.problem import Problems

_COLUMNS = ("id", "kind", "name", "name_en", "lon", "lat", "synthetic")


def read_places(folder: Path, centre: Position, problems: Problems) -> tuple[Place, ...]:
    """The places in the file's order."""
    return tuple(
        Place(
            id=row.code,
            kind=row.choice("kind", PlaceKind),
            name=row.text("name"),
            name_en=row.text("name_en"),
            position=row.position(centre),
            synthetic=row.flag("synthetic"),
        )
        for row in read_table(folder, "places.csv", _COLUMNS, problems)
    )
