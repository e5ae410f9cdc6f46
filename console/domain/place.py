"""Positions on the earth and the named places of a city."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

EARTH_RADIUS_M = 6_371_008.8
"""Mean earth radius in metres (IUGG)."""


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS 84 degrees, always in the order (lon, lat)."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        """Refuse what is not a point on the earth (NaN, infinite, out of range)."""
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise ValueError("longitude and latitude must be finite numbers")
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise ValueError(
                f"({self.lon}, {self.lat}) is not (lon, lat) in degrees; are the two swapped?"
            )


def distance_m(a: Position, b: Position) -> float:
    """Great-circle distance in metres (haversine formula)."""
    phi_a, phi_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = (phi_b - phi_a) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    h = math.sin(half_lat) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, h)))


class PlaceKind(StrEnum):
    """Kinds of vulnerable or useful places a city pack names."""

    PONDING = "ponding"
    EXAM_SITE = "exam_site"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    CARE_HOME = "care_home"
    SHELTER = "shelter"
    PUMP = "pump"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place of the city pack; `synthetic` ones are made for the product and labelled so."""

    id: str
    kind: PlaceKind
    name: str
    name_en: str
    position: Position
    synthetic: bool


LONG_NUMBER = r"\d(?:[ \-－.]?\d){6,}"
"""Seven or more digits, also in groups: a telephone or another number that names a person."""

_COUNTED = r"号|號|栋|棟|幢|楼|樓|室|房|层|層|座|单元|單元|弄"
_HOUSE_NUMBER = re.compile(
    rf"\s*[A-Za-z]?[\d#][\dA-Za-z\-－—~#\s]*(?:{_COUNTED}).*$"
    rf"|\s*[零〇一二三四五六七八九十百千两]+(?:{_COUNTED}).*$"
    rf"|\s*[A-Za-z](?:{_COUNTED}).*$"
    r"|(?<=[路街道巷村])\s*\d.*$"
    r"|\s*\d{5,}.*$"
    rf"|\s*{LONG_NUMBER}.*$"
)
_STREET_NUMBER_FIRST = re.compile(r"^(?:No\.?\s*)?\d[\w\-]*\s+(?=[A-Za-z])", re.IGNORECASE)
_READ_LIMIT = 480
_PLACE_LIMIT = 120


def public_place(address: str) -> str:
    """The part of an address that may stand in the log: one line, at most 120 characters.

    House numbers (in figures or Chinese numerals), what follows them, and long numbers such as
    telephones are cut off; too much is cut rather than too little.
    """
    # Cut before matching: the patterns are quadratic in a run of digits, and the text is hostile.
    head = address[:_READ_LIMIT]
    one_line = " ".join("".join(c if c.isprintable() else " " for c in head).split())
    street = _STREET_NUMBER_FIRST.sub("", one_line)
    return _HOUSE_NUMBER.sub("", street)[:_PLACE_LIMIT].rstrip()
