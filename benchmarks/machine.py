"""The machine a figure was measured on, and a virtual screen to measure on."""

import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def machine() -> dict[str, Any]:
    """What a reader needs to compare figures."""
    return {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


@contextmanager
def screen(width: int = 1920, height: int = 1080) -> Iterator[dict[str, str]]:
    """The environment with a display: the one there is, else an Xvfb for the time being."""
    if os.environ.get("DISPLAY"):
        yield dict(os.environ)
        return
    read, write = os.pipe()
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        yield {**os.environ, "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(timeout=10)
