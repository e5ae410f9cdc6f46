"""A whole city for a real mouse: central API, seeded cases and workers, and the console on a virtual screen."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.hand import Hand
from tests.e2e.made_day import MadeDay, make_day
from tests.e2e.program import Console
from tests.e2e.scene import Scene, start_scene
from tests.e2e.screen import Mouse, virtual_screen


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen() as name:
        yield name


@pytest.fixture(scope="module")
def mouse(display: str) -> Mouse:
    return Mouse(display)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with start_scene(tmp_path_factory.mktemp("central")) as made:
        yield made


@pytest.fixture(scope="module")
def console(
    display: str, scene: Scene, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Console]:
    data: Path = tmp_path_factory.mktemp("console")
    program = Console(display, scene.url, scene.token_file, data, "--seat", "seat-7")
    try:
        program.wait_spot("panel", "queue")
        yield program
    finally:
        program.close()


@pytest.fixture(scope="module")
def open_hand(
    display: str, mouse: Mouse, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Hand]]:
    """Starts a console on a scene and gives the hand that works at it; closed at the module's end."""
    with ExitStack() as stack:

        def start(scene: Scene, *words: str, data: Path | None = None) -> Hand:
            folder = data or tmp_path_factory.mktemp("console")
            program = Console(display, scene.url, scene.token_file, folder, *words)
            stack.callback(program.close)
            return Hand(program, mouse)

        yield start


@pytest.fixture(scope="session")
def made_day(tmp_path_factory: pytest.TempPathFactory) -> MadeDay:
    """Half a minute long, so once for all."""
    return make_day(tmp_path_factory.mktemp("days"))
