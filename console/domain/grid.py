"""Grids (网格) and the areas they nest in: district > town > community > grid."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A district, town or community: `parent` is the code one level up, None for a district."""

    code: str
    parent: str | None
    name: str
    name_en: str
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One grid: 1+N, a grid head and N professional teams; `households` is synthetic where labelled."""

    code: str
    community: str
    town: str
    district: str
    households: int
    head: str
    teams: tuple[str, ...]
    synthetic: bool
