"""An incident from lasso to after-action by a real mouse: five units, two of which sign late."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from console.domain.command import Acknowledge, Arrive, Report
from console.domain.event import Event
from console.domain.place import Position
from tests.e2e.program import Console, wait_for
from tests.e2e.scene import Scene
from tests.e2e.screen import Mouse

PLACE = Position(110.3466, 20.0291)
PIPE = "0901"
"""A subcategory that a unit of the whole city leads."""
BURST = "0902"
"""Another matter, so that it has a row of its own."""
LATE_AFTER = timedelta(minutes=4)


@pytest.fixture(scope="module")
def linkage(
    display: str, scene: Scene, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Console]:
    """The console of the emergency desk on its own screen, with three calls on the map."""
    for number in range(3):
        at = Position(PLACE.lon + 0.001 * number, PLACE.lat)
        scene.case(f"I-{number}", at, PIPE)
    data = tmp_path_factory.mktemp("linkage")
    role = ("--role", "emergency", "--screen", "incident", "--seat", "seat-9")
    program = Console(display, scene.url, scene.token_file, data, *role)
    try:
        program.wait_spot("panel", "map")
        program.wait_spot("pin", "I-0")
        yield program
    finally:
        program.close()


def later(scene: Scene, by: timedelta) -> None:
    """Let domain time jump."""
    (page, *_) = scene.api.snapshot()
    clock = page.clock
    passed = datetime.now(UTC) - clock.server_time
    scene.api.set_clock(clock.domain_time + passed * clock.rate + by, 1.0, simulated=True)


def lasso(mouse: Mouse, console: Console) -> None:
    """Take the tool and draw round the middle of the map."""
    area = console.wait_spot("panel", "map")
    mouse.click(*console.wait_spot("button", "incident-lasso").at)
    pin = console.wait_spot("pin", "I-0")
    reach = 60
    corners = [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach), (-reach, -reach)]
    points = [(pin.x + dx, pin.y + dy) for dx, dy in corners]
    assert area.left < points[0][0] < area.left + area.width
    mouse.press(*points[0])
    for start, end in pairwise(points):
        mouse.glide(start, end, steps=8)
    mouse.release()


def click(mouse: Mouse, console: Console, name: str) -> None:
    mouse.click(*console.wait_spot("button", name).at)


def drag_to_lanes(mouse: Mouse, console: Console, case: str) -> None:
    """From the list of calls onto the ground below the lanes."""
    lanes = console.wait_spot("panel", "lanes")
    row = console.wait_spot("call", case)
    mouse.press(*row.at)
    mouse.glide(row.at, (row.x - 24, row.y + 4), steps=6)
    wait_for(lambda: console.ask("drag", "").get("found"), "the drag to begin")
    mouse.glide((row.x - 24, row.y + 4), (lanes.x, lanes.top + lanes.height - 20))
    mouse.release()


def events(scene: Scene, kind: str) -> list[Event]:
    return [event for event in scene.log() if event.type == kind]


def wait_event(scene: Scene, kind: str) -> Event:
    return wait_for(lambda: events(scene, kind), f"{kind} in the log")[0]


def test_from_lasso_to_after_action(scene: Scene, linkage: Console, mouse: Mouse) -> None:
    lasso(mouse, linkage)
    click(mouse, linkage, "incident-confirm-start")
    started = wait_event(scene, "incident.started")
    assert started.actor == "seat-9"
    assert len(events(scene, "case.attached")) == 3
    linkage.wait_spot("incident", started.entity_id)

    click(mouse, linkage, "incident-ask")
    click(mouse, linkage, "incident-ask-none")
    linkage.wait_spot("choice", scene.city.categories[PIPE].lead)
    ticks = [spot for unit in scene.city.units if (spot := linkage.spot("choice", unit))]
    for tick in ticks[:5]:
        mouse.click(*tick.at)
    click(mouse, linkage, "incident-ask-send")
    wait_event(scene, "incident.called_in")
    sent = {e.change["unit"]: e.entity_id for e in events(scene, "assignment.sent")}
    assert len(sent) == 5
    assert len({e.command_id for e in events(scene, "assignment.sent")}) == 1
    for unit in sent:
        linkage.wait_spot("lane", unit)

    scene.case("I-9", PLACE, BURST)
    drag_to_lanes(mouse, linkage, "I-9")
    attached = wait_for(lambda: events(scene, "case.attached")[3:], "the dragged case in the log")
    assert attached[0].entity_id == "I-9"

    prompt, late = list(sent.values())[:3], list(sent.values())[3:]
    scene.send(*(Acknowledge(assignment=order) for order in prompt))
    later(scene, LATE_AFTER)
    wait_event(scene, "assignment.escalated")
    scene.send(*(Acknowledge(assignment=order) for order in late))
    for order in sent.values():
        scene.send(Arrive(assignment=order), Report(assignment=order))

    click(mouse, linkage, "incident-end")
    click(mouse, linkage, "incident-review-lessons")
    mouse.type("duty phone")
    click(mouse, linkage, "incident-end-confirm")
    ended = wait_event(scene, "incident.ended")
    course = ended.change["review"]["course"]
    names = {order: scene.city.units[unit].name for unit, order in sent.items()}
    assert [name in course for name in (names[order] for order in late)] == [True, True]
    assert not any(names[order] in course for order in prompt)
    assert ended.change["review"]["lessons"] == "duty phone"
    assert len(events(scene, "assignment.acknowledged")) == 5
