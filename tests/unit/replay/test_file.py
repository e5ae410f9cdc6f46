"""A recording survives its file; a file that is not as it was written says what is wrong with it."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.field.words import OPINIONS
from console.replay.file import FOLDER, read_about, read_recording, recordings, write_recording
from console.replay.problem import RecordingProblem
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import recording

STAFF_WORDS = [f'"words":"{words}"'.encode() for words in ("", *OPINIONS.values())]
"""Orders of an incident and supervisions carry the centre's own words; a citizen's never stand in the log."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / FOLDER / "day.batonday"
    write_recording(recording(), written)
    return written


def problem_of(file: Path) -> RecordingProblem:
    with pytest.raises(RecordingProblem) as caught:
        read_recording(file, CITY)
    problem = caught.value
    assert file.name in problem.zh
    assert file.name in problem.en
    return problem


def rewrite(file: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The zip with each member changed, or left out where `change` gives None."""
    with zipfile.ZipFile(file) as archive:
        members = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)


def test_what_is_written_is_read_again(file: Path) -> None:
    read, written = read_recording(file, CITY), recording()
    assert read.about == written.about == read_about(file)
    assert read.start == written.start
    assert list(read.events) == list(written.events)
    assert read.moments == written.moments
    assert read.tracks.columns() == written.tracks.columns()
    assert read.verify() is None


def test_nothing_is_left_beside_the_file(file: Path) -> None:
    assert [f.name for f in file.parent.iterdir()] == ["day.batonday"]


def test_a_folder_lists_what_can_be_read(file: Path) -> None:
    (file.parent / "broken.batonday").write_bytes(b"no")
    assert recordings(file.parent.parent) == {file: recording().about}


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9, 0.999])
def test_a_file_that_ends_early_is_refused(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    assert problem_of(file).code == ("not-a-recording" if share == 0.0 else "recording-truncated")


@pytest.mark.parametrize("gone", ["tracks.json", "start.json", "seal.json", "events/0000.jsonl"])
def test_a_missing_member_is_named(file: Path, gone: str) -> None:
    rewrite(file, lambda name, content: None if name == gone else content)
    problem = problem_of(file)
    assert problem.code == "recording-truncated"
    assert gone in problem.en


def test_a_changed_member_is_named(file: Path) -> None:
    rewrite(
        file, lambda name, c: c.replace(b"registered", b"dispatched") if "events" in name else c
    )
    problem = problem_of(file)
    assert problem.code == "recording-damaged"
    assert "events/0000.jsonl" in problem.en


def test_a_flipped_byte_is_found(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content))
    assert problem_of(file).code == "recording-damaged"


def test_a_newer_file_names_both_formats(file: Path) -> None:
    rewrite(file, lambda name, c: b'{"format":7,"plan":[]}' if name == "about.json" else c)
    problem = problem_of(file)
    assert problem.code == "recording-newer"
    assert "7" in problem.zh


def test_a_day_of_volumes_has_24_hours(file: Path) -> None:
    day = recording()
    short = replace(day.start.day, calls=[1, 2])
    write_recording(replace(day, start=replace(day.start, day=short)), file)
    assert "start.json" in problem_of(file).en
    about = replace(day.about, volumes=short)
    write_recording(replace(day, about=about), file)
    assert "about.json" in problem_of(file).en


def test_a_clock_that_runs_out_of_the_calendar_is_damage(file: Path) -> None:
    day = recording()
    clock = replace(day.start.clock, simulated=True, rate=1e300)
    write_recording(replace(day, start=replace(day.start, clock=clock)), file)
    assert problem_of(file).code == "recording-damaged"


def test_another_city_is_named(file: Path) -> None:
    about = replace(recording().about, city="460100")
    write_recording(replace(recording(), about=about), file)
    problem = problem_of(file)
    assert problem.code == "recording-other-city"
    assert "460100" in problem.en
    assert CITY.code in problem.en


@pytest.mark.parametrize("content", [b"PK", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_recording_is_said_to_be_none(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert problem_of(file).code == "not-a-recording"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "none.batonday").code == "not-a-recording"


def test_no_personal_data_is_in_it(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for known in (b'"channel":"phone"', *STAFF_WORDS):
        everything = everything.replace(known, b"")
    for word in (b'"phone":"', b'"citizen"', b'"words"', b'"address"'):
        assert word not in everything
