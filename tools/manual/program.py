"""The console on a virtual display, and a hand that finds things on it by their names."""

import json
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from console.paths import ROOT
from tools.manual.display import Display

T = TypeVar("T")

PATIENCE_S = 60.0


class NotThere(Exception):
    """What was looked for did not come."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is, in pixels of the display."""

    x: int
    y: int
    left: int
    top: int
    width: int
    height: int


def wait_for(ask: Callable[[], T | None], what: str, seconds: float = PATIENCE_S) -> T:
    """The first answer; raises `NotThere`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    raise NotThere(f"waited {seconds:.0f} s in vain for {what}")


@dataclass(frozen=True, slots=True)
class Program:
    """One running console."""

    display: Display
    probe: Path
    process: "subprocess.Popen[bytes]"

    def _ask(self, kind: str, name: str) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(10)
            try:
                line.connect(str(self.probe))
                line.sendall(json.dumps({"kind": kind, "id": name}).encode() + b"\n")
                found: dict[str, Any] = json.loads(line.makefile().readline() or "{}")
            except OSError:
                return {}
            return found

    def spot(self, kind: str, name: str) -> Spot | None:
        """Where it is now, None when it is not in sight."""
        if self.process.poll() is not None:
            raise NotThere("the console ended")
        told = self._ask(kind, name)
        if not told.get("found"):
            return None
        return Spot(*(told[key] for key in ("x", "y", "left", "top", "width", "height")))

    def wait(self, kind: str, name: str, seconds: float = PATIENCE_S) -> Spot:
        """Where it is, once it is there."""
        return wait_for(lambda: self.spot(kind, name), f"{kind} {name}", seconds)

    def words(self, name: str) -> str:
        """What a label or a button says, "" when it is not in sight."""
        return str(self._ask("button", name).get("words", ""))

    def click(self, kind: str, name: str) -> None:
        """Click its middle."""
        spot = self.wait(kind, name)
        self.display.click(spot.x, spot.y)

    def rest(self, seconds: float) -> None:
        """Let pages and charts finish; nobody tells when the last tile of a map is drawn."""
        time.sleep(seconds)


@contextmanager
def running_program(display: Display, data_dir: Path, *words: str) -> Iterator[Program]:
    """`main.py` in its own process until the block ends."""
    probe = Path(tempfile.gettempdir()) / f"baton-manual-{uuid.uuid4().hex}"
    command = [sys.executable, "main.py", "--data-dir", str(data_dir), "--probe", str(probe)]
    # Chromium has much to say about a display without a graphics card.
    said = (data_dir / "stderr").open("wb")
    process = subprocess.Popen([*command, *words], cwd=ROOT, env=display.environment(), stderr=said)
    try:
        yield Program(display, probe, process)
    except NotThere as error:
        told = (data_dir / "stderr").read_text(encoding="utf-8", errors="replace")
        raise NotThere(f"{error}; the console said: {told[-2000:]}") from error
    finally:
        said.close()
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
        probe.unlink(missing_ok=True)
