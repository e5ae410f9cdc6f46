"""What cannot be used is refused with words: areas, reports while offline, scenario files."""

import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.place import Position
from console.replay.scenario import cut, write_scenario
from console.replay.timeline import Timeline
from tests.e2e.hand import Hand
from tests.e2e.made_day import DATE, MadeDay
from tests.e2e.program import wait_for
from tests.e2e.scene import Scene
from tests.e2e.sheet import text_of


@pytest.fixture(scope="module")
def hand(scene: Scene, open_hand: Callable[..., Hand]) -> Hand:
    category = next(c.code for c in scene.city.categories.values() if not c.hazard)
    scene.case("B-1", Position(110.3466, 20.0291), category)
    chief = open_hand(scene, "--role", "emergency", "--screen", "incident", "--lang", "zh")
    chief.console.wait_spot("pin", "B-1")  # the map's page is there
    return chief


def polygon(hand: Hand, corners: list[tuple[float, float]]) -> None:
    """Click corners, given in shares of the map, and the first again to close.

    Twice: where the page took out its tool only after the first click, the second closes.
    """
    spot = hand.console.wait_spot("panel", "map")
    hand.click("incident-polygon")
    points = [
        (spot.left + round(x * spot.width), spot.top + round(y * spot.height)) for x, y in corners
    ]
    for point in [*points, points[0], points[0]]:
        hand.mouse.click(*point)
    hand.console.wait_spot("button", "incident-start")


def test_an_outline_that_crosses_itself_is_refused(scene: Scene, hand: Hand) -> None:
    polygon(hand, [(0.4, 0.4), (0.7, 0.7), (0.7, 0.4), (0.4, 0.55)])
    assert "相交" in hand.console.words("incident-fault")
    hand.click("incident-confirm-start")
    hand.click("incident-name")
    hand.key("Return")
    hand.click("incident-cancel-start")
    hand.console.wait_gone("button", "incident-start")
    assert not scene.of_type("incident.started")


def test_an_outline_outside_the_city_is_refused(scene: Scene, hand: Hand) -> None:
    polygon(hand, [(0.02, 0.9), (0.06, 0.9), (0.06, 0.94)])
    assert "本市" in hand.console.words("incident-fault")
    hand.click("incident-confirm-start")
    hand.click("incident-cancel-start")
    hand.console.wait_gone("button", "incident-start")
    assert not scene.of_type("incident.started")


def test_a_good_outline_starts_an_incident(scene: Scene, hand: Hand) -> None:
    """The positive control of the two before."""
    polygon(hand, [(0.45, 0.45), (0.55, 0.45), (0.55, 0.55), (0.45, 0.55)])
    assert hand.console.words("incident-fault") == ""
    hand.write("incident-name", "Test")
    hand.click("incident-confirm-start")
    assert scene.wait_type("incident.started").change["name"] == "Test"
    assert len(scene.of_type("incident.started")) == 1


def test_offline_nothing_is_reported(scene: Scene, hand: Hand, tmp_path: Path) -> None:
    console = hand.console
    hand.click("incident-report")
    console.wait_spot("button", "incident-report-send")
    assert console.words("incident-report-fault") == ""  # the positive control: live, it may go up
    scene.stop()
    wait_for(lambda: console.words("incident-report-fault"), "why it cannot go up")
    hand.click("incident-report-send")
    draft = tmp_path / "draft.pdf"
    hand.click("incident-report-draft")
    hand.file(draft)
    wait_for(draft.exists, "the draft")
    assert "离线" in text_of(draft)
    assert console.process.poll() is None


@pytest.fixture(scope="module")
def scenario(made_day: MadeDay) -> Path:
    """A good one, an hour long."""
    _, moment = made_day.left_waiting()
    hour = timedelta(minutes=30)
    timeline = Timeline(made_day.recording, made_day.city)
    file = made_day.folder / "good.batonscenario"
    write_scenario(cut(timeline, moment - hour, moment + hour, "Evening"), file)
    return file


@pytest.fixture(scope="module")
def trainee(scene: Scene, hand: Hand, made_day: MadeDay, open_hand: Callable[..., Hand]) -> Hand:
    hand.console.close()  # two programs on one display would share the keyboard
    words = ("--role", "dispatcher", "--screen", "training", "--lang", "zh")
    return open_hand(scene, *words, data=made_day.folder)


def newer(good: Path, bad: Path) -> None:
    """The same as a later program would write it."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "about.json":
                content = json.dumps(json.loads(content) | {"format": 99}).encode()
            new.writestr(name, content)


def test_a_bad_scenario_is_refused_and_the_next_one_opens(
    trainee: Hand, scenario: Path, tmp_path: Path
) -> None:
    cut_short, later = tmp_path / "short.batonscenario", tmp_path / "later.batonscenario"
    cut_short.write_bytes(scenario.read_bytes()[: scenario.stat().st_size // 2])
    newer(scenario, later)
    trainee.console.wait_spot("day", DATE)
    for file, words in ((cut_short, ("不完整", "重新复制")), (later, ("更新的版本", "升级"))):
        trainee.click("training-open-file")
        trainee.file(file)
        said = wait_for(lambda file=file: told(trainee, file), f"what is wrong with {file.name}")
        assert all(word in said for word in words)
        assert trainee.console.spot("button", "calendar-map") is not None
    trainee.click("training-open-file")
    trainee.file(scenario)
    trainee.console.wait_spot("button", "training-take-over")


def told(hand: Hand, file: Path) -> str:
    """What the banner says of a file, "" while it says nothing."""
    said = hand.console.words("banner")
    return said if said.startswith(file.name) else ""
