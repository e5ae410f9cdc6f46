"""What the disk faults stand on: damage that is damage, and no silence where nothing can be mounted."""

import subprocess
from pathlib import Path
from random import Random

import pytest

from tests.faults import mounts
from tests.faults.damage import KINDS, PAGE, spoil
from tests.faults.disk import full_outbox


@pytest.mark.parametrize("size", [1, 100, PAGE, PAGE + 1, 20 * PAGE])
def test_a_spoilt_file_is_another_one_and_the_same_for_a_seed(tmp_path: Path, size: int) -> None:
    whole = Random(size).randbytes(size)
    for seed in range(30):
        files = [tmp_path / name for name in ("one", "two")]
        for file in files:
            file.write_bytes(whole)
            spoil(file, Random(seed))
        assert files[0].read_bytes() != whole
        assert files[0].read_bytes() == files[1].read_bytes()


def test_every_kind_of_damage_happens(tmp_path: Path) -> None:
    file = tmp_path / "file"
    told = ""
    for seed in range(100):
        file.write_bytes(Random(1).randbytes(20 * PAGE))
        told += spoil(file, Random(seed))
    assert all(kind in told for kind in KINDS)


def test_where_mounting_is_forbidden_the_faults_fail_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*command: str) -> None:
        raise subprocess.CalledProcessError(32, command, stderr="must be superuser to use mount")

    monkeypatch.setattr(mounts, "_run", forbidden)
    with full_outbox()(tmp_path) as run_one, pytest.raises(mounts.NoMount, match="right to mount"):
        run_one(1)
