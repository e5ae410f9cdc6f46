"""The thread that signs checkpoints: when it does, what it refuses, what it never writes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from console.central.audit import recorder as module
from console.central.audit.checkpoint import Checkpoint
from console.central.audit.checkpoint_file import CheckpointFile, last_of
from console.central.audit.epoch import change_epoch
from console.central.audit.recorder import Every, Recorder
from console.central.audit.trail import Trail
from console.central.audit.verify import verify
from console.central.centre import Centre
from console.central.database import Database
from console.central.failure import StartFailure
from console.central.tables import events
from tests.builders import TZ
from tests.central_process import PATIENCE_S
from tests.unit.central.desk import Wall, accept, do, events_of

Make = Callable[..., Recorder]


@pytest.fixture
def make(centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A recorder of the centre's database that looks all the time."""
    monkeypatch.setattr(module, "POLL_S", 0.01)

    def made(**every: float) -> Recorder:
        database = Database(centre.database.store)
        return Recorder(database, tmp_path / "kept", tmp_path / "key", Every(**every))  # type: ignore[arg-type]

    return made


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set by the first checkpoint."""
    done, append = threading.Event(), CheckpointFile.append

    def told(*arguments: Any) -> Checkpoint:
        written = append(*arguments)
        done.set()
        return written

    monkeypatch.setattr(CheckpointFile, "append", told)
    return done


def lines(tmp_path: Path) -> int:
    return sum(file.read_bytes().count(b"\n") for file in (tmp_path / "kept").glob("*.jsonl"))


def test_the_end_is_always_signed(centre: Centre, make: Make, tmp_path: Path) -> None:
    recorder = make()
    recorder.start()
    do(centre, accept("C1"))
    recorder.stop()
    (file,) = (tmp_path / "kept").glob("*.jsonl")
    found = last_of(file)
    assert found is not None
    assert found[0].rev == events_of(centre)[-1].rev
    with centre.database.reading() as connection:
        assert verify(connection, Trail.of(tmp_path / "kept", []), TZ).good


def test_nothing_new_is_nothing_signed(centre: Centre, make: Make, tmp_path: Path) -> None:
    for _ in range(2):
        recorder = make()
        recorder.start()
        recorder.stop()
    assert lines(tmp_path) == 1


@pytest.mark.parametrize("every", [{"events": 1}, {"seconds": 0.0}])
def test_it_is_signed_meanwhile(
    centre: Centre, make: Make, signed: threading.Event, every: dict[str, float]
) -> None:
    recorder = make(**every)
    recorder.start()
    do(centre, accept("C1"))
    assert signed.wait(PATIENCE_S)
    recorder.stop()


def test_a_key_belongs_to_one_process(centre: Centre, make: Make) -> None:
    first = make()
    first.start()
    with pytest.raises(StartFailure) as told:
        make().start()
    assert told.value.problem == "checkpoints"
    first.stop()


def test_a_folder_that_cannot_be_is_told(centre: Centre, make: Make, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(StartFailure) as told:
        make().start()
    assert told.value.problem == "checkpoints"


def test_a_log_without_what_was_signed_does_not_start(
    centre: Centre, make: Make, wall: Wall
) -> None:
    do(centre, accept("C1"))
    recorder = make()
    recorder.start()
    recorder.stop()
    make().compare()
    rev = events_of(centre)[-1].rev
    with centre.database.writing() as connection:
        connection.execute(update(events).where(events.c.rev == rev).values(hash="other"))
    with pytest.raises(StartFailure) as told:
        make().compare()
    assert told.value.problem == "log-restored"
    assert "new-epoch" in told.value.zh
    change_epoch(centre.database, wall)
    make().compare()


def test_a_forked_log_is_not_signed(
    centre: Centre, make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = make()
    recorder.start()
    recorder.stop()
    rev = events_of(centre)[-1].rev
    with centre.database.writing() as connection:
        connection.execute(update(events).where(events.c.rev == rev).values(hash="other"))
    do(centre, accept("C2"))
    again = make(events=1)
    again.start()
    again.stop()
    assert lines(tmp_path) == 1
    assert "no more are written" in caplog.text
