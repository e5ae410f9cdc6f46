"""A copy of the database while it is written to: whole, of one moment, for its owner only."""

import threading
from pathlib import Path

import pytest

from console.central.audit.backup import copy
from console.central.audit.verify import verify
from console.central.centre import Centre
from console.central.database import Database
from console.central.failure import StartFailure
from console.central.sqlite import FILE_NAME, SQLite
from tests.builders import TZ
from tests.unit.central.desk import accept, do, events_of


def test_a_copy_under_way_is_of_one_moment(centre: Centre, tmp_path: Path) -> None:
    end = threading.Event()

    def write() -> None:
        number = 0
        while not end.is_set():
            number += 1
            do(centre, accept(f"C{number}"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(10):
            epoch, rev = copy(tmp_path / FILE_NAME, tmp_path / f"{number}.sqlite3")
            copied = Database(SQLite(tmp_path / f"{number}.sqlite3"))
            with copied.reading() as connection:
                report = verify(connection, None, TZ)
            copied.close(clean=False)
            assert report.findings == []
            assert (report.epoch, report.rev) == (epoch, rev)
    finally:
        end.set()
        writer.join()
    assert events_of(centre)[-1].rev > 0


def test_it_overwrites_nothing_and_leaves_nothing_half_done(centre: Centre, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    copy(tmp_path / FILE_NAME, target)
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(StartFailure):
        copy(tmp_path / FILE_NAME, target)
    (tmp_path / "nonsense").write_bytes(b"no database" * 1000)
    with pytest.raises(StartFailure) as told:
        copy(tmp_path / "nonsense", tmp_path / "other")
    assert told.value.problem == "backup"
    assert not list(tmp_path.glob("other*"))
