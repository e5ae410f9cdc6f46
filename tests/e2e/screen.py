"""A virtual screen and a real mouse on it."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

DOUBLE_CLICK_S = 0.5
"""Two presses within this time belong together, to Qt and to the page."""


@contextmanager
def virtual_screen(width: int = 1920, height: int = 1080) -> Iterator[str]:
    """An Xvfb of its own, on a display number that it chooses; gives the DISPLAY to use."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            f"{width}x{height}x24",
            "-nolisten",
            "tcp",
        ],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start; is it installed?"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=10)


class Mouse:
    """xdotool on one display; every act waits until the X server has done it."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self._at: tuple[int, int] | None = None
        self._clicked: tuple[tuple[int, int], float] | None = None

    def _do(self, *words: str | int) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True, timeout=20)

    def move(self, x: int, y: int) -> None:
        """Asked to go where it is already, xdotool would wait 15 s for the pointer to move."""
        if self._at != (x, y):
            self._do("mousemove", "--sync", x, y)
            self._at = x, y

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.move(x, y)
        self._do("click", button)
        self._clicked = (x, y), time.monotonic()

    def double_click(self, x: int, y: int) -> None:
        self.move(x, y)
        self._do("click", "--repeat", 2, "--delay", 60, 1)

    def press(self, x: int, y: int) -> None:
        """Not so soon after a click at the same place that the two would be a double click."""
        self.move(x, y)
        if self._clicked is not None and self._clicked[0] == (x, y):
            time.sleep(max(0.0, self._clicked[1] + DOUBLE_CLICK_S - time.monotonic()))
        self._do("mousedown", 1)

    def release(self) -> None:
        self._do("mouseup", 1)

    def glide(self, start: tuple[int, int], end: tuple[int, int], steps: int = 12) -> None:
        """Move with the button as it is, in steps as a hand does."""
        for step in range(1, steps + 1):
            x = round(start[0] + (end[0] - start[0]) * step / steps)
            y = round(start[1] + (end[1] - start[1]) * step / steps)
            self._do("mousemove", x, y)
            self._at = x, y

    def key(self, name: str) -> None:
        self._do("key", name)

    def type(self, text: str) -> None:
        self._do("type", "--delay", 20, text)

    def scroll(self, up: bool) -> None:
        self._do("click", 4 if up else 5)
