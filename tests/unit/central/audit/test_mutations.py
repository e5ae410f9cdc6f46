"""The short form of the mutation fault: seeded edits, deletions, swaps, cuts, rebuilds; all are found."""

from pathlib import Path

import pytest

from tests.faults.mutations import FAULTS
from tests.faults.plan import Control, Fault, seed_of
from tests.faults.runner import catch

CONTROLS = FAULTS[0].controls


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_mutation_is_found(fault: Fault, tmp_path: Path) -> None:
    with fault.campaign(tmp_path) as run:
        lies = [lie for i in range(fault.short) for lie in run(seed_of(fault.name, i)).lies]
    assert lies == []


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.name)
def test_an_audit_that_looks_away_is_caught(control: Control, tmp_path: Path) -> None:
    assert catch(control, tmp_path / "control").lies
