"""`[[basemaps]]` of city.toml: every example of the guide is right, every slip names file and field."""

import re
import tomllib
from pathlib import Path

import pytest

from console.domain.basemap import ArchiveLayer, WmtsLayer, XyzLayer
from console.geo.city import load_city
from console.geo.pack.basemaps import read_base_maps
from console.geo.problem import PackError, Problems

GUIDE = Path(__file__).parents[3] / "docs" / "basemaps.md"

GOOD = """
[[basemaps]]
id = "vec"
name = "底图"
name_en = "Map"
credit = "测绘局 · Survey"
{more}
layers = [{layer}]
"""
XYZ = '{ xyz = "https://tiles.city.example/{z}/{x}/{y}.png" }'


def read(text: str) -> tuple[list[str], list[str], tuple[object, ...]]:
    problems = Problems()
    found = read_base_maps(tomllib.loads(text), Path("/pack"), problems)
    places = [f"{one.file}, {one.feature}, {one.field}" for one in problems.found]
    return places, [one.text("en") + one.text("zh") for one in problems.found], found


def one(more: str = "", layer: str = XYZ) -> str:
    return GOOD.replace("{more}", more).replace("{layer}", layer)


def test_without_any_the_city_has_its_own_map_only() -> None:
    assert read("") == ([], [], ())


def test_all_that_can_be_said() -> None:
    more = """
approval = "GS(2024)1号"
crs = "gcj02"
names = true
first = true
brightness = 0.4
saturation = 0
lowest = 3
highest = 17
referer = "https://desk.city.example/"
hosts = ["cdn.city.example"]
"""
    layers = f"""{XYZ.replace("tiles.", "{s}.").replace(" }", ', subdomains = ["t0", "t1"] }')},
      {{ wmts = "https://maps.city.example/wmts?tk={{key}}", layer = "cva", matrix_set = "w" }},
      {{ pmtiles = "city.pmtiles" }}"""
    places, _, (found,) = read(one(more, layers))
    assert places == []
    assert found.gcj02  # type: ignore[attr-defined]
    assert found.needs_key  # type: ignore[attr-defined]
    assert found.layers == (  # type: ignore[attr-defined]
        XyzLayer(url="https://{s}.city.example/{z}/{x}/{y}.png", subdomains=("t0", "t1")),
        WmtsLayer(url="https://maps.city.example/wmts?tk={key}", layer="cva", matrix_set="w"),
        ArchiveLayer(file=Path("/pack/city.pmtiles")),
    )


def test_a_light_map_is_darkened_unless_the_city_says_how() -> None:
    _, _, (plain,) = read(one())
    _, _, (turned,) = read(one("invert = true"))
    assert (plain.brightness, turned.brightness) == (0.45, 0.75)  # type: ignore[attr-defined]


def layer(url: str) -> str:
    return '{ xyz = "' + url + '" }'


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (one('crs = "EPSG:4326"'), "basemaps.vec, crs", "EPSG:3857"),
        (one("crs = 3857"), "basemaps.vec, crs", "gcj02"),
        (one("brightness = 9"), "basemaps.vec, brightness", "0.1 to 2"),
        (one("lowest = 12\nhighest = 9"), "basemaps.vec, lowest", "above highest"),
        (one("highest = 40"), "basemaps.vec, highest", "1 to 20"),
        (one('referer = "a\\nb"'), "basemaps.vec, referer", "http"),
        (one('hosts = ["https://x"]'), "basemaps.vec, hosts", "no host"),
        (one('colour = "dark"'), "basemaps.vec, colour", "no such setting"),
        (one(layer=""), "basemaps.vec, layers", "1 to 4"),
        (one(layer="{}"), "basemaps.vec.layers[1], ", "one of xyz, wmts, pmtiles"),
        (one(layer='{ xyz = "https://a/{z}/{x}/{y}", layer = "x" }'), "basemaps.vec.layers[1], layer", "no such"),
        (one(layer=layer("https://a.example/{z}/{x}.png")), "basemaps.vec.layers[1], xyz", "{y}"),
        (one(layer=layer("https://a.example/{z}/{x}/{y}/{q}")), "basemaps.vec.layers[1], xyz", "{q}"),
        (one(layer=layer("https://a.example/{z}/{x}/{y}/{")), "basemaps.vec.layers[1], xyz", "brace"),
        (one(layer=layer("https://{s}.example/{z}/{x}/{y}")), "basemaps.vec.layers[1], subdomains", "go together"),
        (one(layer=layer("http://a.example/{z}/{x}/{y}")), "basemaps.vec.layers[1], xyz", "insecure_http"),
        (one(layer=layer("ftp://a.example/{z}/{x}/{y}")), "basemaps.vec.layers[1], xyz", "https://"),
        (one(layer=layer("https://{z}/{x}/{y}")), "basemaps.vec.layers[1], xyz", "https://"),
        (one(layer=layer("https://u:p@a.example/{z}/{x}/{y}")), "basemaps.vec.layers[1], xyz", "user name"),
        (one(layer=layer("https://a.example:port/{z}/{x}/{y}")), "basemaps.vec.layers[1], xyz", "valid"),
        (one(layer=layer("https://a.example/{z}/{x}/{y}?tk=0123456789abcdef")), "basemaps.vec.layers[1], xyz", "tk={key}"),
        (one(layer='{ wmts = "https://a.example/wmts" }'), "basemaps.vec.layers[1], layer", "missing"),
        (one(layer='{ wmts = "https://a.example/{z}", layer = "v" }'), "basemaps.vec.layers[1], wmts", "{z}"),
        (one() + one(), "basemaps.vec, id", "twice"),
        (one().replace('"vec"', '"天地图"'), "basemaps, id", "form"),
        (one().replace("credit", "credits"), "basemaps.vec, credit", "missing"),
        ('basemaps = "x"', "basemaps, ", "[[basemaps]]"),
    ],
)  # fmt: skip
def test_each_slip_names_its_place(text: str, place: str, says: str) -> None:
    places, words, _ = read(text)
    assert f"city.toml, {place}" in places
    assert any(says in word for word in words)


def test_http_to_this_machine_and_where_it_is_meant_is_allowed() -> None:
    assert read(one(layer=layer("http://127.0.0.1:8080/{z}/{x}/{y}")))[0] == []
    plain = one("insecure_http = true", layer("http://10.1.2.3/{z}/{x}/{y}"))
    assert read(plain)[0] == []


def test_the_city_carries_them_or_is_refused(pack: Path) -> None:
    toml = pack / "city.toml"
    before = toml.read_text(encoding="utf-8")
    toml.write_text(before + one(), encoding="utf-8")
    assert [found.id for found in load_city(pack).base_maps] == ["vec"]
    toml.write_text(before + one('crs = "EPSG:4490"'), encoding="utf-8")
    with pytest.raises(PackError, match=r"city.toml, basemaps.vec, crs"):
        load_city(pack)


def test_every_example_of_the_guide_is_right() -> None:
    examples = re.findall(r"```toml\n(\[\[basemaps.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(examples) >= 5
    for example in examples:
        assert read(example)[1] == []
