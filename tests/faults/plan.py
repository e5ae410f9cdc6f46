"""What a fault is: how often it is wanted, how one of them is run, and which broken variants it catches."""

import hashlib
import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

MODULES = (
    "tests.faults.killing",
    "tests.faults.migrating",
    "tests.faults.console_killing",
    "tests.faults.network",
    "tests.faults.rivals",
    "tests.faults.streams",
    "tests.faults.commands",
    "tests.faults.disk",
    "tests.faults.corruption",
    "tests.faults.caches",
    "tests.faults.contract",
    "tests.faults.revs",
    "tests.faults.mutations",
    "tests.faults.map_dying",
)
"""Each has a tuple `FAULTS`; a new fault is added by its module's name."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one run: `lies` are the broken promises, none in a good one.

    `figures` are what was measured: added up over all runs, or (names in `_s`) the longest kept.
    """

    lies: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return not self.lies


RunOne = Callable[[int], Verdict]
"""Runs a fault once with this seed; everything random in it follows from the seed."""

Campaign = Callable[[Path], AbstractContextManager[RunOne]]
"""Opens what many runs of a fault share, in this folder, and gives the function that runs one."""


@dataclass(frozen=True, slots=True)
class Control:
    """A positive control: the same fault against a variant that is broken on purpose.

    `tries` is how many runs it may need until a lie is found.
    """

    name: str
    campaign: Campaign
    tries: int = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table. `wanted` is the full count, `short` that of `make test`.

    `beside` is how many runs go on at the same time: for faults that mostly wait.
    """

    name: str
    invariant: str
    wanted: int
    short: int
    campaign: Campaign
    controls: tuple[Control, ...]
    beside: int = 1


def all_faults() -> list[Fault]:
    """Every fault of every module, in the table's order."""
    return [fault for name in MODULES for fault in importlib.import_module(name).FAULTS]


def seed_of(fault: str, index: int) -> int:
    """The seed of a fault's run number `index`: the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"{fault}:{index}".encode()).digest()[:6])
