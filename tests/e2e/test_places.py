"""Real keys and a real mouse go from screen to screen; a window of its own opens, closes and is remembered."""

import pytest

from tests.e2e.program import Console, wait_for
from tests.e2e.screen import Mouse


def gone(console: Console, kind: str, name: str) -> None:
    wait_for(lambda: console.ask(kind, name).get("found") is False, f"{kind} {name} to go")


@pytest.fixture
def desk(console: Console, mouse: Mouse) -> None:
    mouse.click(*console.wait_spot("screen", "desk").at)
    console.wait_spot("panel", "queue")


@pytest.mark.usefixtures("desk")
def test_keys_and_tabs_lead_from_screen_to_screen(console: Console, mouse: Mouse) -> None:
    mouse.key("ctrl+4")
    gone(console, "panel", "queue")
    mouse.click(*console.wait_spot("screen", "desk").at)
    console.wait_spot("panel", "queue")


@pytest.mark.usefixtures("desk")
def test_esc_leads_back_from_the_wall(console: Console, mouse: Mouse) -> None:
    mouse.click(*console.wait_spot("screen", "wall").at)
    gone(console, "screen", "desk")
    mouse.key("Escape")
    console.wait_spot("screen", "desk")
    console.wait_spot("panel", "queue")


@pytest.mark.usefixtures("desk")
def test_over_the_wall_the_mouse_finds_the_menu(console: Console, mouse: Mouse) -> None:
    mouse.key("ctrl+2")
    gone(console, "screen", "desk")
    mouse.move(700, 500)
    mouse.move(720, 520)
    console.wait_spot("button", "bare-menu-button")
    mouse.key("Escape")
    console.wait_spot("panel", "queue")


@pytest.mark.usefixtures("desk")
def test_a_screen_that_the_role_does_not_see_is_not_entered(console: Console, mouse: Mouse) -> None:
    mouse.key("ctrl+3")
    console.wait_spot("panel", "queue")
    assert console.spot("screen", "duty") is None


@pytest.mark.usefixtures("desk")
def test_a_screen_goes_into_a_window_of_its_own_and_back(console: Console, mouse: Mouse) -> None:
    mouse.key("ctrl+4")
    gone(console, "panel", "queue")
    console.wait_active("incident")
    mouse.key("ctrl+shift+t")
    console.wait_spot("button", "torn-incident")
    console.wait_active("incident")
    console.wait_spot("panel", "queue")
    tab = console.wait_spot("screen", "incident")
    mouse.key("ctrl+shift+t")
    console.wait_gone("button", "torn-incident")
    back = wait_for(
        lambda: (s := console.spot("screen", "incident")) is not None and s.width < tab.width and s,
        "the tab without its arrow",
    )
    mouse.click(*back.at)
    gone(console, "panel", "queue")
