"""An outbox that cannot be used ends the start with words, and stays where it is."""

import errno
import os
from pathlib import Path

import pytest

from console.app.outboxes import open_outbox, outbox_name
from console.app.problems import StartProblem
from console.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(city=tmp_path, data_dir=tmp_path)


def test_a_damaged_file_is_told_and_kept(settings: Settings) -> None:
    file = settings.data_dir / outbox_name(settings)
    file.write_bytes(b"no database" * 500)
    with pytest.raises(StartProblem) as caught:
        open_outbox(settings)
    assert str(file) in caught.value.en
    assert str(file) in caught.value.zh
    assert "damaged" in caught.value.en
    assert file.read_bytes() == b"no database" * 500


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_takes_nothing_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(StartProblem) as caught:
        open_outbox(settings)
    assert str(settings.data_dir) in caught.value.en
    assert "written" in caught.value.en
    assert "写" in caught.value.zh
