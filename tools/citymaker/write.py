"""Writes a pack's files: the same content gives the same bytes."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from tools.citymaker.areas import MadeArea
from tools.citymaker.planar import OUTLINE_DECIMALS
from tools.citymaker.receivers import Row


def write_table(path: Path, rows: Sequence[Row]) -> None:
    """CSV, UTF-8, one header line, LF; the columns are those of the first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_layer(path: Path, areas: Sequence[MadeArea], named: bool = True) -> None:
    """GeoJSON (RFC 7946): WGS 84, outer rings anticlockwise, one feature a line."""
    lines = [
        json.dumps(_feature(area, named), ensure_ascii=False, separators=(",", ":"))
        for area in areas
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _feature(area: MadeArea, named: bool) -> dict[str, object]:
    properties: dict[str, object] = {"code": area.code}
    if area.parent is not None:
        properties["parent"] = area.parent
    if named:
        properties |= {"name": area.name, "name_en": area.name_en}
    return {
        "type": "Feature",
        "properties": properties | {"synthetic": area.synthetic},
        "geometry": _rounded(area.outline),
    }


def _rounded(outline: Geometry) -> dict[str, object]:
    turned = shapely.orient_polygons(outline)
    rings = [
        [
            [[round(x, OUTLINE_DECIMALS), round(y, OUTLINE_DECIMALS)] for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in shapely.get_parts(turned)
    ]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}
