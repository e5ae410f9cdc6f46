"""Somebody comes in by mouse and keys, looks at a citizen's number, is thrown out, comes back, and leaves."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.client.api import Api
from console.domain.place import Position
from console.paths import DEFAULT_CITY
from tests.e2e.hand import Hand
from tests.e2e.program import ROOT, Console, wait_for
from tests.e2e.scene import TOKEN, Scene, start_scene
from tests.e2e.screen import Mouse

PLACE = Position(110.3466, 20.0291)
LOGIN, PASSWORD, NEXT = "wang", "a-long-new-one", "another-long-one"
NUMBER, MASKED = "13800000000", "138****0000"


@dataclass
class Centre:
    """A centre with one person in it, who was handed a one-time password."""

    scene: Scene
    one_time: str
    admin: Api

    def hand_password(self) -> str:
        """The administrator gives them a new one, which ends their sessions."""
        wish = {"name": "王敏", "roles": ["dispatcher", "shift_leader"], "hand_password": True}
        answer = self.admin.request("PUT", f"/v1/people/{LOGIN}", body=wish)
        return str(answer.json()["one_time"])

    def reveals(self) -> list[dict[str, str]]:
        """Who saw a citizen's data in full, and why."""
        auditor = Api(self.scene.url, TOKEN, "test:auditor", "auditor")
        entries = auditor.request("GET", "/v1/private/access").json()["entries"]
        return [entry for entry in entries if entry["what"] == "reveal"]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("central")
    words = ["--name", "王敏", "--roles", "dispatcher,shift_leader"]
    place = ["--data-dir", str(folder), "--city", str(DEFAULT_CITY)]
    command = [sys.executable, "-m", "console.central", "people", "add", LOGIN, *words, *place]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=True)
    with start_scene(folder) as scene:
        category = next(c.code for c in scene.city.categories.values() if not c.hazard)
        for case in ("L-1", "L-2"):
            scene.case(case, PLACE, category)
        admin = Api(scene.url, TOKEN, "test:admin", "admin")
        yield Centre(scene, json.loads(told.stdout)["one_time"], admin)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("console")


@pytest.fixture(scope="module")
def hand(display: str, mouse: Mouse, centre: Centre, data: Path) -> Iterator[Hand]:
    """At a console on which nobody is in yet."""
    program = Console(display, centre.scene.url, None, data, "--seat", "seat-7", "--lang", "zh")
    try:
        yield Hand(program, mouse)
    finally:
        program.close()


def log_in(hand: Hand, password: str) -> None:
    hand.write("login-password", password)
    hand.click("login-go")


def change_password(hand: Hand, one_time: str, new: str) -> None:
    """The page on which a one-time password leads."""
    hand.console.wait_spot("button", "login-new")
    assert hand.console.words("login-old") == one_time
    hand.write("login-new", new)
    hand.write("login-again", new)
    hand.click("login-password-go")


def test_a_wrong_password_is_told_and_nothing_is_seen(hand: Hand) -> None:
    hand.write("login-name", LOGIN)
    log_in(hand, "not-the-right-one")
    hand.console.wait_words("login-said", "不对")
    assert hand.console.spot("panel", "queue") is None


def test_the_one_time_password_must_be_changed_and_a_role_chosen(
    hand: Hand, centre: Centre
) -> None:
    console = hand.console
    log_in(hand, centre.one_time)
    change_password(hand, centre.one_time, PASSWORD)
    console.wait_spot("button", "login-roles")
    hand.key("Down", "Return")
    console.wait_spot("panel", "queue")
    # A shift leader's screen, which a dispatcher has no tab for.
    console.wait_spot("screen", "duty")


def test_a_number_is_masked_and_shown_for_a_reason_that_is_on_record(
    hand: Hand, centre: Centre
) -> None:
    console = hand.console
    hand.click("L-1", "row")
    console.wait_words("citizen", MASKED)
    assert NUMBER not in console.words("citizen")
    assert centre.reveals() == []
    hand.click("private-reveal")
    hand.click("reason-ok")
    console.wait_words("citizen", NUMBER)
    seen = console.words("private-reveal")
    (entry,) = centre.reveals()
    assert (entry["case"], entry["role"]) == ("L-1", "shift_leader")
    assert LOGIN in entry["seat"]
    assert entry["why"]
    wait_for(lambda: console.words("private-reveal") != seen, "the seconds to count down")
    hand.click("L-2", "row")
    console.wait_words("citizen", MASKED)
    hand.click("L-1", "row")
    console.wait_words("citizen", MASKED)
    assert len(centre.reveals()) == 1


def test_whom_the_administrator_ends_is_asked_over_the_picture(hand: Hand, centre: Centre) -> None:
    console = hand.console
    hand.click("private-reveal")
    hand.click("reason-ok")
    console.wait_words("citizen", NUMBER)
    one_time = centre.hand_password()
    console.wait_words("login-why", "失效")
    console.wait_spot("panel", "queue")
    assert console.words("login-name") == LOGIN
    # Whoever sits there now is not known: nothing stands there in full any more.
    console.wait_words("citizen", MASKED)
    log_in(hand, PASSWORD)
    console.wait_words("login-said", "不对")
    log_in(hand, one_time)
    change_password(hand, one_time, NEXT)
    console.wait_gone("button", "login-why")
    case = centre.scene.case("L-3", PLACE, next(iter(centre.scene.city.categories)))
    console.wait_spot("row", case)


def test_logged_out_nothing_is_left_to_see(hand: Hand, data: Path) -> None:
    console = hand.console
    hand.click("L-1", "row")
    hand.open_menu()
    hand.key("Up", "Up", "Return")
    console.wait_spot("button", "login-go")
    console.wait_gone("panel", "queue")
    log_in(hand, NEXT)
    console.wait_spot("panel", "queue")  # in the role chosen last, without being asked again
    for file in data.rglob("*"):
        if file.is_file():
            assert NUMBER.encode() not in file.read_bytes()
            assert NEXT.encode() not in file.read_bytes()
