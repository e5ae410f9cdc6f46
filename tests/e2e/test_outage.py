"""The centre dies, then the console too: what was given is kept, goes once, and an old order is asked again."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from console.domain.place import Position
from console.geo.city import load_city
from console.paths import DEFAULT_CITY
from tests.central_process import Central, start_central
from tests.e2e.hand import Hand
from tests.e2e.program import wait_for
from tests.e2e.scene import Scene

PLACE = Position(110.3466, 20.0291)
OLD, YOUNG, SURE = "O-old", "O-young", "O-sure"


@dataclass
class Plant:
    """A centre that can be killed and started again at the same address, and the consoles on it."""

    folder: Path
    open_hand: Callable[..., Hand]
    data: Path
    central: Central = field(init=False)
    scene: Scene = field(init=False)
    hand: Hand = field(init=False)

    def start_centre(self, port: int = 0) -> None:
        self.central = start_central(self.folder, DEFAULT_CITY, port=port)
        api = self.central.api("field", "test:field")
        city, process = load_city(DEFAULT_CITY), self.central.process
        self.scene = Scene(self.central.url, self.central.token_file, api, city, process)

    def restart_centre(self) -> None:
        self.start_centre(urlsplit(self.central.url).port or 0)

    def start_console(self) -> None:
        self.hand = self.open_hand(self.scene, "--lang", "zh", data=self.data)

    def give(self, case: str) -> None:
        """To the unit that is proposed first."""
        self.hand.click(case, "row")
        self.hand.console.wait_spot("panel", "first-unit")
        self.hand.key("d", "q")

    def outbox(self) -> sqlite3.Connection:
        (file,) = self.data.glob("outbox-*.db")
        return sqlite3.connect(file)

    def kept(self) -> dict[str, str]:
        """Case → where its order is, as the console's disk has it."""
        with closing(self.outbox()) as outbox:
            rows = outbox.execute("SELECT envelope, tick FROM outbox").fetchall()
        found = {bytes(body).decode(): tick for body, tick in rows}
        cases = (OLD, YOUNG, SURE)
        return {case: tick for body, tick in found.items() for case in cases if case in body}


@pytest.fixture(scope="module")
def plant(
    tmp_path_factory: pytest.TempPathFactory, open_hand: Callable[..., Hand]
) -> Iterator[Plant]:
    made = Plant(
        tmp_path_factory.mktemp("plant") / "central", open_hand, tmp_path_factory.mktemp("console")
    )
    made.start_centre()
    category = next(c.code for c in made.scene.city.categories.values() if not c.hazard)
    for case in (OLD, YOUNG, SURE):
        made.scene.case(case, PLACE, category)
    made.start_console()
    yield made
    if made.central.process.poll() is None:
        made.central.stop()


def test_what_the_centre_took_is_known_on_the_consoles_disk(plant: Plant) -> None:
    plant.hand.console.wait_words("age", "实时")
    plant.give(SURE)
    plant.scene.wait_event("assignment.sent", SURE)
    wait_for(lambda: plant.kept() == {SURE: "committed"}, "the second tick on disk")


def test_without_a_centre_orders_are_kept_and_the_picture_says_how_old_it_is(plant: Plant) -> None:
    plant.central.kill()
    plant.give(OLD)
    plant.give(YOUNG)
    wait_for(
        lambda: plant.kept() == {SURE: "committed", OLD: "stored", YOUNG: "stored"}, "both on disk"
    )
    wait_for(lambda: "实时" not in plant.hand.console.words("age"), "the picture to be stale")
    wait_for(lambda: "已断开" in plant.hand.console.words("age"), "the console to be offline")


def test_after_the_death_of_the_console_the_old_order_is_asked_and_goes_once(plant: Plant) -> None:
    plant.hand.console.process.kill()
    plant.hand.console.process.wait(20)
    before = (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    with closing(plant.outbox()) as outbox, outbox:
        change = "UPDATE outbox SET stored_at = ? WHERE CAST(envelope AS TEXT) LIKE ?"
        outbox.execute(change, (before, f"%{OLD}%"))
        now = datetime.now(UTC).isoformat()
        outbox.execute(change, (now, f"%{YOUNG}%"))
    plant.restart_centre()
    plant.start_console()
    plant.scene.wait_event("assignment.sent", YOUNG)
    wait_for(lambda: plant.kept()[OLD] == "held", "the old order to be put before the operator")
    assert not plant.scene.events("assignment.sent", OLD)
    plant.hand.click("held-orders")
    listed = plant.hand.console.wait_spot("button", "held-list")
    plant.hand.mouse.click(listed.left + 200, listed.top + 14)
    plant.hand.key("space")
    plant.hand.click("held-send")
    plant.scene.wait_event("assignment.sent", OLD)
    wait_for(lambda: set(plant.kept().values()) == {"committed"}, "every order's second tick")
    for case in (OLD, YOUNG, SURE):
        assert len(plant.scene.events("assignment.sent", case)) == 1


def test_live_again_and_told_what_the_restored_log_has_lost(plant: Plant, tmp_path: Path) -> None:
    """The administrator puts an empty log in the place of the old one, with another life."""
    console = plant.hand.console
    console.wait_words("age", "实时")
    plant.central.kill()
    plant.folder = tmp_path / "central"
    plant.restart_centre()
    wait_for(lambda: console.ask("button", "notice").get("found"), "the notices")
    console.wait_words("notice-words-epoch", "日志")
    wait_for(lambda: set(plant.kept().values()) == {"lost"}, "all three orders to be known as lost")
    plant.hand.click("notice-ok-epoch")
    console.wait_gone("button", "notice-words-epoch")
