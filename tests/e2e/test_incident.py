"""An incident from the lasso to its after-action sheet; the central log is the judge."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.command import Acknowledge
from console.domain.place import Position
from console.domain.unit import UnitKind
from tests.e2e.hand import Hand
from tests.e2e.program import Spot, wait_for
from tests.e2e.scene import Scene
from tests.e2e.sheet import text_of

WEDNESDAY = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
"""10:00 in Haikou."""
MIDDLE = Position(110.3466, 20.0291)
STEP = 0.002
INSIDE = {
    "I-north": Position(MIDDLE.lon, MIDDLE.lat + STEP),
    "I-west": Position(MIDDLE.lon - STEP, MIDDLE.lat),
    "I-east": Position(MIDDLE.lon + STEP, MIDDLE.lat),
}
OUTSIDE = Position(MIDDLE.lon, MIDDLE.lat - 3 * STEP)
ROW = 36
"""Pixels: what is nearer to a list's top stands in its first row."""
WORDS = "pumps to the crossing"


@pytest.fixture(scope="module")
def hand(scene: Scene, open_hand: Callable[..., Hand]) -> Hand:
    scene.set_clock(WEDNESDAY)
    category = next(c.code for c in scene.city.categories.values() if not c.hazard)
    for case, place in INSIDE.items():
        scene.case(case, place, category)
    scene.case("I-outside", OUTSIDE, category)
    words = ("--role", "emergency", "--screen", "incident", "--seat", "chief-2")
    return open_hand(scene, *words)


@pytest.fixture(scope="module")
def units(scene: Scene) -> list[str]:
    """The five that are asked."""
    kinds = (UnitKind.BUREAU, UnitKind.UTILITY)
    return [u.code for u in scene.city.units.values() if u.kind in kinds][:5]


@pytest.fixture(scope="module")
def incident(scene: Scene, hand: Hand) -> str:
    """Started by a lasso round the three cases."""
    come_near(hand, "I-west", "I-east")
    north, west, east, south = (
        hand.console.wait_spot("pin", f"I-{name}") for name in ("north", "west", "east", "outside")
    )
    hand.click("incident-lasso")
    reach = 26
    low = (west.y + south.y) // 2
    hand.draw(
        [
            (west.x - reach, west.y - reach),
            (north.x, north.y - reach),
            (east.x + reach, east.y - reach),
            (east.x + reach, low),
            (west.x - reach, low),
            (west.x - reach, west.y),
        ]
    )
    hand.write("incident-name", "Flood at the crossing")
    hand.click("incident-confirm-start")
    return scene.wait_type("incident.started").entity_id


