"""What each process of the program takes, by kind, and how long it has worked."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import psutil

_MIB = 1024 * 1024
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
    """PSS and USS in MiB and processor seconds by kind; `renderers` names the maps' processes by their screens.

    USS is what no other process shares: other programs that come and go do not move it.

    Raises `psutil.NoSuchProcess` when the program has ended.
    """
    names = {pid: f"renderer {screen}" for screen, pid in renderers.items()}
    program = psutil.Process(root)
    pss: dict[str, float] = defaultdict(float)
    uss: dict[str, float] = defaultdict(float)
    cpu: dict[str, float] = defaultdict(float)
    for process in (program, *program.children(recursive=True)):
        try:
            kind = names.get(process.pid) or _kind(process, root)
            memory = process.memory_full_info()
            pss[kind] += memory.pss / _MIB
            uss[kind] += memory.uss / _MIB
            times = process.cpu_times()
            cpu[kind] += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return {
        "pss_mib": {kind: round(size, 2) for kind, size in pss.items()},
        "uss_mib": {kind: round(size, 2) for kind, size in uss.items()},
        "all_mib": round(sum(pss.values()), 2),
        "cpu_s": {kind: round(seconds, 1) for kind, seconds in cpu.items()},
    }


def _kind(process: psutil.Process, root: int) -> str:
    if process.pid == root:
        return "gui"
    line = " ".join(process.cmdline())
    return next((kind for word, kind in _KINDS if word in line), "other")
