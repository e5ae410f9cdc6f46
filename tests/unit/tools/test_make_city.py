"""The tool makes a pack the console accepts, and the same pack again."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from console.geo.boundaries import load_boundaries
from console.geo.city import load_city
from tests.unit.tools.tiny_source import GRIDS, HAIKOU, write_tiny_source
from tools.citymaker.names import community_name_en, community_stem, pinyin
from tools.citymaker.partition import largest_remainder
from tools.citymaker.planar import planar_cells
from tools.citymaker.plane import Plane
from tools.citymaker.warp import Warp
from tools.make_city import make_city


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_sources_same_bytes(tmp_path: Path) -> None:
    source = write_tiny_source(tmp_path / "source")
    make_city(source, tmp_path / "one")
    make_city(source, tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_another_seed_another_pack(tmp_path: Path) -> None:
    make_city(write_tiny_source(tmp_path / "a", seed=1), tmp_path / "one")
    make_city(write_tiny_source(tmp_path / "b", seed=2), tmp_path / "two")
    one, two = _bytes(tmp_path / "one"), _bytes(tmp_path / "two")
    assert one["grids.geojson"] != two["grids.geojson"]
    assert one["categories.csv"] == two["categories.csv"]


def test_the_console_accepts_the_pack(tmp_path: Path) -> None:
    make_city(write_tiny_source(tmp_path / "source"), tmp_path / "pack")
    city = load_city(tmp_path / "pack")
    boundaries = load_boundaries(tmp_path / "pack", cache=None)
    for district, count in GRIDS.items():
        assert sum(grid.district == district for grid in city.grids.values()) == count
    assert boundaries.grids.codes == sorted(city.grids)
    assert boundaries.warnings == ()
    assert boundaries.neighbours.codes == ["990201"]


def test_a_towns_centre_outside_its_district_is_told(tmp_path: Path) -> None:
    source = write_tiny_source(tmp_path / "source")
    towns = (source / "towns.csv").read_text("utf-8").replace("110.37,20.01", "110.80,20.01")
    (source / "towns.csv").write_text(towns, "utf-8")
    with pytest.raises(ValueError, match="outside its district"):
        make_city(source, tmp_path / "pack")


def test_the_bundled_pack_carries_its_sources_settings() -> None:
    pack = HAIKOU.parents[1] / "cities" / "haikou"
    for name in ("city.toml", "README.md"):
        assert (pack / name).read_bytes() == (HAIKOU / name).read_bytes()


@given(st.lists(st.floats(0.001, 1e6), min_size=1, max_size=40), st.integers(0, 3), st.data())
def test_largest_remainder(weights: list[float], least: int, data: st.DataObject) -> None:
    total = data.draw(st.integers(least * len(weights), least * len(weights) + 500))
    shares = largest_remainder(weights, total, least)
    assert sum(shares) == total
    assert min(shares) >= least
    by_weight = sorted(zip(weights, shares, strict=True))
    assert all(a[1] <= b[1] + 1 for a, b in pairwise(by_weight))


def test_largest_remainder_refuses_too_little() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        largest_remainder([1.0, 1.0], 3, 2)


def test_warp_is_undone_and_keeps_areas() -> None:
    warp = Warp(np.random.default_rng(5))
    points = np.random.default_rng(6).uniform(-30_000, 30_000, (2_000, 2))
    assert np.abs(warp.unbend(warp.bend(points)) - points).max() < 2e-4
    ring = shapely.segmentize(shapely.box(-4_000, -4_000, 4_000, 4_000), 20)
    bent = shapely.transform(ring, warp.bend)
    assert bent.is_valid
    assert bent.area == pytest.approx(ring.area, rel=1e-3)


def test_planar_cells_share_their_nodes() -> None:
    # The right side's node lies on the left cell's straight border, 3 nm beside it.
    left = shapely.box(0, 0, 1, 1)
    low = shapely.Polygon([(1, 0), (2, 0), (2, 0.5), (1.000000003, 0.5)])
    high = shapely.Polygon([(1.000000003, 0.5), (2, 0.5), (2, 1), (1, 1)])
    cells = planar_cells([left, low, high], [])
    assert shapely.coverage_is_valid(cells)
    assert (1.0, 0.5) in cells[0].exterior.coords


def test_planar_cells_refuses_a_cell_that_vanishes() -> None:
    speck = shapely.box(2, 2, 2 + 1e-9, 2 + 1e-9)
    with pytest.raises(ValueError, match="vanished"):
        planar_cells([shapely.box(0, 0, 1, 1), speck], [])


def test_plane_is_undone() -> None:
    plane = Plane(110.3, 20.0)
    points = np.array([[110.1, 19.5], [110.7, 20.1]])
    assert np.allclose(plane.points_to_degrees(plane.points_to_plane(points)), points, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "english", "stem"),
    [
        ("秀华社区居民委员会", "Xiuhua Community", "秀华"),
        ("向荣村委会", "Xiangrong Village", "向荣村"),
        ("长流村委会", "Changliu Village", "长流村"),
        ("冲坡岭农场生活区", "Chongpoling Farm", "冲坡岭农场生活区"),
    ],
)
def test_names(name: str, english: str, stem: str) -> None:
    assert community_name_en(name) == english
    assert community_stem(name) == stem
    assert pinyin("府城") == "Fucheng"
