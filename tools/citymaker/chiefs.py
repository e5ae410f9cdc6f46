"""Who decides when: invented rotas of duty chiefs for the city, its districts, bureaus and utilities."""

from collections.abc import Iterable, Sequence

import numpy as np

from tools.citymaker.names import person
from tools.citymaker.receivers import Row

CITY = "city"
_SHIFTS = ("chief", "chief_night")
_WITH_ROTA = ("district", "bureau", "utility")
_PEOPLE = 4
_FIRST_PHONE = 5000


def make_rotas(units: Sequence[Row], seed: int) -> list[Row]:
    """One row a person: the people of a unit and shift take turns day by day, in the file's order."""
    # A generator of its own: the rest of the pack stays as it is when a rota changes.
    rng = np.random.default_rng([seed, 5])
    wanted = (str(unit["code"]) for unit in units if unit["kind"] in _WITH_ROTA)
    rows: list[Row] = []
    for unit in (CITY, *wanted):
        rows.extend(_rota(unit, len(rows), rng))
    return rows


def _rota(unit: str, made: int, rng: np.random.Generator) -> Iterable[Row]:
    for number in range(len(_SHIFTS) * _PEOPLE):
        name, name_en = person(rng)
        yield {
            "unit": unit,
            "shift": _SHIFTS[number // _PEOPLE],
            "name": name,
            "name_en": name_en,
            "phone": f"0898-0000-{_FIRST_PHONE + made + number}",
        }
