"""What the page is told of base maps: names, look and credit; no address, no key."""

import json
from pathlib import Path

from console.domain.basemap import ArchiveLayer, BaseMap, XyzLayer
from console.domain.place import Position
from console.map.basemap.words import base_map_message, credit_of, css_filter
from console.map.strings import EN, ZH

HAIKOU = Position(110.3465, 20.0342)
SHIFTED = BaseMap(
    id="gcj",
    name="商业底图",
    name_en="Commercial",
    layers=(XyzLayer(url="https://tiles.example/{z}/{x}/{y}?key={key}"),),
    credit="某图商 · A vendor",
    approval="GS(2024)1号",
    gcj02=True,
    invert=True,
    brightness=0.75,
)
FILE = BaseMap(
    id="file",
    name="离线",
    name_en="Offline",
    layers=(ArchiveLayer(file=Path("/srv/maps/secret-place.pmtiles")),),
    credit="City survey",
)


def test_nothing_of_the_way_to_the_pictures_is_told() -> None:
    for shown in (SHIFTED, FILE, None):
        text = json.dumps(base_map_message([SHIFTED, FILE], shown, {"gcj": True}, HAIKOU, ZH))
        assert not any(word in text for word in ("http", "tiles.example", "key", "secret-place"))


def test_what_can_be_chosen_and_what_fails() -> None:
    told = base_map_message([SHIFTED, FILE], None, {"gcj": True}, HAIKOU, EN)
    assert told["offered"] == [
        {"id": "gcj", "name": "Commercial", "failing": True},
        {"id": "file", "name": "Offline", "failing": False},
    ]
    assert told["shown"] is None


def test_the_credit_names_source_approval_and_correction() -> None:
    assert credit_of(SHIFTED, ZH) == "某图商 · 审图号：GS(2024)1号 · GCJ-02 已校正到 WGS 84"
    assert credit_of(SHIFTED, EN) == (
        "A vendor · Map approval no. GS(2024)1号 · GCJ-02 corrected to WGS 84"
    )
    assert credit_of(FILE, ZH) == "City survey"


def test_the_look_is_made_of_numbers() -> None:
    assert css_filter(SHIFTED) == "invert(0.9) hue-rotate(180deg) brightness(0.75) saturate(0.60)"
    assert css_filter(FILE) == "brightness(0.45) saturate(0.60)"


def test_only_shifted_pictures_have_a_shift() -> None:
    shown = base_map_message([SHIFTED], SHIFTED, {}, HAIKOU, ZH)["shown"]
    assert isinstance(shown, dict)
    assert shown["shift"][0] > 1e-5
    plain = base_map_message([FILE], FILE, {}, HAIKOU, ZH)["shown"]
    assert isinstance(plain, dict)
    assert plain["shift"] == (0.0, 0.0)
