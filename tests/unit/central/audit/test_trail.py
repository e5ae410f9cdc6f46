"""Files of checkpoints: appended to, cut short, tampered with, of several processes; declared losses."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.central.audit import keys
from console.central.audit.checkpoint_file import CheckpointFile
from console.central.audit.epoch import change_epoch, given_up
from console.central.audit.findings import Report
from console.central.audit.keys import signing_key
from console.central.audit.trail import Trail, check, read_through
from console.central.audit.verify import verify
from console.central.centre import Centre
from console.central.failure import StartFailure
from tests.builders import TZ
from tests.unit.central.desk import Wall, accept, do, events_of, open_centre


@pytest.fixture
def file(tmp_path: Path) -> CheckpointFile:
    return CheckpointFile(tmp_path / "kept", signing_key(tmp_path / "key"))


@pytest.fixture
def signed(centre: Centre, file: CheckpointFile) -> Iterator[CheckpointFile]:
    """Five checkpoints of five cases."""
    for number in range(5):
        do(centre, accept(f"C{number}"))
        event = events_of(centre)[-1]
        file.append(event.epoch, event.rev, event.hash, {})
    return file


def report_of(centre: Centre, trail: Trail) -> Report:
    report = Report()
    with centre.database.reading() as connection:
        check(connection, trail, read_through(trail), report)
    return report


def codes(centre: Centre, folder: Path, *public: Path) -> set[str]:
    return {f.code for f in report_of(centre, Trail.of(folder, public)).findings}


def public_of(file: CheckpointFile) -> Path:
    (found,) = file.file.parent.glob("*.pub")
    return found


def test_they_confirm_the_log(centre: Centre, signed: CheckpointFile) -> None:
    report = report_of(centre, Trail.of(signed.file.parent, [public_of(signed)]))
    assert report.good
    assert report.covered == events_of(centre)[-1].rev


def test_the_chain_of_lines_goes_on_after_a_restart(
    centre: Centre, signed: CheckpointFile, tmp_path: Path
) -> None:
    again = CheckpointFile(signed.file.parent, signing_key(tmp_path / "key"))
    event = events_of(centre)[-1]
    assert again.append(event.epoch, event.rev, event.hash, {}).number == 6
    assert codes(centre, signed.file.parent) == set()


def test_a_line_that_a_power_cut_left_unfinished(centre: Centre, signed: CheckpointFile) -> None:
    """It is left as it is, the next one begins behind it, nothing is wrong."""
    whole = signed.file.read_bytes()
    torn = whole + whole.splitlines()[-1][:40]
    signed.file.write_bytes(torn)
    assert codes(centre, signed.file.parent) == set()
    event = events_of(centre)[-1]
    assert signed.append(event.epoch, event.rev, event.hash, {}).number == 6
    assert signed.file.read_bytes().startswith(torn)
    assert codes(centre, signed.file.parent) == set()


@pytest.mark.parametrize("gone", [0, 1, 2, 3])
def test_a_line_taken_out_is_found(centre: Centre, signed: CheckpointFile, gone: int) -> None:
    lines = signed.file.read_bytes().splitlines(keepends=True)
    signed.file.write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
    assert codes(centre, signed.file.parent) == {"trail"}


def test_the_last_lines_taken_out_are_not(centre: Centre, signed: CheckpointFile) -> None:
    """Honestly: only a copy on another machine tells; what is covered ends earlier, and verify says so."""
    lines = signed.file.read_bytes().splitlines(keepends=True)
    signed.file.write_bytes(b"".join(lines[:3]))
    report = report_of(centre, Trail.of(signed.file.parent, []))
    assert report.good
    assert report.covered < events_of(centre)[-1].rev


@pytest.mark.parametrize("name", ["number", "before", "epoch", "rev", "hash", "at", "given_up"])
def test_an_edited_line_is_found(centre: Centre, signed: CheckpointFile, name: str) -> None:
    lines = signed.file.read_bytes().splitlines()
    fields = json.loads(lines[2])
    edits = {"number": 9, "rev": 1, "at": "2000-01-01T00:00:00Z", "given_up": {"x": 0}}
    fields[name] = edits.get(name, "0")
    lines[2] = json.dumps(fields).encode()
    signed.file.write_bytes(b"\n".join(lines) + b"\n")
    assert "signature" in codes(centre, signed.file.parent)


def test_another_key_is_not_believed(
    centre: Centre, signed: CheckpointFile, tmp_path: Path
) -> None:
    """Who makes keys and lines of his own is found where the true public key is kept elsewhere."""
    kept = tmp_path / "elsewhere.pub"
    kept.write_bytes(public_of(signed).read_bytes())
    for one in signed.file.parent.iterdir():
        one.unlink()
    forged = CheckpointFile(signed.file.parent, signing_key(tmp_path / "other"))
    event = events_of(centre)[-1]
    forged.append(event.epoch, event.rev, event.hash, {})
    assert codes(centre, signed.file.parent) == set(), "in itself it looks good"
    assert codes(centre, signed.file.parent, kept) == {"key", "no-checkpoint"}


def test_several_processes_each_have_a_file(
    centre: Centre, signed: CheckpointFile, tmp_path: Path
) -> None:
    other = CheckpointFile(signed.file.parent, signing_key(tmp_path / "two"))
    event = events_of(centre)[1]
    other.append(event.epoch, event.rev, event.hash, {})
    assert codes(centre, signed.file.parent) == set()
    other.file.unlink()
    assert codes(centre, signed.file.parent) == set(), "not by the folder alone"
    public = list(signed.file.parent.glob("*.pub"))
    assert codes(centre, signed.file.parent, *public) == {"no-checkpoint"}


def test_no_checkpoint_at_all_is_a_finding(centre: Centre, tmp_path: Path) -> None:
    assert codes(centre, tmp_path / "nowhere") == {"no-checkpoint"}


def test_what_a_declared_restore_gave_up_is_told_and_good(tmp_path: Path, wall: Wall) -> None:
    """A log that is rolled back is found, until a signed line says that it was meant."""
    file = CheckpointFile(tmp_path / "kept", signing_key(tmp_path / "key"))
    older, newer = (open_centre(tmp_path / name, wall) for name in _copies(tmp_path, wall, file))
    trail = Trail.of(file.file.parent, [])
    assert codes(newer, trail.folder) == set()
    lost = events_of(newer)[-1].rev
    assert codes(older, trail.folder) == {"checkpoint"}
    kept = events_of(older)[-1].rev
    for _ in range(2):  # also after a run that was killed before it could sign
        event = change_epoch(older.database, wall)
    with older.database.reading() as connection:
        file.append(event.epoch, event.rev, event.hash, given_up(connection, event, trail))
        report = verify(connection, trail, TZ)
    assert report.findings == []
    assert [(one.first, one.last) for one in report.lost] == [(kept + 1, lost)]
    assert report.covered == event.rev == kept + 2
    for centre in (older, newer):
        centre.database.close(clean=True)


def _copies(tmp_path: Path, wall: Wall, file: CheckpointFile) -> tuple[str, str]:
    """An older copy of a log, and the log with a checkpoint behind it."""
    import shutil

    (tmp_path / "newer").mkdir()
    centre = open_centre(tmp_path / "newer", wall)
    do(centre, accept("C1"))
    centre.database.close(clean=True)
    shutil.copytree(tmp_path / "newer", tmp_path / "older")
    centre = open_centre(tmp_path / "newer", wall)
    do(centre, accept("C2"))
    event = events_of(centre)[-1]
    file.append(event.epoch, event.rev, event.hash, {})
    centre.database.close(clean=True)
    return "older", "newer"


def test_the_private_key_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "key"
    first = signing_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert signing_key(file).id == first.id
    assert "PRIVATE" not in first.public_pem()
    file.chmod(0o640)
    with pytest.raises(StartFailure) as told:
        signing_key(file)
    assert told.value.problem == "checkpoint-key"
    file.chmod(0o600)
    file.write_text("nonsense")
    with pytest.raises(StartFailure):
        signing_key(file)
    assert keys.PublicKeys([]).ids == frozenset()
