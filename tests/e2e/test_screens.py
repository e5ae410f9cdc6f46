"""All five screens by keys and by mouse, one in a window of its own, and a wall on which nothing can be done."""

from collections.abc import Callable

import pytest

from console.domain.place import Position
from console.domain.role import SCREENS
from console.domain.worker import Worker
from tests.e2e.hand import Hand
from tests.e2e.program import wait_for
from tests.e2e.scene import Scene

PLACE = Position(110.3466, 20.0291)
SEEN = {
    "desk": ("panel", "queue"),
    "wall": ("panel", "urgent"),
    "duty": ("button", "duty-scope"),
    "incident": ("button", "incident-tools"),
    "training": ("button", "calendar-map"),
}
"""What is in sight on a screen and on no other."""


@pytest.fixture(scope="module")
def hand(scene: Scene, open_hand: Callable[..., Hand]) -> Hand:
    category = next(c.code for c in scene.city.categories.values() if not c.hazard)
    for case in ("S-1", "S-2"):
        scene.case(case, PLACE, category)
    scene.worker_at(some_worker(scene), PLACE)
    words = ("--role", "shift_leader", "--screen", "desk", "--lang", "zh")
    leader = open_hand(scene, *words)
    leader.click("S-1", "row")  # without a window manager the first click gives the keyboard
    return leader


def some_worker(scene: Scene) -> Worker:
    return next(iter(scene.city.workers.values()))


def only(hand: Hand, name: str) -> None:
    """The screen is in sight and no other is."""
    hand.console.wait_spot(*SEEN[name])
    for other, (kind, thing) in SEEN.items():
        if other != name:
            hand.console.wait_gone(kind, thing)


def test_a_key_for_each_screen(hand: Hand) -> None:
    for name in SCREENS:
        hand.go(name)
        only(hand, name)
    hand.go("desk")
    only(hand, "desk")


def test_a_tab_for_each_screen(hand: Hand) -> None:
    for name in ("duty", "incident", "training", "wall"):
        hand.click(name, "screen")
        only(hand, name)
    hand.key("Escape")  # a wall has no tabs
    hand.console.wait_spot("screen", "desk")


def test_a_torn_off_screen_stays_in_its_window_in_the_other_language(hand: Hand) -> None:
    console = hand.console
    hand.go("duty")
    only(hand, "duty")
    chinese = console.words("screen-training")
    hand.tear("duty")
    console.wait_spot(*SEEN["desk"])
    console.wait_spot(*SEEN["duty"])
    hand.go("desk")
    hand.switch_language()
    english = wait_for(
        lambda: (now := console.words("screen-training")) != chinese and now, "the other language"
    )
    console.wait_spot(*SEEN["desk"])
    console.wait_spot(*SEEN["duty"])
    hand.go("duty")
    hand.give_back("duty")
    console.wait_gone(*SEEN["duty"])
    assert console.words("screen-training") == english
    hand.click("duty", "screen")
    only(hand, "duty")


def test_a_drop_on_the_wall_does_nothing(scene: Scene, hand: Hand) -> None:
    console = hand.console
    worker = some_worker(scene)
    hand.go("wall")
    only(hand, "wall")
    hand.tear("wall")
    hand.go("desk")
    hand.click("S-1", "row")
    console.wait_spot("worker", worker.id)
    hand.go("wall")
    # The wall lies over most of the desk; the workers stand beside it.
    wall, start = console.wait_spot("panel", "urgent"), console.wait_spot("worker", worker.id)
    assert start.x > wall.left + wall.width
    hand.drag(start.at, wall.at)
    hand.go("desk")
    start, row = console.wait_spot("worker", worker.id), console.wait_spot("row", "S-2")
    hand.drag(start.at, row.at)
    # The positive control: the same worker, let go on the desk.
    assert scene.wait_event("assignment.sent", "S-2").change["worker"] == worker.id
    assert not scene.events("assignment.sent", "S-1")
    assert len(scene.of_type("assignment.sent")) == 1


def test_the_wall_role_sees_the_wall_alone(
    scene: Scene, hand: Hand, open_hand: Callable[..., Hand]
) -> None:
    hand.console.close()  # two programs on one display would share the keyboard
    wall = open_hand(scene, "--role", "wall")
    only(wall, "wall")
    wall.click("map", "panel")
    for number in (1, 3, 4, 5):
        wall.key(f"ctrl+{number}")
    wall.key("Escape")
    only(wall, "wall")
    assert all(wall.console.spot("screen", name) is None for name in SCREENS)
    before = scene.api.health().rev
    wall.click("urgent", "panel")
    wall.key("d", "q", "Return")
    case = scene.case("S-3", PLACE, next(iter(scene.city.categories)))
    told = scene.log()[before:]
    assert {event.actor for event in told} <= {"test:field", "centre"}
    assert any(event.entity_id == case for event in told)
