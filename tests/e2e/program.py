"""The whole program under test: a central API, the console in its own process, and questions to its window."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40


def wait_for(found: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> Any:
    """Ask again and again until the answer is true; fails with what was waited for."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = found()
        if answer:
            return answer
        time.sleep(0.05)  # between two questions; nothing is ever assumed to have happened
    raise AssertionError(f"waited {seconds} s in vain for {what}")


@dataclass(frozen=True)
class Spot:
    """Where something is, in screen pixels."""

    x: int
    y: int
    left: int
    top: int
    width: int
    height: int

    @property
    def at(self) -> tuple[int, int]:
        return self.x, self.y


class Console:
    """`main.py` in its own process on a display, connected to a given central API (None: to none given).

    Without a token file somebody has to log in.
    """

    program: tuple[str, ...] = ("main.py",)
    errors: IO[bytes] | None = None
    """Where its standard error goes; None: to ours."""

    def __init__(
        self,
        display: str,
        url: str | None,
        token_file: Path | None,
        data_dir: Path,
        *extra: str,
    ) -> None:
        self._name = str(Path(tempfile.gettempdir()) / f"baton-probe-{uuid.uuid4().hex}")
        command = [sys.executable, *self.program]
        if url is not None:
            command += ["--api", url]
        if token_file is not None:
            command += ["--token-file", str(token_file)]
        command += ["--data-dir", str(data_dir), "--probe", self._name, *extra]
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=self.errors)

    def close(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(timeout=15)
        finally:
            self.process.kill()
            Path(self._name).unlink(missing_ok=True)

    def ask(self, kind: str, name: str) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(10)
            try:
                line.connect(self._name)
                line.sendall(json.dumps({"kind": kind, "id": name}).encode() + b"\n")
                answer: dict[str, Any] = json.loads(line.makefile().readline() or "{}")
                return answer
            except OSError:
                return {}

    def spot(self, kind: str, name: str) -> Spot | None:
        answer = self.ask(kind, name)
        if not answer.get("found"):
            return None
        return Spot(*(answer[key] for key in ("x", "y", "left", "top", "width", "height")))

    def words(self, name: str) -> str:
        """What a visible widget of this object name says; "" when it says nothing or is not in sight."""
        return str(self.ask("button", name).get("words", ""))

    def wait_words(self, name: str, part: str) -> str:
        """What it says, once that holds these words."""
        wait_for(lambda: part in self.words(name), f"{part!r} in {name}")
        return self.words(name)

    def wait_active(self, screen: str) -> None:
        """Until the window that shows this screen has the keyboard: a key pressed before goes elsewhere."""
        wait_for(lambda: self.ask("active", screen).get("found"), f"the keyboard for {screen}")

    def wait_gone(self, kind: str, name: str) -> None:
        """Until it is not in sight any more."""
        wait_for(lambda: self.ask(kind, name).get("found") is False, f"{kind} {name} to go")

    def wait_spot(self, kind: str, name: str) -> Spot:
        """Where it is, once it is visible and has stopped moving."""
        before: Spot | None = None

        def still() -> Spot | None:
            nonlocal before
            assert self.process.poll() is None, "the console ended"
            now = self.spot(kind, name)
            same, before = now is not None and now == before, now
            return now if same else None

        found: Spot = wait_for(still, f"{kind} {name} on the screen")
        return found
