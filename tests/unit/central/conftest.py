"""A centre with a clock the test turns, closed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.central.centre import Centre
from tests.unit.central.desk import Wall, open_centre


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def centre(tmp_path: Path, wall: Wall) -> Iterator[Centre]:
    found = open_centre(tmp_path, wall)
    yield found
    found.database.close(clean=True)
