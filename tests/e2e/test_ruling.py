"""A second return comes to the duty chief; the ruling stands in the log and the field obeys it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.command import Acknowledge, Ask, AskReturn, Dispatch, RuleRequest, RuleReturn
from console.domain.event import Event
from console.domain.place import Position
from console.domain.request import RequestKind
from console.domain.unit import UnitKind
from tests.e2e.hand import Hand
from tests.e2e.program import ROOT, wait_for
from tests.e2e.scene import Scene

WEDNESDAY = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
"""10:00 in Haikou."""
PLACE = Position(110.3466, 20.0291)


@pytest.fixture(scope="module")
def hand(scene: Scene, open_hand: Callable[..., Hand]) -> Hand:
    scene.set_clock(WEDNESDAY)
    returned_twice(scene, "R-1")
    returned_twice(scene, "R-2")
    returned_twice(scene, "R-3")
    extended_once(scene, "X-1")
    extended_once(scene, "X-2")
    chief = open_hand(scene, "--role", "duty_chief", "--screen", "duty", "--seat", "chief-1")
    chief.console.wait_spot("decision", "R-1")
    return chief


def town_category(scene: Scene) -> str:
    return next(
        c.code for c in scene.city.categories.values() if c.lead == "@town" and not c.hazard
    )


def town_of(scene: Scene, case: str) -> str:
    """The unit of the case's town."""
    return scene.city.unit_of_area[scene.find(case).town or ""].code


def held(scene: Scene, case: str, order: str) -> None:
    """The town has it and has signed."""
    unit = town_of(scene, case)
    scene.send(Dispatch(case=case, assignment=order, unit=unit), Acknowledge(assignment=order))


def returned_twice(scene: Scene, case: str) -> None:
    """Given back, ruled once by the shift leader, and asked to be given back again."""
    scene.case(case, PLACE, town_category(scene))
    held(scene, case, f"{case}-first")
    scene.send(AskReturn(assignment=f"{case}-first", reason="not-in-duties"))
    scene.send(RuleReturn(case=case, confirmed=True, reason="agreed"), role="shift_leader")
    held(scene, case, f"{case}-second")
    scene.send(AskReturn(assignment=f"{case}-second", reason="outside-area"))


def extended_once(scene: Scene, case: str) -> None:
    """The second extension is asked for."""
    scene.case(case, PLACE, town_category(scene))
    held(scene, case, f"{case}-first")
    ask_for_days(scene, case, 1)
    ruling = RuleRequest(case=case, granted=True, opinion="once")
    scene.send(ruling, role="shift_leader")
    ask_for_days(scene, case, 2)


def ask_for_days(scene: Scene, case: str, days: int) -> None:
    until = scene.now() + timedelta(days=days)
    kind = RequestKind.EXTENSION
    scene.send(Ask(assignment=f"{case}-first", kind=kind, until=until, reason="parts"))


def choose(hand: Hand, case: str) -> None:
    """Click the decision; its page opens with an empty opinion."""
    hand.click(case, "decision")
    hand.console.wait_spot("button", "duty-opinion")
    wait_for(lambda: hand.console.words("duty-opinion") == "", "an empty opinion")


@contextmanager
def real_feed(scene: Scene, speed: int) -> Iterator[None]:
    """`python -m console.feed sim`, as the console starts it."""
    command = [sys.executable, "-m", "console.feed", "sim", "--api", scene.url, "--until-eof"]
    command += ["--token-file", str(scene.token_file), "--speed", str(speed), "--calls", "1"]
    command += ["--cache-dir", str(scene.token_file.parent)]
    feed = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert feed.stdin is not None
    try:
        yield
    finally:
        feed.stdin.close()
        feed.wait(timeout=30)


def about(scene: Scene, order: str) -> list[Event]:
    return [e for e in scene.log() if e.entity == f"assignment:{order}"]


def test_the_picker_says_why_a_bureau_may_not_have_it(scene: Scene, hand: Hand) -> None:
    bureau = next(u for u in scene.city.units.values() if u.kind is UnitKind.BUREAU)
    choose(hand, "R-2")
    hand.write("duty-opinion", "Try the bureau.")
    hand.click("duty-redirect")
    hand.console.wait_spot("button", "search-list")
    hand.mouse.type(bureau.name_en)
    wait_for(lambda: hand.console.words("search-list-field") == bureau.name_en, "the name typed")
    hand.key("Return")
    hand.key("Escape", "Escape")  # what was typed, then the picker
    hand.console.wait_gone("button", "search-list")
    # A positive control: the same page still rules.
    hand.click("duty-agree")
    scene.wait_event("case.returned", "R-2")
    assert not scene.events("case.ruled", "R-2")


def test_without_an_opinion_nothing_is_decided(scene: Scene, hand: Hand) -> None:
    choose(hand, "R-3")
    hand.key("ctrl+Return")
    hand.click("duty-refuse")
    hand.write("duty-opinion", "It stays where it is.")
    hand.click("duty-refuse")
    refused = scene.wait_event("case.return_refused", "R-3")
    assert refused.role == "duty_chief"
    assert refused.note["reason"] == "It stays where it is."
    assert len([e for e in scene.events("case.returned", "R-3") if e.role == "duty_chief"]) == 0


def test_keys_endorse_one_second_extension_and_refuse_another(scene: Scene, hand: Hand) -> None:
    for case, keys in (("X-1", "ctrl+Return"), ("X-2", "ctrl+shift+Return")):
        choose(hand, case)
        hand.write("duty-opinion", f"Looked at {case}.")
        hand.key(keys)
        kind = "case.request_endorsed" if case == "X-1" else "case.request_refused"
        told = scene.wait_event(kind, case)
        assert told.role == "duty_chief"
        assert told.note["opinion"] == f"Looked at {case}."
    assert scene.find("X-1").request is not None
    assert scene.find("X-2").request is None


def test_a_second_return_is_redirected_and_the_field_obeys(scene: Scene, hand: Hand) -> None:
    case = scene.find("R-1")
    district = scene.city.unit_of_area[case.district or ""]
    choose(hand, "R-1")
    hand.write("duty-opinion", "The district itself does it.")
    hand.click("duty-redirect")
    hand.console.wait_spot("button", "search-list")
    hand.mouse.type(district.name_en)
    wait_for(lambda: hand.console.words("search-list-field") == district.name_en, "the name typed")
    hand.key("Return")
    ruled = scene.wait_event("case.ruled", "R-1")
    assert ruled.role == "duty_chief"
    assert ruled.actor == "chief-1"
    assert ruled.note["reason"] == "The district itself does it."
    order = ruled.change["lead"]
    sent = next(e for e in about(scene, order) if e.type == "assignment.sent")
    assert sent.change["unit"] == district.code
    assert sent.change["ruled"] is True
    # The last test of this file: from here on simulated chiefs would rule what is left.
    # How long the work takes is drawn from the order's name: mostly hours, now and then a day.
    with real_feed(scene, speed=3600):
        wait_for(
            lambda: any(e.type == "assignment.done" for e in about(scene, order)),
            "the field to do what the chief ruled",
            seconds=120,
        )
    steps = [e.type.partition(".")[2] for e in about(scene, order)]
    assert "acknowledged" in steps
    assert not {"return_asked", "returned"} & set(steps)
