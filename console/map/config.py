"""What the page needs to know of city, language and colours, as one JSON document."""

from collections.abc import Mapping
from dataclasses import asdict

import msgspec

from console.domain.city import City
from console.map.strings import MapStrings

POSITION_OLD_S = 900
"""Seconds after which a position is so old that the worker is drawn dim."""

COLOURS = (
    *("page", "panel", "raised", "line", "text", "second"),
    *("green", "amber", "red", "dark_red", "suspended"),
    *("unsigned", "select", "load_low", "load_high"),
)
"""Keys that a palette must have; the values are CSS colours."""


def page_config(city: City, strings: MapStrings, palette: Mapping[str, str]) -> bytes:
    """The document that js/main.js fetches; ValueError names a colour that the palette lacks."""
    missing = [name for name in COLOURS if name not in palette]
    if missing:
        raise ValueError(f"the map's palette lacks {', '.join(missing)}")
    return msgspec.json.encode(
        {
            "strings": asdict(strings),
            "palette": {name: palette[name] for name in COLOURS},
            "names": _names(city, strings.lang),
            "credits": credit_line(city, strings),
            "staleSeconds": city.policy.position_stale_s,
            "oldSeconds": POSITION_OLD_S,
            "darkRedFactor": city.policy.dark_red_factor,
        }
    )


def credit_line(city: City, strings: MapStrings) -> str:
    """Sources, the approval number when the city has one, and what on the map is synthetic."""
    parts = list(city.credits)
    if city.map_approval:
        parts.append(strings.approval.format(n=city.map_approval))
    if any(area.synthetic for area in city.areas.values()):
        parts.append(strings.synthetic)
    return " · ".join(parts)


def _names(city: City, lang: str) -> dict[str, str]:
    return {code: city.area_name(code, lang) for code in city.areas}
