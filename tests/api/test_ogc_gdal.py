"""A stock client, GDAL's OAPIF driver, opens every collection of the real city and reads what is there."""

from collections.abc import Iterator

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely

from console.central.ogc.query import DEFAULT_LIMIT
from console.geo.boundaries import Boundaries, load_boundaries
from console.paths import cache_dir
from tests.api.commands import accept, done, envelope
from tests.central_process import ROOT, TOKEN, Central, running_central

HAIKOU = ROOT / "resources" / "cities" / "haikou"
CASES = 1200
"""More than two pages."""
BOX = (110.30, 20.00, 110.35, 20.05)


@pytest.fixture(scope="module")
def haikou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    folder = tmp_path_factory.mktemp("gdal") / "central"
    with running_central(folder, HAIKOU) as found:
        batch = [
            accept(position={"lon": 110.2 + (n % 40) * 0.005, "lat": 19.95 + (n // 40) * 0.005})
            for n in range(CASES)
        ]
        for start in range(0, CASES, 400):
            body = {"commands": batch[start : start + 400]}
            answers = found.request("POST", "/v1/commands/batch", json=body).json()["answers"]
            assert {answer["status"] for answer in answers} == {201}
        yield found


@pytest.fixture(scope="module")
def boundaries(haikou: Central) -> Boundaries:
    return load_boundaries(HAIKOU, cache_dir(haikou.data_dir))


@pytest.fixture
def source(haikou: Central) -> Iterator[str]:
    """The data source as a user names it, with the token as docs/standards.md says."""
    options = {"GDAL_HTTP_AUTH": "BEARER", "GDAL_HTTP_BEARER": TOKEN}
    pyogrio.set_gdal_config_options(options)
    yield f"OAPIF:{haikou.url}/ogc"
    pyogrio.set_gdal_config_options(dict.fromkeys(options))


def test_without_a_token_it_cannot_be_opened(haikou: Central) -> None:
    with pytest.raises(pyogrio.errors.DataSourceError, match="401"):
        pyogrio.list_layers(f"OAPIF:{haikou.url}/ogc")


def test_every_collection_is_a_layer_with_its_count(source: str, boundaries: Boundaries) -> None:
    layers = [name for name, _ in pyogrio.list_layers(source)]
    assert layers == ["districts", "towns", "grids", "workers", "cases"]
    counts = {name: pyogrio.read_info(source, layer=name)["features"] for name in layers}
    assert counts == {
        "districts": 4,
        "towns": len(boundaries.towns.codes),
        "grids": 4489,
        "workers": 1804 + 254,
        "cases": CASES,
    }
    west, south, east, north = pyogrio.read_info(source, layer="grids")["total_bounds"]
    assert (west, south, east, north) == pytest.approx(boundaries.extent)


@pytest.mark.parametrize("name", ["districts", "towns", "grids"])
def test_outlines_are_those_of_the_pack(source: str, boundaries: Boundaries, name: str) -> None:
    layer = getattr(boundaries, name)
    frame = geopandas.read_file(source, layer=name).set_index("id")
    assert frame.crs == "EPSG:4326"
    assert sorted(frame.index) == layer.codes
    read = np.asarray(frame.geometry.loc[layer.codes])
    assert shapely.equals_exact(read, layer.geometries, tolerance=0).all()
    assert frame["name" if name != "grids" else "town_name"].notna().all()


def test_a_box_reads_what_meets_it(source: str, boundaries: Boundaries) -> None:
    layer = boundaries.grids
    meets = shapely.intersects(layer.geometries, shapely.box(*BOX))
    expected = {code for code, met in zip(layer.codes, meets, strict=True) if met}
    assert 0 < len(expected) < len(layer.codes)
    assert set(geopandas.read_file(source, layer="grids", bbox=BOX)["id"]) == expected


def test_all_cases_arrive_over_several_pages(source: str) -> None:
    assert CASES > 2 * DEFAULT_LIMIT
    frame = geopandas.read_file(source, layer="cases")
    assert frame["id"].nunique() == len(frame) == CASES
    assert set(frame.geom_type) == {"Point"}
    assert set(frame["state"]) == {"registered"}
    west, south, east, north = BOX
    inside = frame.cx[west:east, south:north]
    assert 0 < len(inside) < CASES
    assert set(geopandas.read_file(source, layer="cases", bbox=BOX)["id"]) == set(inside["id"])


def test_a_worker_moves_to_where_it_was_measured(source: str, haikou: Central) -> None:
    worker = geopandas.read_file(source, layer="workers")["id"].iloc[0]
    now = haikou.request("GET", "/v1/health").json()["time"]
    fix = {"worker": worker, "lon": 110.33, "lat": 20.03, "fix_at": now}
    done(haikou, envelope("set_duty", {"worker": worker, "on_duty": True}), "field")
    haikou.request("POST", "/v1/positions", role="field", json={"fixes": [fix]})
    frame = geopandas.read_file(source, layer="workers").set_index("id")
    assert frame.geometry[worker].coords[0] == (110.33, 20.03)
    assert int(frame["age_s"][worker]) >= 0
    assert frame.geometry.drop(worker).isna().all()
