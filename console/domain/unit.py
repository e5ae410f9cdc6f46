"""The receiving units (承办单位) as one tree, their duties and their teams."""

from dataclasses import dataclass
from enum import StrEnum

from console.domain.place import Position


class UnitKind(StrEnum):
    """条 (bureaus, utilities) and 块 (districts, towns) are both receivers."""

    BUREAU = "bureau"
    UTILITY = "utility"
    DISTRICT = "district"
    TOWN = "town"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One receiver. `area` is the district or town code it answers for, None for the whole city."""

    code: str
    parent: str | None
    name: str
    name_en: str
    kind: UnitKind
    area: str | None
    phone: str
    duty_leader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """That `unit` is responsible for `subcategory`, by `article` of its list of duties."""

    unit: str
    subcategory: str
    article: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """An 应急处置队伍 of a unit, with the place where it waits."""

    code: str
    unit: str
    name: str
    name_en: str
    size: int
    position: Position
    phone: str
