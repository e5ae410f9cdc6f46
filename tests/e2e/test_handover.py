"""A shift is handed over by mouse and keys: one line refused, the rest accepted, in the log and on paper."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.domain.command import (
    Acknowledge,
    Ask,
    AskReturn,
    Dispatch,
    RuleRequest,
    Supervise,
)
from console.domain.place import Position
from console.domain.request import RequestKind
from tests.e2e.hand import Hand
from tests.e2e.program import wait_for
from tests.e2e.scene import Scene
from tests.e2e.sheet import text_of

SHIFT = datetime(2026, 6, 3, 0, 30, tzinfo=UTC)
"""08:30 in Haikou, when the chiefs' day shift begins."""
PLACE = Position(110.3466, 20.0291)
REMARK = "unheard"


@pytest.fixture(scope="module")
def hand(scene: Scene, open_hand: Callable[..., Hand]) -> Hand:
    """A shift in which something of every kind happened."""
    scene.set_clock(SHIFT - timedelta(minutes=20))
    for case in ("H-red", "H-longer", "H-watched", "H-back", "H-quiet"):
        dispatched(scene, case)
    scene.set_clock(SHIFT + timedelta(minutes=10))
    for case in ("H-longer", "H-watched", "H-back"):
        scene.send(Acknowledge(assignment=f"{case}-1"))
    until = scene.now() + timedelta(days=2)
    extension = RequestKind.EXTENSION
    scene.send(Ask(assignment="H-longer-1", kind=extension, until=until, reason="parts"))
    granted = RuleRequest(case="H-longer", granted=True, opinion="once")
    scene.send(granted, role="shift_leader")
    scene.send(Supervise(case="H-watched", words="every hour"), role="shift_leader")
    scene.send(AskReturn(assignment="H-back-1", reason="not-in-duties"))
    scene.set_clock(SHIFT + timedelta(minutes=50))
    words = ("--role", "duty_chief", "--screen", "duty", "--seat", "chief-1")
    return open_hand(scene, *words)


def dispatched(scene: Scene, case: str) -> None:
    category = next(
        c.code for c in scene.city.categories.values() if c.lead == "@town" and not c.hazard
    )
    scene.case(case, PLACE, category)
    unit = scene.city.unit_of_area[scene.find(case).town or ""].code
    scene.send(Dispatch(case=case, assignment=f"{case}-1", unit=unit))


def test_one_line_is_refused_the_rest_accepted(scene: Scene, hand: Hand, tmp_path: Path) -> None:
    console = hand.console
    hand.click("duty-handover")
    console.wait_spot("line", "H-watched")
    # Nothing is handed over while a line is open: neither by the key nor by the button.
    hand.key("ctrl+Return")
    hand.click("handover-send")
    hand.click("H-watched", "line-refuse")
    hand.mouse.type(REMARK)
    hand.key("Return")
    hand.click("H-red", "line-accept")
    hand.click("handover-rest")
    hand.write("handover-outgoing", "Wang")
    hand.write("handover-incoming", "Li")
    assert not scene.of_type("handover.made")
    hand.click("handover-send")
    made = scene.wait_type("handover.made")
    assert (made.role, made.actor) == ("duty_chief", "chief-1")
    assert (made.change["outgoing"], made.change["incoming"]) == ("Wang", "Li")
    lines = made.change["lines"]
    refused = [line for line in lines if not line["accepted"]]
    assert [(line["case"], line["remark"]) for line in refused] == [("H-watched", REMARK)]
    told = {(line["kind"], line["case"]) for line in lines}
    assert {
        ("colour", "H-red"),
        ("promised", "H-longer"),
        ("promised", "H-watched"),
        ("asked", "H-back"),
        ("silent", "H-quiet"),
    } <= told
    assert scene.find("H-longer").extensions == 1

    sheet = tmp_path / "handover.pdf"
    hand.click("handover-print")
    hand.file(sheet)
    wait_for(sheet.exists, "the sheet")
    text = text_of(sheet)
    assert REMARK in text
    assert "H-watched" in text
    assert "H-longer" in text


def test_what_was_refused_comes_first_in_the_next_one(scene: Scene, hand: Hand) -> None:
    scene.pass_minutes(1)
    hand.click("handover-again")
    wait_for(
        lambda: hand.console.words("handover-outgoing") not in ("", "Wang"), "the names to be new"
    )
    hand.console.wait_spot("line", "H-watched")
    hand.click("handover-rest")
    hand.click("handover-send")
    second = wait_for(
        lambda: (made := scene.of_type("handover.made")) and len(made) > 1 and made[1],
        "the second handover",
    )
    first = second.change["lines"][0]
    assert (first["case"], first["kind"], first["accepted"]) == ("H-watched", "promised", True)
