"""What the page needs to know of city, language and colours, as one JSON document."""

import os
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
    *("unsigned", "select", "load_low", "load_high", "heat_low", "heat_high"),
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
            # Scaled pictures are slow where no GPU draws them (docs/performance.md).
            "animated": os.environ.get("QT_QUICK_BACKEND") != "software",
        }
    )


def credit_line(city: City, strings: MapStrings) -> str:
    """The approval number when the city has one, what on the map is synthetic, then the sources."""
    parts = []
    if city.map_approval:
        parts.append(strings.approval.format(n=city.map_approval))
    if any(area.synthetic for area in city.areas.values()):
        parts.append(strings.synthetic)
    parts += [_in_language(credit, strings.lang) for credit in city.credits]
    return " · ".join(parts)


def _in_language(credit: str, lang: str) -> str:
    """City packs write a credit as "中文 · English", or as one text for both."""
    zh, _, en = credit.partition(" · ")
    return en if en and lang != "zh" else zh


_BODIES = ("居民委员会", "村民委员会", "居委会", "村委会")
"""What a community is called by law is left out on the map, as on every printed one."""


def _names(city: City, lang: str) -> dict[str, str]:
    names = {}
    for code in city.areas:
        name = city.area_name(code, lang)
        for body in _BODIES:
            name = name.removesuffix(body)
        names[code] = name
    return names
