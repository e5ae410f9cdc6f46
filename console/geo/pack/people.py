"""Reads workers.csv: grid workers, grid heads and inspectors."""

from collections.abc import Mapping
from pathlib import Path

from console.domain.grid import Area
from console.domain.place import Position
from console.domain.shift import Shift
from console.domain.worker import Worker, WorkerKind
from console.geo.pack.areas import Level
from console.geo.pack.table import read_table
from console.geo.problem import Problems

_COLUMNS = ("id", "name", "name_en", "kind", "district", "town", "grids", "lon", "lat", "shift")


def read_workers(
    folder: Path,
    areas: Mapping[str, Area],
    levels: Mapping[str, Level],
    shifts: Mapping[str, Shift],
    centre: Position,
    problems: Problems,
) -> dict[str, Worker]:
    """Id → worker; that their grids exist is checked by `check_worker_grids`."""
    workers: dict[str, Worker] = {}
    for row in read_table(folder, "workers.csv", _COLUMNS, problems):
        worker = Worker(
            id=row.code,
            name=row.text("name"),
            name_en=row.text("name_en"),
            kind=row.choice("kind", WorkerKind),
            district=row.text("district"),
            town=row.text("town"),
            grids=row.codes("grids"),
            home=row.position(centre),
            shift=row.text("shift"),
        )
        workers[worker.id] = worker
        row.known("shift", worker.shift, shifts, "city.toml")
        if levels.get(worker.town) is not Level.TOWN:
            row.wrong("town", f"“{worker.town}”不是 areas.csv 中的镇街", f'"{worker.town}" is not a town of areas.csv')  # fmt: skip
        elif areas[worker.town].parent != worker.district:
            row.wrong("district", f"镇街 {worker.town} 属于 {areas[worker.town].parent}", f"town {worker.town} is in {areas[worker.town].parent}")  # fmt: skip
    return workers


def check_worker_grids(
    workers: Mapping[str, Worker], grids: Mapping[str, object], problems: Problems
) -> None:
    """Note the grids of workers that grids.csv does not have."""
    for worker in workers.values():
        for grid in worker.grids:
            if grid not in grids:
                problems.add(
                    "workers.csv",
                    worker.id,
                    "grids",
                    f"“{grid[:40]}”不在 grids.csv 中",
                    f'"{grid[:40]}" is not in grids.csv',
                )
