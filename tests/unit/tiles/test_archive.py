"""Local archives: pictures out of them, and every way in which a file can be wrong."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pmtiles.tile import TileType

from console.tiles.archive import Archive
from console.tiles.fault import Fault, NoPicture
from tests.tile_server import png
from tests.unit.tiles.archives import make_archive

PLACE = (12, 3303, 1813)


def fault(archive: Archive) -> Fault:
    with pytest.raises(NoPicture) as caught:
        archive.tile(PLACE)
    return caught.value.fault


def test_pictures_come_out_of_it(tmp_path: Path) -> None:
    make_archive(tmp_path / "city.pmtiles", {PLACE: png(), (11, 1651, 906): png((1, 2, 3))})
    archive = Archive(tmp_path / "city.pmtiles")
    assert archive.tile(PLACE) == png()
    assert archive.tile((11, 1651, 906)) == png((1, 2, 3))
    assert archive.tile((12, 0, 0)) == b""
    archive.close()
    assert archive.tile(PLACE) == png()


def test_vector_tiles_are_refused(tmp_path: Path) -> None:
    make_archive(tmp_path / "v.pmtiles", {PLACE: b"\x1f\x8b"}, TileType.MVT)
    assert fault(Archive(tmp_path / "v.pmtiles")) is Fault.FILE_VECTOR


def test_a_file_that_comes_later_or_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "late.pmtiles"
    archive = Archive(file)
    assert fault(archive) is Fault.FILE_MISSING
    file.write_bytes(b"not yet whole")
    assert fault(archive) is Fault.FILE_BROKEN
    file.unlink()
    make_archive(file, {PLACE: png()})
    assert archive.tile(PLACE) == png()


@pytest.mark.parametrize("left", [0, 60, 127, 200])
def test_a_file_cut_short(tmp_path: Path, left: int) -> None:
    file = tmp_path / "cut.pmtiles"
    make_archive(file, {PLACE: png(side=128)})
    file.write_bytes(file.read_bytes()[:left])
    assert fault(Archive(file)) is Fault.FILE_BROKEN


def test_a_tile_that_is_no_picture(tmp_path: Path) -> None:
    make_archive(tmp_path / "x.pmtiles", {PLACE: b"<svg onload=1>"})
    assert fault(Archive(tmp_path / "x.pmtiles")) is Fault.FILE_BROKEN


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=12))
def test_changed_bytes_give_a_picture_or_a_fault(
    tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    file = tmp_path / "changed.pmtiles"
    make_archive(file, {PLACE: png(side=16)})
    body = bytearray(file.read_bytes())
    for at, value in changes:
        body[at % len(body)] = value
    file.write_bytes(bytes(body))
    archive = Archive(file)
    try:
        assert isinstance(archive.tile(PLACE), bytes)
    except NoPicture:
        pass
    finally:
        archive.close()
