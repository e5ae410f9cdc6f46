"""The fault suite in short: a few runs of every fault, and every broken variant must be caught."""

from pathlib import Path

import pytest

from tests.faults.plan import Control, Fault, all_faults, seed_of
from tests.faults.runner import catch

FAULTS = all_faults()
CONTROLS = [(fault, control) for fault in FAULTS for control in fault.controls]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_nothing_is_lost_or_doubled(fault: Fault, tmp_path: Path) -> None:
    with fault.campaign(tmp_path) as run_one:
        for index in range(fault.short):
            verdict = run_one(seed_of(fault.name, index))
            assert verdict.good, f"seed {seed_of(fault.name, index)}: {verdict.lies}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("fault", "control"), CONTROLS, ids=[f"{f.name}: {c.name}" for f, c in CONTROLS]
)
def test_a_broken_variant_is_caught(fault: Fault, control: Control, tmp_path: Path) -> None:
    assert not catch(control, tmp_path / "control").good, f"{fault.name} is blind: {control.name}"
