"""The bundled city and a tiny one, each loaded or made once."""

import shutil
from pathlib import Path

import pytest

from console.domain.city import City
from console.geo.boundaries import Boundaries, load_boundaries
from console.geo.cities import default_city
from console.geo.city import load_city
from tests.unit.tools.tiny_source import write_tiny_source
from tools.make_city import make_city


@pytest.fixture(scope="session")
def haikou() -> City:
    return load_city(default_city())


@pytest.fixture(scope="session")
def boundaries() -> Boundaries:
    return load_boundaries(default_city(), cache=None)


@pytest.fixture(scope="session")
def made_tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    make_city(write_tiny_source(folder / "source"), folder / "pack")
    return folder / "pack"


@pytest.fixture
def pack(made_tiny_pack: Path, tmp_path: Path) -> Path:
    """A whole small pack which the test may break."""
    return Path(shutil.copytree(made_tiny_pack, tmp_path / "pack"))
