"""The bundled packs are found wherever the program is started from."""

from pathlib import Path

import pytest

from console.geo.cities import bundled_cities, cities_folder, default_city


def test_haikou_is_bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert default_city() in bundled_cities()
    assert (default_city() / "city.toml").is_file()
    assert cities_folder().is_absolute()
