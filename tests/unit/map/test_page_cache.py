"""The cache is complete, of the right key, or not used."""

from pathlib import Path

import pytest

from console.map import page_cache
from console.map.page_cache import PageCache, cache_key

NAMES = ("a", "b")


def build() -> dict[str, bytes]:
    return {"a": b"1", "b": b"2"}


def never() -> dict[str, bytes]:
    raise AssertionError("built although it was there")


def test_second_load_does_not_build(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "new", "key")
    assert cache.load(NAMES, build) == build()
    assert PageCache(tmp_path / "new", "key").load(NAMES, never) == build()


def test_missing_file_is_built_again(tmp_path: Path) -> None:
    PageCache(tmp_path, "key").load(NAMES, build)
    (tmp_path / "key" / "a").unlink()
    assert PageCache(tmp_path, "key").load(NAMES, build) == build()
    assert PageCache(tmp_path, "key").load(NAMES, never) == build()


@pytest.mark.parametrize("name", ["a", "seal"])
def test_damaged_file_is_built_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    PageCache(tmp_path, "key").load(NAMES, build)
    (tmp_path / "key" / name).write_bytes(b"3")
    assert PageCache(tmp_path, "key").load(NAMES, build) == build()
    assert "damaged" in caplog.text
    assert PageCache(tmp_path, "key").load(NAMES, never) == build()


def test_other_key_replaces_the_old(tmp_path: Path) -> None:
    PageCache(tmp_path, "old").load(NAMES, build)
    PageCache(tmp_path, "new").load(NAMES, build)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_folder_that_cannot_be_made_only_costs_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert PageCache(blocked, "key").load(NAMES, build) == build()
    assert "page cache" in caplog.text


def test_key_follows_the_pack_and_folium(monkeypatch: pytest.MonkeyPatch) -> None:
    first = cache_key("pack 1")
    assert cache_key("pack 1") == first
    assert cache_key("pack 2") != first
    monkeypatch.setattr(page_cache, "version", lambda _: "0.0")
    assert cache_key("pack 1") != first
