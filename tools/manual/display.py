"""A virtual display with a mouse, a keyboard and a camera."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.paths import ROOT

_HAND_S = 20
"""How long one act of the hand may take, seconds."""


@dataclass(frozen=True, slots=True)
class Display:
    """One X display, by the name that `DISPLAY` takes; places are pixels from its corner."""

    name: str
    width: int
    height: int

    def environment(self) -> dict[str, str]:
        """For a program that is to show itself here."""
        return {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move there and click."""
        self._do("mousemove", "--sync", x, y, "click", button)

    def press(self, x: int, y: int) -> None:
        """Move there and hold the button down."""
        self._do("mousemove", "--sync", x, y, "mousedown", 1)

    def glide(self, start: tuple[int, int], end: tuple[int, int], steps: int = 16) -> None:
        """Move as a hand does, with the button as it is."""
        for step in range(1, steps + 1):
            x = round(start[0] + (end[0] - start[0]) * step / steps)
            y = round(start[1] + (end[1] - start[1]) * step / steps)
            self._do("mousemove", x, y)
            time.sleep(0.02)

    def release(self) -> None:
        """Let the button go."""
        self._do("mouseup", 1)

    def park(self) -> None:
        """Put the pointer where nothing answers to it."""
        self._do("mousemove", self.width - 1, self.height - 1)

    def key(self, *names: str) -> None:
        """Press keys, one after the other."""
        for name in names:
            self._do("key", name)

    def type(self, words: str) -> None:
        """Type ASCII words."""
        self._do("type", "--delay", 20, words)

    def photograph(self, file: Path) -> None:
        """What is on the display now, as a lossless picture; raises CalledProcessError."""
        command = [sys.executable, "-m", "tools.manual.camera", str(file)]
        subprocess.run(command, cwd=ROOT, env=self.environment(), check=True, timeout=60)

    def _do(self, *words: str | int) -> None:
        command = ["xdotool", *map(str, words)]
        subprocess.run(command, env=self.environment(), check=True, timeout=_HAND_S)


@contextmanager
def virtual_display(width: int, height: int) -> Iterator[Display]:
    """An Xvfb of its own, on a number that it chooses."""
    read, write = os.pipe()
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start; is it installed?")
        yield Display(f":{number}", width, height)
    finally:
        server.terminate()
        server.wait(timeout=10)