def come_near(hand: Hand, one: str, other: str) -> None:
    """Turn the wheel over two pins until they lie well apart, then pull them to the map's middle."""
    console, mouse = hand.console, hand.mouse
    middle = console.wait_spot("panel", "map")
    a, b = console.wait_spot("pin", one), console.wait_spot("pin", other)
    for _ in range(12):
        if abs(a.x - b.x) >= 90:
            break
        mouse.move((a.x + b.x) // 2, (a.y + b.y) // 2)
        mouse.scroll(up=True)
        wait_for(lambda a=a: console.spot("pin", one) != a, "the map to come nearer")
        a, b = console.wait_spot("pin", one), console.wait_spot("pin", other)
    way = middle.y - a.y
    hold = (middle.left + middle.width // 4, middle.y - way // 2)
    mouse.press(*hold)
    mouse.glide(hold, (hold[0], hold[1] + way))
    mouse.release()
    wait_for(lambda: abs(console.wait_spot("pin", one).y - middle.y) < 60, "the pins in the middle")


def orders(scene: Scene) -> dict[str, str]:
    """Whom the incident asks → the order's id."""
    sent = [e for e in scene.of_type("assignment.sent") if e.change["incident"]]
    return {e.change["worker"] or e.change["unit"]: e.entity_id for e in sent}


def test_the_lasso_starts_it_with_the_cases_inside(scene: Scene, incident: str) -> None:
    started = scene.wait_type("incident.started")
    assert started.role == "emergency"
    assert started.change["name"] == "Flood at the crossing"
    for case in INSIDE:
        scene.wait_event("case.attached", case)
    assert {e.entity_id for e in scene.of_type("case.attached")} == set(INSIDE)
    assert {scene.find(case).incident for case in INSIDE} == {incident}
    assert scene.find("I-outside").incident is None


def test_five_units_are_asked_in_one_command(
    scene: Scene, hand: Hand, incident: str, units: list[str]
) -> None:
    hand.click("incident-ask")
    hand.click("incident-ask-none")
    for unit in units:
        tick(hand, unit)
    hand.write("incident-ask-words", WORDS)
    hand.click("incident-ask-send")
    called = scene.wait_type("incident.called_in")
    assert called.entity_id == incident
    assert called.note["words"] == WORDS
    asked = orders(scene)
    assert set(asked) == set(units)
    assert set(called.note["assignments"]) == set(asked.values())
    commands = {e.command_id for e in scene.of_type("assignment.sent")}
    assert commands == {called.command_id}
    for unit in units:
        hand.console.wait_spot("lane", unit)


def tick(hand: Hand, unit: str) -> None:
    """Search the unit and tick its box once it stands on top."""
    hand.write("incident-ask-search", unit)
    top = hand.console.wait_spot("button", "incident-choices").top

    def found() -> Spot | None:
        box = hand.console.spot("choice", unit)
        return box if box is not None and box.y - top < ROW else None

    hand.mouse.click(*wait_for(found, f"{unit} on top of the choices").at)


def test_three_sign_at_once_two_after_the_ladder(
    scene: Scene, hand: Hand, incident: str, units: list[str]
) -> None:
    asked = orders(scene)
    quick, late = units[:3], units[3:]
    scene.send(*(Acknowledge(assignment=asked[unit]) for unit in quick))

    def sunk() -> bool:
        """Who has signed stands below those who have not."""
        tops = {unit: hand.console.ask("lane", unit).get("top", 0) for unit in units}
        return min(tops[u] for u in quick) > max(tops[u] for u in late) > 0

    wait_for(sunk, "the lanes to follow")
    scene.pass_minutes(4)
    called = wait_for(
        lambda: len(found := scene.of_type("assignment.escalated")) >= 2 and found, "the ladder"
    )
    assert {e.entity_id for e in called} == {asked[unit] for unit in late}
    scene.send(*(Acknowledge(assignment=asked[unit]) for unit in late))
    hand.console.wait_gone("button", "incident-unsigned")


def test_a_worker_dragged_into_the_lanes_is_asked(
    scene: Scene, hand: Hand, incident: str, units: list[str]
) -> None:
    worker, other = list(scene.city.workers.values())[:2]
    scene.worker_at(worker, MIDDLE)
    scene.worker_at(other, Position(MIDDLE.lon, MIDDLE.lat - STEP))
    start = hand.console.wait_spot("map-worker", worker.id)
    lanes = hand.console.wait_spot("panel", "lanes")
    hand.drag(start.at, lanes.at)
    wait_for(lambda: worker.id in orders(scene), f"{worker.id} to be asked")
    sent = next(e for e in scene.of_type("assignment.sent") if e.change["worker"] == worker.id)
    assert (sent.change["incident"], sent.change["role"]) == (incident, "linkage")
    # Once more is refused, nobody is asked twice; the positive control is another worker.
    before = len(scene.of_type("assignment.sent"))
    hand.drag(hand.console.wait_spot("map-worker", worker.id).at, lanes.at)
    hand.drag(hand.console.wait_spot("map-worker", other.id).at, lanes.at)
    wait_for(lambda: other.id in orders(scene), f"{other.id} to be asked")
    assert len(scene.of_type("assignment.sent")) == before + 1


def test_the_first_report_goes_up_as_a_sheet(
    scene: Scene, hand: Hand, incident: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "first.pdf"
    hand.click("incident-report")
    hand.click("incident-report-send")
    hand.file(sheet)
    reported = scene.wait_type("incident.reported")
    assert (reported.entity_id, reported.note["kind"]) == (incident, "first")
    assert "Floodatthecrossing" in text_of(sheet)


def test_it_ends_with_an_after_action_sheet_that_names_the_late_ones(
    scene: Scene, hand: Hand, incident: str, units: list[str], tmp_path: Path
) -> None:
    sheet = tmp_path / "review.pdf"
    hand.click("incident-end")
    hand.console.wait_spot("button", "incident-review-course")
    hand.click("incident-end-confirm")  # without the lessons it says what is missing
    hand.console.wait_spot("button", "incident-end-fault")
    hand.write("incident-review-lessons", "Call the pumps first.")
    hand.click("incident-end-save")
    hand.file(sheet)
    hand.click("incident-end-confirm")
    ended = scene.wait_type("incident.ended")
    review = ended.change["review"]
    assert review["lessons"] == "Call the pumps first."
    course, paper = review["course"], text_of(sheet)
    for unit in units[3:]:
        assert scene.city.units[unit].name in course
        assert scene.city.units[unit].name in paper
    for unit in units[:3]:
        assert scene.city.units[unit].name not in course
    assert len(scene.of_type("incident.ended")) == 1
