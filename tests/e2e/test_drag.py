"""A real mouse drags cases to receivers; the central log is the judge."""

import uuid
from dataclasses import replace

import pytest

from console.domain.place import Position
from console.domain.worker import Worker
from tests.e2e.hand import Hand
from tests.e2e.program import Console, wait_for
from tests.e2e.scene import Scene
from tests.e2e.screen import Mouse

PLACE = Position(110.3466, 20.0291)


def fresh(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4().hex[:6]}"


def ordinary_category(scene: Scene) -> str:
    """A subcategory that a grid worker may handle."""
    return next(c.code for c in scene.city.categories.values() if not c.hazard)


def some_worker(scene: Scene, number: int) -> Worker:
    return list(scene.city.workers.values())[number]


@pytest.fixture
def case(scene: Scene, console: Console) -> str:
    name = scene.case(fresh("C"), PLACE, ordinary_category(scene))
    console.wait_spot("row", name)
    return name


def drag(mouse: Mouse, console: Console, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press, leave the spot, wait until the drag runs, then go to the target; the button stays down."""
    mouse.press(*start)
    mouse.glide(start, (start[0] + 24, start[1] + 4), steps=6)
    wait_for(lambda: console.ask("drag", "").get("found"), "the drag to begin")
    mouse.glide((start[0] + 24, start[1] + 4), end)


def test_pin_to_a_department(scene: Scene, console: Console, mouse: Mouse, case: str) -> None:
    mouse.click(*console.wait_spot("row", case).at)
    pin = console.wait_spot("pin", case)
    unit = console.wait_spot("panel", "first-unit")
    drag(mouse, console, pin.at, unit.at)
    mouse.release()
    sent = scene.wait_event("assignment.sent", case)
    assert sent.change["role"] == "lead"
    assert sent.change["unit"] in scene.city.units
    assert sent.actor == "seat-7"
    assert len(scene.events("case.dispatched", case)) == 1


def test_row_to_a_worker_in_the_list(
    scene: Scene, console: Console, mouse: Mouse, case: str
) -> None:
    worker = some_worker(scene, 10)
    scene.worker_at(worker, replace(PLACE, lon=PLACE.lon + 0.001))
    row = console.wait_spot("row", case)
    mouse.click(*row.at)
    target = console.wait_spot("worker", worker.id)
    drag(mouse, console, console.wait_spot("row", case).at, target.at)
    mouse.release()
    sent = scene.wait_event("assignment.sent", case)
    assert sent.change["worker"] == worker.id
    assert sent.change["unit"] == scene.city.unit_of_area[worker.town].code


def test_pin_to_a_worker_on_the_map(
    scene: Scene, console: Console, mouse: Mouse, case: str
) -> None:
    worker = some_worker(scene, 20)
    mouse.double_click(*console.wait_spot("row", case).at)  # the map goes there
    scene.worker_at(worker, Position(PLACE.lon + 0.004, PLACE.lat - 0.003))
    pin, target = console.wait_spot("pin", case), console.wait_spot("map-worker", worker.id)
    drag(mouse, console, pin.at, target.at)
    mouse.release()
    assert scene.wait_event("assignment.sent", case).change["worker"] == worker.id


def test_worker_onto_a_case(scene: Scene, console: Console, mouse: Mouse, case: str) -> None:
    worker = some_worker(scene, 30)
    scene.worker_at(worker, replace(PLACE, lat=PLACE.lat + 0.001))
    mouse.click(*console.wait_spot("row", case).at)
    start, end = console.wait_spot("worker", worker.id), console.wait_spot("row", case)
    drag(mouse, console, start.at, end.at)
    mouse.release()
    assert scene.wait_event("assignment.sent", case).change["worker"] == worker.id


def test_escape_cancels_and_a_drop_on_nothing_does_nothing(
    scene: Scene, console: Console, mouse: Mouse, case: str
) -> None:
    row, unit = console.wait_spot("row", case), console.wait_spot("panel", "first-unit")
    mouse.click(*row.at)
    drag(mouse, console, row.at, unit.at)
    mouse.key("Escape")
    wait_for(lambda: not console.ask("drag", "").get("found"), "the drag to end")
    mouse.release()
    drag(mouse, console, console.wait_spot("row", case).at, console.wait_spot("panel", "charts").at)
    mouse.release()
    wait_for(lambda: not console.ask("drag", "").get("found"), "the drag to end")
    # A positive control: the same window still dispatches, and only this once.
    unit = console.wait_spot("panel", "first-unit")
    drag(mouse, console, console.wait_spot("row", case).at, unit.at)
    mouse.release()
    scene.wait_event("case.dispatched", case)
    assert len(scene.events("assignment.sent", case)) == 1


def test_key_way_ends_in_the_same_command(
    scene: Scene, console: Console, mouse: Mouse, case: str
) -> None:
    mouse.click(*console.wait_spot("row", case).at)
    console.wait_spot("panel", "first-unit")
    mouse.key("d")
    mouse.key("q")
    sent = scene.wait_event("assignment.sent", case)
    assert sent.change["role"] == "lead"
    assert sent.change["unit"] in scene.city.units


def test_rows_hold_still_during_a_drag(
    scene: Scene, console: Console, mouse: Mouse, case: str
) -> None:
    row = console.wait_spot("row", case)
    mouse.click(*row.at)
    before = console.wait_spot("row", case)
    drag(mouse, console, before.at, (before.x + 200, before.y + 60))
    urgent = scene.case(fresh("U"), PLACE, ordinary_category(scene))
    wait_for(lambda: console.ask("pending", "").get("found"), "a new case to wait")
    assert console.spot("row", case) == before
    mouse.key("Escape")
    mouse.release()
    console.wait_spot("row", urgent)


def test_the_language_changes_while_working(
    scene: Scene, console: Console, mouse: Mouse, case: str
) -> None:
    before = console.words("screen-wall")
    Hand(console, mouse).switch_language()
    wait_for(lambda: console.words("screen-wall") not in ("", before), "the other language")
    console.wait_spot("pin", case)
    mouse.click(*console.wait_spot("row", case).at)
    unit = console.wait_spot("panel", "first-unit")
    drag(mouse, console, console.wait_spot("row", case).at, unit.at)
    mouse.release()
    assert scene.wait_event("assignment.sent", case).change["role"] == "lead"


def test_the_right_button_cancels_a_drag(
    scene: Scene, console: Console, mouse: Mouse, case: str
) -> None:
    row, unit = console.wait_spot("row", case), console.wait_spot("panel", "first-unit")
    mouse.click(*row.at)
    drag(mouse, console, console.wait_spot("row", case).at, unit.at)
    mouse.click(*unit.at, button=3)
    wait_for(lambda: not console.ask("drag", "").get("found"), "the drag to end")
    mouse.release()
    # A positive control: only the second drag, with the left button alone, dispatches.
    unit = console.wait_spot("panel", "first-unit")
    drag(mouse, console, console.wait_spot("row", case).at, unit.at)
    mouse.release()
    scene.wait_event("case.dispatched", case)
    assert len(scene.events("assignment.sent", case)) == 1
