import json
import shutil
import sys
from pathlib import Path
from typing import Any

import geopandas
import pytest

from benchmarks.mapping import qgis
from benchmarks.mapping.qgis_plan import write_plan
from benchmarks.mapping.scene import Scene
from console.domain.clock import Level
from console.geo.boundaries import load_boundaries
from console.geo.city import load_city
from console.map.geometry import LAYERS
from console.map.projection import to_world

TINY = Path(__file__).parents[2] / "packs" / "tiny"
ZOOMS = (11.5, 12.5, 13.5, 14.5, 12.5)
VIEW = {"size": (1920, 1080), "centre": (110.34, 20.03), "zooms": ZOOMS}
CASES = 300


@pytest.fixture(scope="module")
def city() -> Any:
    return load_city(TINY)


@pytest.fixture(scope="module")
def boundaries() -> Any:
    return load_boundaries(TINY, cache=None)


@pytest.fixture(scope="module")
def scene(city: Any, boundaries: Any) -> Scene:
    return Scene(city, boundaries, CASES)


@pytest.fixture(scope="module")
def written(scene: Scene, city: Any, boundaries: Any, tmp_path_factory: Any) -> Path:
    return write_plan(scene, city, boundaries, VIEW, tmp_path_factory.mktemp("qgis"))


def read(plan: Path, name: str) -> Any:
    return geopandas.read_file(plan.parent / f"{name}.fgb")


def test_all_that_our_map_has_is_written_for_qgis(
    written: Path, scene: Scene, boundaries: Any
) -> None:
    assert len(read(written, "cases")) == CASES
    assert len(read(written, "workers")) == len(scene.workers) > 0
    for kind in LAYERS:
        assert len(read(written, kind)) == len(getattr(boundaries, kind).codes)
    assert read(written, "grids")["load"].sum() == CASES


def test_it_stands_where_our_map_has_it(written: Path, scene: Scene) -> None:
    half = 20_037_508.342789244
    places = sorted(to_world(c.position.lon, c.position.lat) for c in scene.cases.values())
    points = read(written, "cases").geometry
    found = sorted(((p.x / half + 1) / 2, (1 - p.y / half) / 2) for p in points)
    assert found == [pytest.approx(place, abs=1e-9) for place in places]


def test_every_level_of_the_scene_has_its_marker(written: Path) -> None:
    levels = set(read(written, "cases")["look"])
    pictures = json.loads(written.read_text(encoding="utf-8"))["pictures"]
    looks = next(one for one in pictures["full"] if one["file"] == "cases")["looks"]
    assert {Level.SUSPENDED, Level.GREEN, Level.AMBER, Level.RED} <= levels
    assert {str(level) for level in levels} <= set(looks)


def test_every_zoom_has_cases_workers_grids_and_names_but_the_plain_picture_only_cases_on_land(
    written: Path,
) -> None:
    pictures = json.loads(written.read_text(encoding="utf-8"))["pictures"]
    for zoom in ZOOMS:
        full = [one["file"] for one in pictures["full"] if zoom in one["zooms"]]
        assert {"cases", "workers", "grids", "districts", "towns", "towns-names"} <= set(full)
        assert full.count("grids") == full.count("workers") == 1
        plain = [one["file"] for one in pictures["plain"] if zoom in one["zooms"]]
        assert plain == ["districts", "cases"]
    assert all((written.parent / f"{one['file']}.fgb").exists() for one in pictures["full"])


@pytest.mark.parametrize("python", [None, sys.executable])
def test_without_qgis_there_is_no_reference(
    monkeypatch: pytest.MonkeyPatch, scene: Scene, city: Any, boundaries: Any, python: str | None
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: python)
    assert qgis.measure(scene, city, boundaries, VIEW) is None


def test_what_qgis_measured_is_told_by_picture_and_zoom(
    monkeypatch: pytest.MonkeyPatch, scene: Scene, city: Any, boundaries: Any, tmp_path: Path
) -> None:
    drawn = [[11.5, 30.0], [12.5, 10.0], [11.5, 50.0], [12.5, 20.0]]
    told = {"version": "3", "features": {"full": {"cases": CASES}}, "full_ms": drawn}
    script = tmp_path / "script.py"
    script.write_text(f"print('a word of its own'); print({json.dumps(told)!r})", encoding="utf-8")
    monkeypatch.setattr(qgis, "qgis_python", lambda: sys.executable)
    monkeypatch.setattr(qgis, "_SCRIPT", script)
    found = qgis.measure(scene, city, boundaries, VIEW)
    assert found is not None
    assert found["full_ms"]["median"] == 25.0
    assert found["full_by_zoom_ms"] == {"11.5": 40.0, "12.5": 15.0}
