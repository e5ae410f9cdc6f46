"""One central API on one data folder."""

import errno
import os
from pathlib import Path

import pytest

from console.central.failure import StartFailure
from console.central.lock import OWNER_NAME, FolderLock


def test_the_second_is_told_who_has_it(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.take()
    first.tell(4711, "http://127.0.0.1:8765")
    with pytest.raises(StartFailure) as caught:
        second.take()
    assert caught.value.problem == "data-dir-locked"
    assert "4711" in caught.value.zh
    assert "http://127.0.0.1:8765" in caught.value.en
    first.release()
    second.take()
    second.release()


@pytest.mark.parametrize("owner", ["", "{", '{"pid": "x"}', "[]", "\udcff"])
def test_a_useless_note_does_not_matter(tmp_path: Path, owner: str) -> None:
    first = FolderLock(tmp_path)
    first.take()
    (tmp_path / OWNER_NAME).write_bytes(owner.encode("utf-8", "surrogateescape"))
    with pytest.raises(StartFailure, match="in use by another"):
        FolderLock(tmp_path).take()
    first.release()


def test_a_folder_is_made(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "new" / "folder")
    lock.take()
    lock.release()
    (tmp_path / "file").write_text("")
    with pytest.raises(StartFailure) as caught:
        FolderLock(tmp_path / "file").take()
    assert caught.value.problem == "data-dir"


def test_a_full_disk_keeps_nobody_from_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    lock = FolderLock(tmp_path)
    lock.take()
    monkeypatch.setattr(Path, "write_text", full)
    lock.tell(1, "http://localhost")
    assert "No space" in caplog.text
    lock.release()
