"""Runs faults until their counts are full or the time is over, and the controls before them."""

import itertools
import shutil
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.plan import Control, Fault, RunOne, Verdict, seed_of
from tests.faults.results import Result, Results, commit


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a fault is run: up to `count` runs in all, until `end` (monotonic seconds)."""

    count: int | None = None
    end: float = float("inf")

    def wanted(self, fault: Fault) -> int:
        return fault.wanted if self.count is None else self.count

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.end


def run_fault(fault: Fault, results: Results, folder: Path, limits: Limits) -> bool:
    """Run what is missing; whether nothing failed. The folders of failed runs are kept."""
    done = results.indices(fault.name)
    missing = (i for i in itertools.count() if i not in done)
    wanted = list(itertools.islice(missing, max(limits.wanted(fault) - len(done), 0)))
    if not wanted or limits.over:
        return True
    good = True
    place = folder / fault.name
    with fault.campaign(place) as run_one, ThreadPoolExecutor(fault.beside) as pool:
        for batch in _parts(wanted, fault.beside):
            if limits.over:
                break
            for result in pool.map(lambda i: _run(fault, run_one, i, place), batch):
                results.add(result)
                good = good and result.good
                _tell(result, limits.wanted(fault))
    if good:
        shutil.rmtree(place, ignore_errors=True)
    return good


def _parts(wanted: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]


def _run(fault: Fault, run_one: RunOne, index: int, place: Path) -> Result:
    seed = seed_of(fault.name, index)
    verdict, seconds = _timed(run_one, seed)
    return Result(
        fault=fault.name,
        index=index,
        seed=seed,
        good=verdict.good,
        seconds=round(seconds, 3),
        commit=commit(),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        lies=list(verdict.lies[:20]),
        figures=verdict.figures,
        folder="" if verdict.good else str(place),
    )


def _timed(run_one: RunOne, seed: int) -> tuple[Verdict, float]:
    began = time.monotonic()
    try:
        verdict = run_one(seed)
    except Exception:
        verdict = Verdict(lies=(f"the run broke off: {traceback.format_exc()}",))
    return verdict, time.monotonic() - began


def _tell(result: Result, wanted: int) -> None:
    if result.good:
        print(f"{result.fault} {result.index + 1}/{wanted} {result.seconds:.1f} s", file=sys.stderr)
        return
    print(
        f"FAILED {result.fault}: --only {result.fault} --seed {result.seed} "
        f"(kept in {result.folder})",
        *result.lies,
        sep="\n  ",
        file=sys.stderr,
    )


def run_seed(fault: Fault, seed: int, folder: Path) -> Verdict:
    """Run one seed again; its folder is kept."""
    with fault.campaign(folder / fault.name) as run_one:
        return _timed(run_one, seed)[0]


def run_controls(fault: Fault, results: Results, folder: Path) -> bool:
    """Run the controls that this code has not been shown to catch; whether all are caught."""
    caught = results.caught(fault.name, commit())
    good = True
    for control in fault.controls:
        if not caught.get(control.name):
            began = time.monotonic()
            verdict = catch(control, folder / f"{fault.name}-{control.name}")
            results.add(_result_of(fault, control, verdict, time.monotonic() - began))
            words = f"caught: {verdict.lies[0]}" if verdict.lies else "NOT CAUGHT"
            print(f"control {fault.name} / {control.name}: {words}", file=sys.stderr)
            good = good and bool(verdict.lies)
    return good


def catch(control: Control, folder: Path) -> Verdict:
    """Run a broken variant until a lie is found; the verdict is what found it, a good one if nothing did."""
    verdict = Verdict()
    with control.campaign(folder) as run_one:
        for index in range(control.tries):
            verdict = run_one(seed_of(control.name, index))
            if not verdict.good:
                break
    shutil.rmtree(folder, ignore_errors=True)
    return verdict


def _result_of(fault: Fault, control: Control, verdict: Verdict, seconds: float) -> Result:
    return Result(
        fault=fault.name,
        index=0,
        seed=0,
        good=not verdict.good,
        seconds=round(seconds, 3),
        commit=commit(),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        control=control.name,
        lies=list(verdict.lies[:3]),
    )


def chosen(faults: Iterable[Fault], only: str | None) -> list[Fault]:
    """The faults whose name begins so, all without a name."""
    return [fault for fault in faults if only is None or fault.name.startswith(only)]
