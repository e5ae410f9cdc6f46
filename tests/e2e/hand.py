"""A hand at one console: finds a thing on the screen, then clicks it, writes into it, carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from console.domain.role import SCREENS
from tests.e2e.program import Console, Spot, wait_for
from tests.e2e.screen import Mouse


@dataclass(frozen=True)
class Hand:
    """Real mouse and keys; it waits for what it reaches for."""

    console: Console
    mouse: Mouse

    def click(self, name: str, kind: str = "button") -> Spot:
        """Click the middle of a thing; where that was."""
        spot = self.console.wait_spot(kind, name)
        self.mouse.click(*spot.at)
        return spot

    def key(self, *names: str) -> None:
        """Press keys, one after the other."""
        for name in names:
            self.mouse.key(name)

    def go(self, screen: str) -> None:
        """To a screen by its key, until its window has the keyboard."""
        self.key(f"ctrl+{SCREENS.index(screen) + 1}")
        self.console.wait_active(screen)

    def give_back(self, screen: str) -> None:
        """A window of its own that has the keyboard back into the main one."""
        self.key("ctrl+shift+t")
        self.console.wait_gone("button", f"torn-{screen}")

    def tear(self, screen: str) -> None:
        """The screen that has the keyboard into a window of its own, until that one has it."""
        self.key("ctrl+shift+t")
        self.console.wait_spot("button", f"torn-{screen}")
        self.console.wait_active(screen)

    def switch_language(self) -> None:
        """By the menu: above help, about and the end."""
        self.open_menu()
        self.key("Up", "Up", "Up", "Up", "Return")

    def open_menu(self) -> None:
        """The window's menu, which has the keyboard then."""
        self.click("menu-button")
        self.console.wait_spot("button", "menu")

    def write(self, name: str, words: str) -> None:
        """Put words into a field in the place of what stands there."""
        self.click(name)
        self.mouse.key("ctrl+a")
        self.mouse.type(words)
        wait_for(lambda: self.console.words(name) == words, f"{words!r} in {name}")

    def file(self, path: Path) -> None:
        """Give a file dialog its file."""
        self.console.wait_spot("button", "QFileDialog")
        self.console.wait_spot("button", "fileNameEdit")
        self.mouse.key("ctrl+a")
        self.mouse.type(str(path))
        wait_for(lambda: self.console.words("fileNameEdit") == str(path), f"{path} in the dialog")
        self.mouse.key("Return")
        self.console.wait_gone("button", "QFileDialog")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Carry something to another place and let it go there."""
        leave = (start[0] + 24, start[1] + 4)
        self.mouse.press(*start)
        self.mouse.glide(start, leave, steps=6)
        wait_for(lambda: self.console.ask("drag", "").get("found"), "the drag to begin")
        self.mouse.glide(leave, end)
        self.mouse.release()
        wait_for(lambda: not self.console.ask("drag", "").get("found"), "the drag to end")

    def draw(self, corners: Sequence[tuple[int, int]]) -> None:
        """Draw a line with the button held down, through all corners; it rests at each, as a hand does.

        What passes a corner in one frame is told of before it and behind it only.
        """
        self.mouse.press(*corners[0])
        for start, end in pairwise(corners):
            self.mouse.glide(start, end, steps=5)
            self.mouse.glide((end[0] + 2, end[1]), end, steps=20)
        self.mouse.release()
