"""A recorded day is watched, taken over and played differently; the live centre hears nothing of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from console.domain.place import Position
from tests.e2e.hand import Hand
from tests.e2e.made_day import DATE, MadeDay
from tests.e2e.program import Console, wait_for
from tests.e2e.scene import Scene
from tests.e2e.screen import Mouse

LIVE_CASE = "L-1"


@pytest.fixture(scope="module")
def hand(scene: Scene, made_day: MadeDay, open_hand: Callable[..., Hand]) -> Hand:
    category = next(c.code for c in scene.city.categories.values() if not c.hazard)
    scene.case(LIVE_CASE, Position(110.3466, 20.0291), category)
    words = ("--role", "shift_leader", "--screen", "training", "--seat", "trainee")
    return open_hand(scene, *words, data=made_day.folder)


@pytest.fixture(scope="module")
def before(scene: Scene, hand: Hand) -> int:
    """The length of the live log before anything is trained."""
    hand.console.wait_spot("day", DATE)
    return scene.api.health().rev


def clock(console: Console) -> int:
    """Seconds of the replay's local day."""
    said = console.words("training-clock")
    hours, minutes, seconds = (int(part) for part in said.split(":")) if said else (-1, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def choose_speed(hand: Hand, rate: int) -> None:
    """Click faster until the list says so."""
    for _ in range(12):
        if hand.console.words("training-speed").split()[0] == str(rate):
            return
        said = hand.console.words("training-speed")
        hand.click("training-faster")
        wait_for(lambda said=said: hand.console.words("training-speed") != said, "another speed")
    raise AssertionError(f"{rate}× was never offered")


def play(hand: Hand, rate: int, seconds: int) -> None:
    """Play so many seconds of the day, then pause."""
    choose_speed(hand, rate)
    begun = clock(hand.console)
    hand.click("training-play")
    wait_for(lambda: clock(hand.console) - begun >= seconds, f"{seconds} s of the day")
    hand.click("training-play")
    wait_for(lambda: (here := clock(hand.console)) == clock(hand.console) and here, "the pause")


@pytest.mark.usefixtures("before")
def test_a_day_is_chosen_and_played(hand: Hand) -> None:
    hand.click(DATE, "day")
    hand.click("training-play-0")
    hand.console.wait_spot("button", "training-take-over")
    wait_for(lambda: clock(hand.console) == 8 * 3600, "the morning shift")
    hand.console.wait_spot("panel", "queue")
    play(hand, rate=60, seconds=120)


def test_a_click_on_the_bar_seeks(hand: Hand, made_day: MadeDay) -> None:
    _, moment = made_day.left_waiting()
    hand.click(str(made_day.fraction(moment)), "transport")
    local = moment.astimezone(made_day.city.tz)
    wanted = local.hour * 3600 + local.minute * 60 + local.second
    wait_for(lambda: abs(clock(hand.console) - wanted) <= 60, f"{local:%H:%M}")


def test_another_order_than_historys_stands_in_the_comparison(
    hand: Hand, made_day: MadeDay
) -> None:
    case, moment = made_day.left_waiting()
    console = hand.console
    hand.click("training-take-over")
    console.wait_spot("button", "training-end")
    hand.click(case, "row")
    unit = console.wait_spot("unit", made_day.other_unit(case, moment))
    hand.drag(console.wait_spot("row", case).at, unit.at)
    console.wait_gone("row", case)
    play(hand, rate=600, seconds=60 * 60)
    hand.click("training-end")
    console.wait_spot("difference", case)


def test_the_live_log_is_as_it_was(scene: Scene, hand: Hand, before: int) -> None:
    told = scene.log()[before:]
    assert {event.kind for event in told} <= {"clock", "day"}
    for file in hand_folder(hand).glob("outbox-*.db"):
        with closing(sqlite3.connect(file)) as outbox:
            assert outbox.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


def hand_folder(hand: Hand) -> Path:
    words = list(hand.console.process.args)  # type: ignore[arg-type]
    return Path(words[words.index("--data-dir") + 1])


def test_the_same_hands_write_to_it_at_the_live_desk(scene: Scene, hand: Hand) -> None:
    hand.click("training-leave")
    hand.console.wait_spot("day", DATE)
    hand.key("ctrl+1")
    hand.click(LIVE_CASE, "row")
    hand.console.wait_spot("panel", "first-unit")
    hand.key("d", "q")
    assert scene.wait_event("assignment.sent", LIVE_CASE).actor == "trainee"


def test_a_trainer_has_no_centre_and_no_outbox(
    display: str, mouse: Mouse, made_day: MadeDay, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    (folder / made_day.file.parent.name).mkdir(parents=True)
    (folder / made_day.file.parent.name / made_day.file.name).hardlink_to(made_day.file)
    trainer = Hand(Console(display, None, None, folder, "--role", "trainer"), mouse)
    try:
        trainer.click(DATE, "day")
        trainer.click("training-play-0")
        trainer.console.wait_spot("button", "training-take-over")
        children = psutil.Process(trainer.console.process.pid).children(recursive=True)
        modules = {word for child in children for word in child.cmdline()}
        assert "console.central" not in modules
        assert not list(folder.glob("outbox-*"))
        assert not (folder / "run").exists()
    finally:
        trainer.console.close()
