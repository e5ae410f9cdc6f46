"""What a chief looks after: the city, a district with all that lies in it, or a unit with those below it."""

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.city import City
from console.domain.roster import CITY
from console.domain.unit import UnitKind


class Scope:
    """`code` is `CITY` or a unit's code, as on the roster; an unknown code holds nothing."""

    def __init__(self, code: str, city: City) -> None:
        """Work out once which district or which units are meant."""
        self.code = code
        unit = city.units.get(code)
        self.district: str | None = None
        self.units: frozenset[str] = frozenset()
        if unit is not None and unit.kind is UnitKind.DISTRICT:
            self.district = unit.area
        elif unit is not None:
            self.units = _with_those_below(code, city)

    def holds(self, district: str | None, unit: str | None) -> bool:
        """Whether something in a district, with a unit, belongs here."""
        if self.code == CITY:
            return True
        if self.district is not None:
            return district == self.district
        return unit in self.units

    def holds_case(self, case: Case, lead: Assignment | None) -> bool:
        """Whether the case belongs here: by where it lies, or by who leads it."""
        return self.holds(case.district, lead.unit if lead is not None else None)


def _with_those_below(code: str, city: City) -> frozenset[str]:
    found, fresh = {code}, {code}
    while fresh:
        fresh = {u.code for u in city.units.values() if u.parent in fresh} - found
        found |= fresh
    return frozenset(found)
