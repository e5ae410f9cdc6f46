"""The runner: counts add up over several runs, a failure is kept and told, a control must be caught."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.plan import Control, Fault, RunOne, Verdict, all_faults, seed_of
from tests.faults.results import Results
from tests.faults.runner import Limits, catch, chosen, run_controls, run_fault, run_seed

LIE = Verdict(("it lies",), {"waited_s": 2.0})
TRUTH = Verdict((), {"waited_s": 1.0, "commands": 3})


class Made:
    """A fault that only notes what it was run with; the seeds in `bad` fail."""

    def __init__(self, *bad: int) -> None:
        self.bad = bad
        self.seeds: list[int] = []
        self.opened = 0

    @contextmanager
    def __call__(self, folder: Path) -> Iterator[RunOne]:
        folder.mkdir(parents=True)
        self.opened += 1
        yield self._run

    def _run(self, seed: int) -> Verdict:
        self.seeds.append(seed)
        return LIE if seed in self.bad else TRUTH


def fault(made: Made, *controls: Control, wanted: int = 5) -> Fault:
    return Fault("made", "none", wanted, 1, made, controls)


@pytest.fixture
def results(tmp_path: Path) -> Results:
    return Results(tmp_path / "results.jsonl")


def test_counts_add_up_over_several_runs(results: Results, tmp_path: Path) -> None:
    made = Made()
    assert run_fault(fault(made), results, tmp_path / "one", Limits(count=2))
    again = Results(results.file)
    assert run_fault(fault(made), again, tmp_path / "two", Limits())
    assert made.seeds == [seed_of("made", index) for index in range(5)]
    assert run_fault(fault(made), Results(results.file), tmp_path / "three", Limits())
    assert made.opened == 2, "what is full is not even opened"


def test_a_line_cut_by_a_kill_is_run_again(results: Results, tmp_path: Path) -> None:
    run_fault(fault(Made()), results, tmp_path / "one", Limits(count=2))
    results.file.write_bytes(results.file.read_bytes()[:-10])
    made = Made()
    again = Results(results.file)
    run_fault(fault(made), again, tmp_path / "two", Limits(count=2))
    assert made.seeds == [seed_of("made", 1)]
    assert len(Results(results.file).of("made")) == 2


def test_a_failure_is_told_with_its_seed_and_its_folder_kept(
    results: Results, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = seed_of("made", 1)
    assert not run_fault(fault(Made(bad)), results, tmp_path / "runs", Limits(count=3))
    assert f"--seed {bad}" in capsys.readouterr().err
    assert (tmp_path / "runs" / "made").is_dir()
    assert [result.good for result in results.of("made")] == [True, False, True]
    assert run_seed(fault(Made(bad)), bad, tmp_path / "again") == LIE


def test_no_folder_is_left_of_good_runs(results: Results, tmp_path: Path) -> None:
    run_fault(fault(Made()), results, tmp_path / "runs", Limits(count=1))
    assert not (tmp_path / "runs" / "made").exists()


def test_a_run_that_breaks_off_is_a_failure(results: Results, tmp_path: Path) -> None:
    made = Made()
    made._run = lambda _seed: 1 // 0  # type: ignore[method-assign, assignment]
    assert not run_fault(fault(made), results, tmp_path, Limits(count=1))
    assert "ZeroDivisionError" in results.of("made")[0].lies[0]


def test_time_that_is_over_ends_it(results: Results, tmp_path: Path) -> None:
    made = Made()
    assert run_fault(fault(made), results, tmp_path, Limits(end=0))
    assert made.seeds == []


def test_a_control_is_tried_until_it_is_caught(results: Results, tmp_path: Path) -> None:
    late = Made(seed_of("late", 2))
    blind = Made()
    one = fault(Made(), Control("late", late, 3))
    assert run_controls(one, results, tmp_path)
    assert len(late.seeds) == 3
    assert run_controls(one, Results(results.file), tmp_path)
    assert len(late.seeds) == 3, "shown for this code already"
    assert not run_controls(fault(Made(), Control("blind", blind, 2)), results, tmp_path)
    assert catch(Control("blind", Made(), 2), tmp_path / "again").good


def test_the_table_tells_what_is_done_and_measured(results: Results, tmp_path: Path) -> None:
    made = fault(Made(seed_of("made", 1)), Control("late", Made(seed_of("late", 0)), 1))
    run_controls(made, results, tmp_path)
    run_fault(made, results, tmp_path, Limits(count=3))
    row = results.table([made]).splitlines()[-1]
    assert row.startswith("| made | 3 / 5 | 1 | 1 / 1 | 6 commands, waited ≤ 2.0 s")


def test_every_fault_has_a_control_and_a_short_form() -> None:
    faults = all_faults()
    names = [one.name for one in faults]
    assert len(names) == len(set(names))
    assert all(one.short > 0 and one.wanted >= one.short for one in faults)
    assert [one.name for one in faults if not one.controls] == []


def test_faults_are_chosen_by_how_their_names_begin() -> None:
    names = {one.name for one in chosen(all_faults(), "kill-api")}
    assert names == {"kill-api-sqlite", "kill-api-postgresql"}
    assert chosen(all_faults(), None) == all_faults()
