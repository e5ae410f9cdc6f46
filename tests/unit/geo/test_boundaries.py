"""Geometry is read once with geopandas and then from the cache; a bad cache is made anew."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from console.geo import boundaries as module
from console.geo.boundaries import Boundaries, load_boundaries
from console.geo.cache import cache_file
from console.geo.layer import Layer
from console.geo.pack.layers import LAYERS


def _same(one: Layer, two: Layer) -> bool:
    texts = (one.codes, one.parents, one.names) == (two.codes, two.parents, two.names)
    arrays = ("coords", "ring_offsets", "part_offsets", "multi_offsets", "labels")
    return texts and all(np.array_equal(getattr(one, a), getattr(two, a)) for a in arrays)


def _all_same(one: Boundaries, two: Boundaries) -> bool:
    return all(_same(getattr(one, name), getattr(two, name)) for name in LAYERS)


def test_the_cache_gives_the_same_and_no_import(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_boundaries(pack, tmp_path / "cache")
    monkeypatch.setattr("console.geo.importer.import_layers", None)
    again = load_boundaries(pack, tmp_path / "cache")
    assert _all_same(first, again)
    assert _all_same(first, load_boundaries(pack, tmp_path / "cache", first.pack_hash))


def test_a_cached_start_takes_no_geopandas(pack: Path, tmp_path: Path) -> None:
    load_boundaries(pack, tmp_path / "cache")
    program = (
        "import sys; from pathlib import Path; from console.geo.boundaries import load_boundaries;"
        "load_boundaries(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print({'shapely', 'pandas', 'geopandas', 'pyproj'} & set(sys.modules))"
    )
    arguments = [sys.executable, "-c", program, str(pack), str(tmp_path / "cache")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_changed_pack_is_read_anew_and_its_old_cache_dropped(pack: Path, tmp_path: Path) -> None:
    old = load_boundaries(pack, tmp_path / "cache")
    with (pack / "README.md").open("a") as file:
        file.write("more\n")
    new = load_boundaries(pack, tmp_path / "cache")
    assert new.pack_hash != old.pack_hash
    kept = list((tmp_path / "cache").iterdir())
    assert kept == [cache_file(tmp_path / "cache", pack.name, new.pack_hash)]


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "text", "other"])
def test_a_damaged_cache_is_made_anew(pack: Path, tmp_path: Path, damage: str) -> None:
    first = load_boundaries(pack, tmp_path)
    path = cache_file(tmp_path, pack.name, first.pack_hash)
    good = path.read_bytes()
    middle = len(good) // 2
    path.write_bytes(
        {
            "empty": b"",
            "cut": good[:middle],
            "flipped": good[:middle] + bytes([good[middle] ^ 0xFF]) + good[middle + 1 :],
            "text": b"not a cache",
            "other": _npz_without_layers(tmp_path),
        }[damage]
    )
    assert _all_same(first, load_boundaries(pack, tmp_path))
    # np.savez stamps no time into the file, so that the repaired one is the first again.
    assert path.read_bytes() == good


def _npz_without_layers(folder: Path) -> bytes:
    np.savez(folder / "other.npz", digest=np.array("x"))
    return (folder / "other.npz").read_bytes()


def test_a_cache_folder_one_cannot_write_is_no_fault(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert load_boundaries(pack, tmp_path / "file" / "cache").grids.codes


def test_flat_arrays_describe_the_rings(boundaries: Boundaries) -> None:
    for name in LAYERS:
        layer: Layer = getattr(boundaries, name)
        assert len(layer.feature_offsets) == len(layer.codes) + 1
        assert layer.feature_offsets[-1] == len(layer.ring_offsets) - 1
        assert layer.ring_offsets[-1] == len(layer.coords)
        first = layer.coords[layer.ring_offsets[:-1]]
        last = layer.coords[layer.ring_offsets[1:] - 1]
        assert np.array_equal(first, last), "rings are closed"
        assert layer.coords.dtype == np.float64
        assert layer.ring_offsets.dtype == layer.feature_offsets.dtype == np.int32


def test_layer_questions(boundaries: Boundaries) -> None:
    assert boundaries.towns.parents[boundaries.towns.index["460106101"]] == "460106"
    west, south, east, north = boundaries.districts.bounds("460105")
    assert (west, south, east, north) == boundaries.districts.geometry("460105").bounds
    lon, lat = boundaries.districts.label("460105")
    assert west < lon < east
    assert south < lat < north
    assert boundaries.extent == pytest.approx((110.12568, 19.526032, 110.709052, 20.120228))
    assert "文昌市" in boundaries.neighbours.names
    with pytest.raises(KeyError):
        boundaries.grids.geometry("nowhere")


def test_a_pack_with_warnings_is_not_cached(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = {name: getattr(load_boundaries(pack, None), name) for name in LAYERS}
    warned = (module.PackProblem("grids.geojson", "g", "geometry", "缝", "a gap"),)
    monkeypatch.setattr("console.geo.importer.import_layers", lambda folder: (layers, warned))
    assert load_boundaries(pack, tmp_path / "cache").warnings == warned
    assert not (tmp_path / "cache").exists()
