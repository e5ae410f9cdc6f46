"""A ring that does not close is told with its file and feature, never as a traceback."""

import json
import shutil
from pathlib import Path

import pytest

from console.geo.boundaries import load_boundaries
from console.geo.problem import PackError
from console.paths import DEFAULT_CITY


@pytest.mark.filterwarnings("ignore:Non closed ring")
def test_an_open_ring_names_its_feature(tmp_path: Path) -> None:
    pack = tmp_path / "city"
    shutil.copytree(DEFAULT_CITY, pack)
    file = pack / "towns.geojson"
    towns = json.loads(file.read_text(encoding="utf-8"))
    broken = towns["features"][7]
    ring = broken["geometry"]["coordinates"][0]
    (ring if broken["geometry"]["type"] == "Polygon" else ring[0]).pop()
    file.write_text(json.dumps(towns), encoding="utf-8")
    with pytest.raises(PackError) as told:
        load_boundaries(pack, None)
    first = told.value.problems[0]
    assert first.file == "towns.geojson"
    assert first.feature == broken["properties"]["code"]
