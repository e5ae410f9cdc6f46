"""What the page is told of base maps; never an address or a key."""

from collections.abc import Iterable, Mapping

from console.domain.basemap import BaseMap
from console.domain.place import Position
from console.map.strings import MapStrings
from console.tiles.shift import shift_at


def base_map_message(
    maps: Iterable[BaseMap],
    shown: BaseMap | None,
    failing: Mapping[str, bool],
    centre: Position,
    strings: MapStrings,
) -> dict[str, object]:
    """The message of js/layers/basemap.js: what can be chosen, and all of what is shown (None: own map)."""
    offered = [
        {
            "id": one.id,
            "name": one.name if strings.lang == "zh" else one.name_en,
            "failing": failing.get(one.id, False),
        }
        for one in maps
    ]
    return {
        "type": "basemap",
        "offered": offered,
        "shown": None if shown is None else _shown(shown, centre, strings),
    }


def _shown(base_map: BaseMap, centre: Position, strings: MapStrings) -> dict[str, object]:
    return {
        "id": base_map.id,
        "layers": len(base_map.layers),
        "lowest": base_map.lowest,
        "highest": base_map.highest,
        "names": base_map.names,
        "filter": css_filter(base_map),
        "shift": shift_at(centre) if base_map.gcj02 else (0.0, 0.0),
        "credit": credit_of(base_map, strings),
    }


def css_filter(base_map: BaseMap) -> str:
    """The look as a CSS filter: numbers of the pack only, so nothing of it can be anything else."""
    turned = "invert(0.9) hue-rotate(180deg) " if base_map.invert else ""
    return f"{turned}brightness({base_map.brightness:.2f}) saturate({base_map.saturation:.2f})"


def credit_of(base_map: BaseMap, strings: MapStrings) -> str:
    """Whose pictures, under which approval, and that they have been moved."""
    zh, _, en = base_map.credit.partition(" · ")
    parts = [en if en and strings.lang != "zh" else zh]
    if base_map.approval:
        parts.append(strings.approval.format(n=base_map.approval))
    if base_map.gcj02:
        parts.append(strings.gcj02_corrected)
    return " · ".join(parts)
