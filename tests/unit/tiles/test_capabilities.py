"""What WMTS services say of themselves, as they say it, and the addresses that come of it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from console.domain.basemap import WmtsLayer
from console.tiles.capabilities import capabilities_address, read_capabilities
from console.tiles.fault import Fault, NoPicture

TIANDITU = "https://t0.tianditu.gov.cn/vec_w/wmts?tk=k%26ey"
RESTFUL = "https://maps.city.gov.example/rest/WMTSCapabilities.xml"

FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
  xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
<Contents>{layers}{sets}</Contents></Capabilities>"""

LAYER = """<Layer><ows:Identifier>{name}</ows:Identifier>
<Style><ows:Identifier>plain</ows:Identifier></Style>
<Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
<Format>{format}</Format>{links}{resource}</Layer>"""
LINK = "<TileMatrixSetLink><TileMatrixSet>{}</TileMatrixSet></TileMatrixSetLink>"
RESOURCE = (
    '<ResourceURL format="image/png" resourceType="tile" template="https://maps.city.gov.example/'
    'rest/{Layer}/{style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"/>'
)


def matrix_set(
    name: str,
    crs: str,
    corner: str,
    top_scale: float,
    zooms: range,
    prefix: str = "",
    side: int = 256,
) -> str:
    matrices = "".join(
        f"<TileMatrix><ows:Identifier>{prefix}{zoom}</ows:Identifier>"
        f"<ScaleDenominator>{top_scale / 2**zoom!r}</ScaleDenominator>"
        f"<TopLeftCorner>{corner}</TopLeftCorner><TileWidth>{side}</TileWidth>"
        f"<TileHeight>{side}</TileHeight><MatrixWidth>{2**zoom}</MatrixWidth>"
        f"<MatrixHeight>{2**zoom}</MatrixHeight></TileMatrix>"
        for zoom in zooms
    )
    return (
        f"<TileMatrixSet><ows:Identifier>{name}</ows:Identifier>"
        f"<ows:SupportedCRS>{crs}</ows:SupportedCRS>{matrices}</TileMatrixSet>"
    )


W = matrix_set("w", "urn:ogc:def:crs:EPSG::900913", "20037508.3427892 -20037508.3427892", 591658710.909131, range(1, 19))  # fmt: skip
C = matrix_set("c", "urn:ogc:def:crs:EPSG::4490", "90.0 -180.0", 591658710.909131, range(1, 19))
GOOGLE = matrix_set("GoogleMapsCompatible", "urn:ogc:def:crs:EPSG:6.18.3:3857", "-20037508.34278925 20037508.34278925", 559082264.0287178, range(20), prefix="EPSG:900913:")  # fmt: skip


def document(
    *sets: str,
    links: tuple[str, ...],
    name: str = "vec",
    form: str = "image/png",
    resource: str = "",
) -> bytes:
    linked = "".join(LINK.format(one) for one in links)
    layer = LAYER.format(name=name, format=form, links=linked, resource=resource)
    return FRAME.format(layers=layer, sets="".join(sets)).encode()


def parameters(address: str | None) -> dict[str, str]:
    assert address is not None
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_tianditu_as_it_writes() -> None:
    body = document(C, W, links=("c", "w"), form="tiles")
    plan = read_capabilities(body, WmtsLayer(url=TIANDITU, layer="vec"), TIANDITU)
    address = plan.address((11, 1651, 906))
    assert address is not None
    assert address.startswith("https://t0.tianditu.gov.cn/vec_w/wmts?")
    assert parameters(address) == {
        "tk": "k&ey",
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": "1.0.0",
        "LAYER": "vec",
        "STYLE": "default",
        "TILEMATRIXSET": "w",
        "FORMAT": "tiles",
        "TILEMATRIX": "11",
        "TILEROW": "906",
        "TILECOL": "1651",
    }
    assert plan.address((0, 0, 0)) is None
    assert plan.address((19, 0, 0)) is None


def test_matrices_are_known_by_their_scale_not_their_name() -> None:
    plan = read_capabilities(document(GOOGLE, links=("GoogleMapsCompatible",)), WmtsLayer(url=TIANDITU, layer="vec"), TIANDITU)  # fmt: skip
    assert parameters(plan.address((3, 5, 2)))["TILEMATRIX"] == "EPSG:900913:3"


def test_addresses_of_its_own() -> None:
    body = document(GOOGLE, links=("GoogleMapsCompatible",), resource=RESOURCE)
    plan = read_capabilities(body, WmtsLayer(url=RESTFUL, layer="vec"), RESTFUL)
    assert plan.address((3, 5, 2)) == (
        "https://maps.city.gov.example/rest/vec/default/GoogleMapsCompatible/EPSG:900913:3/2/5.png"
    )
    with_key = RESTFUL + "?token=k"
    plan = read_capabilities(body, WmtsLayer(url=with_key, layer="vec"), with_key)
    assert str(plan.address((3, 5, 2))).endswith("/2/5.png?token=k")


def test_where_it_is_asked() -> None:
    asked = parameters(capabilities_address(TIANDITU))
    assert asked == {"tk": "k&ey", "SERVICE": "WMTS", "REQUEST": "GetCapabilities", "VERSION": "1.0.0"}  # fmt: skip
    assert capabilities_address(RESTFUL) == RESTFUL


@pytest.mark.parametrize(
    ("body", "layer", "says"),
    [
        (document(W, links=("w",)), WmtsLayer(url="", layer="img"), "no layer 'img' .offered: vec"),
        (document(C, links=("c",)), WmtsLayer(url="", layer="vec"), "Web Mercator"),
        (document(W, C, links=("c",)), WmtsLayer(url="", layer="vec", matrix_set="w"), "no matrix set 'w'"),
        (document(matrix_set("g", "EPSG:3857", "0 0", 559082264.0287178, range(5)), links=("g",)), WmtsLayer(url="", layer="vec"), "Web Mercator"),
        (document(matrix_set("g", "EPSG:3857", "-20037508.34 20037508.34", 559082264.0287178, range(5), side=512), links=("g",)), WmtsLayer(url="", layer="vec"), "256 pixels"),
        (document(W, links=("w",), form="image/tiff"), WmtsLayer(url="", layer="vec"), "no PNG, JPEG or WebP"),
        (b"<html>Forbidden", WmtsLayer(url="", layer="vec"), "no XML"),
        (b"", WmtsLayer(url="", layer="vec"), "no XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', WmtsLayer(url="", layer="vec"), "no XML"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_cannot_be_used_is_said(body: bytes, layer: WmtsLayer, says: str) -> None:
    with pytest.raises(NoPicture, match=says) as caught:
        read_capabilities(body, layer, TIANDITU)
    assert caught.value.fault is Fault.UNUSABLE
    assert "k%26ey" not in str(caught.value)


def test_a_template_with_other_places_is_refused() -> None:
    body = document(GOOGLE, links=("GoogleMapsCompatible",), resource=RESOURCE.replace("{style}", "{Time}"))  # fmt: skip
    with pytest.raises(NoPicture, match="Time"):
        read_capabilities(body, WmtsLayer(url=RESTFUL, layer="vec"), RESTFUL)
