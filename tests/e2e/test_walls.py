"""Walls on displays that are switched off and on again, at another number after the next start."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e import monitors
from tests.e2e.monitors import Monitors
from tests.e2e.program import Console, Spot
from tests.e2e.scene import Scene
from tests.e2e.screen import virtual_screen

EDGE = 1920
"""Where the second display begins."""
NOTICE = "notice-words-wall-away RIGHT"

pytestmark = pytest.mark.skipif(not monitors.available(), reason="needs libX11 and libXrandr")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen(2 * EDGE, 1080) as name:
        yield name


@pytest.fixture(scope="module")
def plugs(display: str) -> Iterator[Monitors]:
    """LEFT is the desk's, RIGHT the wall's."""
    with closing(Monitors(display)) as made:
        made.plug("LEFT", 0, EDGE, 1080, first=True)
        made.plug("RIGHT", EDGE, EDGE, 1080)
        yield made


def start(display: str, scene: Scene, data: Path, *words: str) -> Console:
    return Console(display, scene.url, scene.token_file, data, "--lang", "zh", *words)


def wall_of(console: Console) -> Spot:
    """The wall, which fills the second display alone."""
    top = console.wait_spot("panel", "top")
    urgent = console.wait_spot("panel", "urgent")
    assert EDGE <= top.left <= EDGE + 30
    assert EDGE < urgent.left + urgent.width <= 2 * EDGE
    assert top.width > 0.95 * EDGE
    return urgent


def test_a_wall_rests_while_its_display_is_off_and_is_found_again(
    display: str, plugs: Monitors, scene: Scene, tmp_path: Path
) -> None:
    desk = ("--role", "shift_leader")
    console = start(display, scene, tmp_path, *desk, "--screen", "wall", "--display", "RIGHT")
    try:
        console.wait_spot("panel", "queue")
        wall_of(console)
        plugs.unplug("RIGHT")
        console.wait_gone("panel", "urgent")
        console.wait_words(NOTICE, "RIGHT")
        queue = console.wait_spot("panel", "queue")
        assert queue.left < EDGE
        plugs.plug("RIGHT", EDGE, EDGE, 1080)
        wall_of(console)
        console.wait_gone("button", NOTICE)
    finally:
        console.close()
    # The same displays in another order: the wall's is the first now.
    for name in ("LEFT", "RIGHT"):
        plugs.unplug(name)
    plugs.plug("RIGHT", EDGE, EDGE, 1080, first=True)
    plugs.plug("LEFT", 0, EDGE, 1080)
    console = start(display, scene, tmp_path, *desk)
    try:
        console.wait_spot("panel", "queue")
        wall_of(console)
        assert console.close() == 0, "a signal ends it in order, both windows"
    finally:
        console.close()


def test_a_seat_that_is_a_wall_alone_rests_and_comes_back(
    display: str, plugs: Monitors, scene: Scene, tmp_path: Path
) -> None:
    console = start(display, scene, tmp_path, "--role", "wall", "--display", "RIGHT")
    try:
        wall_of(console)
        plugs.unplug("RIGHT")
        console.wait_gone("panel", "urgent")
        plugs.plug("RIGHT", EDGE, EDGE, 1080)
        wall_of(console)
    finally:
        console.close()
