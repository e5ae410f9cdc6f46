"""What each process of the program takes, by kind, and how long it has worked."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

_KINDS = (
    ("console.central", "central"),
    ("console.feed", "feed"),
    ("--type=zygote", "zygote"),
    ("--type=gpu", "gpu"),
    ("--type=utility", "utility"),
    ("--type=renderer", "renderer"),
)
"""A word of the command line, and the kind that it tells; the first process is the GUI."""


def measure(root: int, renderers: Mapping[str, int]) -> dict[str, Any]:
    """PSS in MiB and processor seconds by kind; `renderers` names the maps' processes by their screens.

    `own_mib` is the PSS without mapped files: other programs that map the same libraries come and
    go, and with each the PSS of all moves by some MiB.

    Raises `psutil.NoSuchProcess` when the program has ended.
    """
    names = {pid: f"renderer {screen}" for screen, pid in renderers.items()}
    program = psutil.Process(root)
    pss: dict[str, float] = defaultdict(float)
    own: dict[str, float] = defaultdict(float)
    cpu: dict[str, float] = defaultdict(float)
    for process in (program, *program.children(recursive=True)):
        try:
            kind = names.get(process.pid) or _kind(process, root)
            shares = _shares(process.pid)
            pss[kind] += shares["Pss"]
            own[kind] += shares["Pss_Anon"] + shares["Pss_Shmem"]
            times = process.cpu_times()
            cpu[kind] += times.user + times.system
        except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            continue
    return {
        "pss_mib": {kind: round(size, 2) for kind, size in pss.items()},
        "own_mib": {kind: round(size, 2) for kind, size in own.items()},
        "all_mib": round(sum(pss.values()), 2),
        "cpu_s": {kind: round(seconds, 1) for kind, seconds in cpu.items()},
    }


def _shares(pid: int) -> dict[str, float]:
    """Parts of the process's memory in MiB, as Linux names them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def _kind(process: psutil.Process, root: int) -> str:
    if process.pid == root:
        return "gui"
    line = " ".join(process.cmdline())
    return next((kind for word, kind in _KINDS if word in line), "other")
