"""`python -m tests.faults`: the full counts; stop it whenever you like, it goes on where it was."""

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.plan import Fault, all_faults
from tests.faults.results import DEFAULT, Results
from tests.faults.runner import Limits, chosen, run_controls, run_fault, run_seed


def main() -> int:
    options = _parser().parse_args()
    logging.disable()  # consoles and centres in trouble have much to say: it is what is wanted here
    faults = chosen(all_faults(), options.only)
    if not faults:
        print(f"no fault begins with {options.only!r}", file=sys.stderr)
        return 2
    folder = options.folder or Path(tempfile.mkdtemp(prefix="baton-faults-"))
    if options.seed is not None:
        return _again(faults, options.seed, folder)
    results = Results(options.results)
    if not options.summary:
        end = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")
        good = _run(faults, results, folder, Limits(options.count, end), options.no_controls)
    else:
        good = True
    print(results.table(faults))
    return 0 if good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="faults whose name begins so")
    parser.add_argument("--minutes", type=float, help="stop after about so long")
    parser.add_argument("--count", type=int, help="instead of the full count of each fault")
    parser.add_argument("--seed", type=int, help="one seed again, its folder is kept")
    parser.add_argument("--results", type=Path, default=DEFAULT, help="a JSON line a run")
    parser.add_argument("--folder", type=Path, help="where the runs work; failed ones stay there")
    parser.add_argument("--no-controls", action="store_true", help="without the positive controls")
    parser.add_argument("--summary", action="store_true", help="only the table of what is done")
    return parser


def _run(
    faults: list[Fault], results: Results, folder: Path, limits: Limits, no_controls: bool
) -> bool:
    good = True
    for fault in faults:
        if limits.over:
            break
        if not no_controls:
            good = run_controls(fault, results, folder) and good
        good = run_fault(fault, results, folder, limits) and good
    return good


def _again(faults: list[Fault], seed: int, folder: Path) -> int:
    if len(faults) != 1:
        print("a seed belongs to one fault: name it with --only", file=sys.stderr)
        return 2
    verdict = run_seed(faults[0], seed, folder)
    print(*(verdict.lies or ("good",)), f"kept in {folder}", sep="\n")
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main())
