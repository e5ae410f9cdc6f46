"""The bundled geometry covers each district, nests exactly and is labelled synthetic."""

import json
import math

import geopandas
import numpy as np
import pytest
import shapely

from console.domain.city import City
from console.geo.boundaries import Boundaries
from console.geo.cities import cities_folder, default_city
from console.geo.layer import Layer

_UTM_49N = "EPSG:32649"


def _square_metres(layer: Layer) -> geopandas.GeoSeries:
    frame = geopandas.GeoSeries(list(layer.geometries), index=layer.codes, crs="EPSG:4326")
    return frame.to_crs(_UTM_49N)


@pytest.mark.parametrize("name", ["districts", "towns", "communities", "grids"])
def test_each_level_is_a_valid_coverage(boundaries: Boundaries, name: str) -> None:
    layer: Layer = getattr(boundaries, name)
    assert shapely.is_valid(layer.geometries).all()
    assert shapely.coverage_is_valid(layer.geometries)
    for district in boundaries.districts.codes:
        inside = [
            g for c, g in zip(layer.codes, layer.geometries, strict=True) if c.startswith(district)
        ]
        assert shapely.coverage_is_valid(inside)


def test_counts(boundaries: Boundaries, haikou: City) -> None:
    assert [len(boundaries.districts.codes), len(boundaries.towns.codes)] == [4, 46]
    assert [len(boundaries.communities.codes), len(boundaries.grids.codes)] == [467, 4489]
    assert sum(code.startswith("460105") for code in boundaries.grids.codes) == 673
    assert boundaries.grids.codes == sorted(haikou.grids)


def _missed(grids: geopandas.GeoSeries, districts: geopandas.GeoSeries) -> geopandas.GeoSeries:
    """Overlaps of grids, gaps between them and what sticks out, one geometry per district."""
    missed = []
    for code in districts.index:
        own = grids[grids.index.str.startswith(code)].to_numpy()
        union = shapely.union_all(own)
        missed.append(union.symmetric_difference(districts[code]))
        assert shapely.area(own).sum() == pytest.approx(union.area, abs=1e-3), "overlap"
    return geopandas.GeoSeries(missed, crs=grids.crs)


def test_overlap_and_gap_in_metres(boundaries: Boundaries) -> None:
    missed = _missed(_square_metres(boundaries.grids), _square_metres(boundaries.districts))
    assert missed.area.sum() < 1


def test_overlap_and_gap_against_the_source(boundaries: Boundaries) -> None:
    # An edge is straight in longitude and latitude (RFC 7946), so that the cut is made there.
    source = cities_folder().parent / "sources" / "haikou" / "districts.geojson"
    real = geopandas.read_file(source).astype({"adcode": str}).set_index("adcode").geometry
    grids = geopandas.GeoSeries(
        list(boundaries.grids.geometries), index=boundaries.grids.codes, crs=real.crs
    )
    square_metres = 111_320 * 110_574 * math.cos(math.radians(19.8))
    assert float(shapely.area(_missed(grids, real).to_numpy()).sum()) * square_metres < 100


@pytest.mark.parametrize(
    ("inner", "outer"),
    [("grids", "communities"), ("communities", "towns"), ("towns", "districts")],
)
def test_nesting_is_exact(boundaries: Boundaries, inner: str, outer: str) -> None:
    children, parents = getattr(boundaries, inner), getattr(boundaries, outer)
    own: dict[str, list[object]] = {}
    for parent, geometry in zip(children.parents, children.geometries, strict=True):
        own.setdefault(parent, []).append(geometry)
    assert set(own) == set(parents.codes)
    for code, geometry in zip(parents.codes, parents.geometries, strict=True):
        assert shapely.equals(shapely.coverage_union_all(own[code]), geometry)


def test_grids_are_denser_in_the_core_and_no_slivers(boundaries: Boundaries, haikou: City) -> None:
    grids = _square_metres(boundaries.grids)
    area = grids.area.to_numpy()
    away = np.hypot(*(boundaries.grids.labels - (haikou.centre.lon, haikou.centre.lat)).T)
    assert np.median(area[away < 0.03]) < 80_000 < 800_000 < np.median(area[away > 0.15])
    round_ = 4 * np.pi * area / grids.length.to_numpy() ** 2
    assert round_.min() > 0.2
    assert np.quantile(round_, 0.01) > 0.45


def test_labels_lie_inside(boundaries: Boundaries) -> None:
    for layer in (boundaries.districts, boundaries.towns, boundaries.communities, boundaries.grids):
        points = shapely.points(layer.labels)
        assert shapely.contains_properly(layer.geometries, points).all()


def test_files_are_labelled_synthetic_and_small() -> None:
    for name in ("towns", "communities", "grids"):
        path = default_city() / f"{name}.geojson"
        features = json.loads(path.read_text("utf-8"))["features"]
        assert all(feature["properties"]["synthetic"] is True for feature in features)
    assert max(path.stat().st_size for path in default_city().iterdir()) < 4_000_000


def test_workers_live_in_their_own_grid(boundaries: Boundaries, haikou: City) -> None:
    owners = [worker for worker in haikou.workers.values() if worker.grids]
    homes = shapely.points([(w.home.lon, w.home.lat) for w in owners])
    grids = np.array([boundaries.grids.geometry(w.grids[0]) for w in owners])
    assert shapely.intersects(grids, homes).all()
