"""Reads what a WMTS offers (OGC 07-057r7) and makes the addresses of its tiles.

Only matrix sets that are Web Mercator with tiles of 256 pixels from the world's north-west corner
will do: "GoogleMapsCompatible", EPSG:3857, Tianditu's `w`.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from console.domain.basemap import WmtsLayer
from console.tiles.fault import Fault, NoPicture
from console.tiles.picture import MIME_TYPES

LARGEST_BYTES = 8 * 1024 * 1024
_EDGE_M = 20_037_508.342789
_NEAR_M = 1.0
_WHOLE_WORLD = (559_082_264.0287178, 591_658_710.9091312)
"""Scale denominators at zoom 0: with OGC's pixel of 0.28 mm, and with 96 dpi as Tianditu counts."""
_MERCATOR = frozenset({"3857", "900913", "102100", "102113", "3785"})
_PLACE = re.compile(r"\{([^{}]*)\}")

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class WmtsPlan:
    """How to ask for a tile. `template` has `{TileMatrix}`, `{TileRow}`, `{TileCol}`; `matrices` is by zoom."""

    template: str
    matrices: Mapping[int, str]

    def address(self, place: Place) -> str | None:
        """The address of the tile (zoom, column, row); None when the service has no such zoom."""
        zoom, column, row = place
        if zoom not in self.matrices:
            return None
        values = {
            "TileMatrix": quote(self.matrices[zoom], safe=":"),
            "TileRow": str(row),
            "TileCol": str(column),
        }
        return _PLACE.sub(lambda found: values[found[1]], self.template)


def is_restful(url: str) -> bool:
    """Whether the address is that of a capabilities document and not of a service with parameters."""
    return urlsplit(url).path.lower().endswith(".xml")


def capabilities_address(url: str) -> str:
    """Where the service says what it offers; `url` with the key in its place."""
    if is_restful(url):
        return url
    return _with_parameters(url, {"SERVICE": "WMTS", "REQUEST": "GetCapabilities", "VERSION": "1.0.0"})  # fmt: skip


def read_capabilities(body: bytes, wanted: WmtsLayer, url: str) -> WmtsPlan:
    """The plan for the wanted layer; raises NoPicture that says what the service lacks."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _unusable("the capabilities are no XML that can be read") from error
    layer = _layer(root, wanted.layer)
    matrix_set, matrices = _matrix_set(root, layer, wanted)
    fixed = {
        "Layer": wanted.layer,
        "Style": _style(layer, wanted),
        "TileMatrixSet": matrix_set,
        "Format": _format(layer, wanted),
    }
    template = _resource(layer, fixed, url) if is_restful(url) else _kvp(url, fixed)
    return WmtsPlan(template, matrices)


def _unusable(detail: str) -> NoPicture:
    return NoPicture(Fault.UNUSABLE, f"WMTS: {detail}")


def _text(parent: Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()


def _layer(root: Element, name: str) -> Element:
    layers = root.findall("{*}Contents/{*}Layer")
    for one in layers:
        if _text(one, "{*}Identifier") == name:
            return one
    offered = ", ".join(_text(one, "{*}Identifier")[:40] for one in layers[:12])
    raise _unusable(f"no layer {name!r} (offered: {offered or 'none'})")


def _matrix_set(root: Element, layer: Element, wanted: WmtsLayer) -> tuple[str, dict[int, str]]:
    """The named set, or the first of the layer's that will do; by zoom its matrices."""
    linked = [_text(one, "{*}TileMatrixSet") for one in layer.findall("{*}TileMatrixSetLink")]
    if wanted.matrix_set and wanted.matrix_set not in linked:
        raise _unusable(f"layer {wanted.layer!r} has no matrix set {wanted.matrix_set!r}")
    names = [wanted.matrix_set] if wanted.matrix_set else linked
    for one in root.findall("{*}Contents/{*}TileMatrixSet"):
        name = _text(one, "{*}Identifier")
        if name in names and _crs(one) in _MERCATOR:
            matrices = dict(_matrices(one))
            if matrices:
                return name, matrices
    raise _unusable(
        f"no matrix set of {wanted.layer!r} is Web Mercator (EPSG:3857) with 256 pixels"
    )


