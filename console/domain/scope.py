"""What of the city a person decides for: all of it, one district, or one unit."""

from dataclasses import dataclass

from console.domain.case import Case
from console.domain.city import City
from console.domain.role import Role

SCOPED = frozenset({Role.DUTY_CHIEF})
"""Roles that decide only inside their scope (DOMAIN.md §4); the others work for the whole city."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A district's code or a unit's code; neither means the whole city."""

    district: str | None = None
    unit: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is outside."""
        return self.district is None and self.unit is None

    def has_unit(self, city: City, unit: str | None) -> bool:
        """Whether the unit is inside: the unit itself, or one of the district."""
        if self.whole:
            return True
        if unit is None:
            return False
        return unit == self.unit or city.of_district(unit, self.district)

    def has_case(self, city: City, case: Case, lead: str | None) -> bool:
        """Whether the case is inside: it lies in the district, or `lead`, the unit that leads it, is inside."""
        if self.whole or (self.district is not None and case.district == self.district):
            return True
        return self.has_unit(city, lead)


WHOLE = Scope()
"""The whole city."""


def scope_of(role: Role, scope: Scope) -> Scope:
    """The scope that binds somebody in a role."""
    return scope if role in SCOPED else WHOLE