def _crs(matrix_set: Element) -> str:
    """The last number of the set's coordinate system: urn:ogc:def:crs:EPSG::3857 gives 3857."""
    found = re.search(r"(\d+)\D*$", _text(matrix_set, "{*}SupportedCRS"))
    return found[1] if found else ""


def _matrices(matrix_set: Element) -> Iterator[tuple[int, str]]:
    for one in matrix_set.findall("{*}TileMatrix"):
        try:
            zoom = _zoom(float(_text(one, "{*}ScaleDenominator")))
            x, y = (float(part) for part in _text(one, "{*}TopLeftCorner").split())
        except ValueError:
            continue
        # Tianditu writes y first. Either way it is the corner in the north-west.
        corner = max(abs(abs(x) - _EDGE_M), abs(abs(y) - _EDGE_M)) < _NEAR_M and x * y < 0
        square = _text(one, "{*}TileWidth") == _text(one, "{*}TileHeight") == "256"
        if zoom is not None and corner and square:
            yield zoom, _text(one, "{*}Identifier")


def _zoom(scale: float) -> int | None:
    if not 1 < scale < 1e9:
        return None
    for whole in _WHOLE_WORLD:
        zoom = math.log2(whole / scale)
        if abs(zoom - round(zoom)) < 1e-4:
            return round(zoom)
    return None


def _style(layer: Element, wanted: WmtsLayer) -> str:
    if wanted.style:
        return wanted.style
    styles = layer.findall("{*}Style")
    styles.sort(key=lambda one: one.get("isDefault", "").lower() != "true")
    return _text(styles[0], "{*}Identifier") if styles else ""


def _format(layer: Element, wanted: WmtsLayer) -> str:
    offered = [(one.text or "").strip() for one in layer.findall("{*}Format")]
    if wanted.format:
        return wanted.format
    for mime in MIME_TYPES:
        if mime in offered:
            return mime
    # Tianditu offers "tiles", which are pictures all the same.
    if not offered or "/" not in offered[0]:
        return offered[0] if offered else MIME_TYPES[0]
    raise _unusable(f"layer {wanted.layer!r} has no PNG, JPEG or WebP")


def _kvp(url: str, fixed: Mapping[str, str]) -> str:
    parameters = {
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": "1.0.0",
        **{name.upper(): value for name, value in fixed.items()},
    }
    places = "&TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}"
    return _with_parameters(url, parameters) + places


def _resource(layer: Element, fixed: Mapping[str, str], url: str) -> str:
    """The layer's own template, with all but the tile filled in, and the parameters of `url` after it."""
    formats = (fixed["Format"], "")
    known = {name.lower(): quote(value, safe=":") for name, value in fixed.items()}
    for one in layer.findall("{*}ResourceURL"):
        if one.get("resourceType") != "tile" or one.get("format", "") not in formats:
            continue
        offered = one.get("template", "")
        template = _PLACE.sub(lambda found: known.get(found[1].lower(), found[0]), offered)
        left = set(_PLACE.findall(template))
        if left != {"TileMatrix", "TileRow", "TileCol"}:
            raise _unusable(f"the addresses have other places than a tile's: {sorted(left)[:5]}")
        query = urlsplit(url).query
        if query and not urlsplit(template).query:
            template = f"{template}?{query}"
        return template
    raise _unusable(f"layer {fixed['Layer']!r} has no address for tiles of {fixed['Format']}")


def _with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """The address with these parameters in place of its own of the same names; the others stay."""
    parts = urlsplit(url)
    own = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k.upper() not in parameters]  # fmt: skip
    query = urlencode([*own, *parameters.items()], safe=":/")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
