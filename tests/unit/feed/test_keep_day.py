"""A day that a centre lived through is cut out of its log, page by page, and says that it has no tracks."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from console.client.api import Health, Unreachable
from console.domain.event import Event
from console.feed import keep_day
from console.feed.cli import main
from console.feed.keep_day import kept_day, name_of
from console.feed.progress import Progress
from console.feed.status import Status
from console.replay.file import FOLDER, recordings
from console.replay.problem import RecordingProblem
from console.replay.recording import Recording
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import recording


class Centre:
    """A centre whose log is one made day."""

    def __init__(self, city: str = CITY.code) -> None:
        self.base_url, self.city = "http://centre", city
        self.asked: list[tuple[int, int]] = []
        self.events = whole_log()

    def health(self) -> Health:
        return Health(
            status="ok",
            schema=2,
            version="x",
            epoch=self.events[0].epoch,
            rev=len(self.events),
            city=self.city,
            time=datetime.now(UTC),
        )

    def log(self, first: int, last: int) -> list[Event]:
        self.asked.append((first, last))
        return self.events[first - 1 : last]


def whole_log() -> list[Event]:
    """The made day as if the log began with it."""
    first = recording().events[0].rev
    return [
        replace(e, rev=e.rev - first + 1, entity_version=e.entity_version - first + 1)
        for e in recording().events
    ]


def quiet() -> Progress:
    return Progress(Status(io.StringIO()), io.StringIO())


def kept(centre: Centre, day: date) -> Recording:
    return kept_day(centre, CITY, day, quiet())  # type: ignore[arg-type]


def test_the_day_is_read_in_pages_and_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_day, "PAGE", 700)
    centre = Centre()
    found = kept(centre, recording().about.day)
    assert centre.asked[0] == (1, 700)
    assert centre.asked[-1][1] == len(centre.events)
    assert [e.rev for e in found.events] == [e.rev for e in centre.events]
    assert not found.about.tracked
    assert len(found.tracks) == 0
    assert found.about.made == {}
    assert found.about.calls == recording().about.calls
    assert found.about.volumes is not None
    assert sum(found.about.volumes.calls) == found.about.calls
    assert name_of(found) == f"2026-06-03-kept-{found.about.epoch[:8]}.batonday"


def test_a_day_without_anything_is_told() -> None:
    with pytest.raises(RecordingProblem) as caught:
        kept(Centre(), date(2026, 6, 1))
    assert caught.value.code == "recording-empty"
    assert "2026-06-01" in caught.value.zh


def test_the_log_of_another_city_is_told() -> None:
    with pytest.raises(RecordingProblem) as caught:
        kept(Centre("460100"), recording().about.day)
    assert caught.value.code == "recording-other-city"


def test_the_command_writes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BATON_TOKEN", "a-token-of-some-length")
    monkeypatch.setattr(keep_day, "Api", lambda *_: Centre())
    monkeypatch.setattr(keep_day, "load_city", lambda _: CITY)
    words = ["keep-day", "--date", "2026-06-03", "--api", "http://centre"]
    assert main([*words, "--data-dir", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["state"] == "made"
    [(file, about)] = recordings(tmp_path).items()
    assert told["file"] == str(file)
    assert file.parent == tmp_path / FOLDER
    assert about.day == date(2026, 6, 3)


def test_what_is_wrong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> str:
        known = ["keep-day", "--api", "http://127.0.0.1:1", "--data-dir", str(tmp_path)]
        assert main([*known, *words]) == 2
        line = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert line["zh"]
        assert line["en"]
        return str(line["problem"])

    monkeypatch.delenv("BATON_TOKEN", raising=False)
    assert told("--date", "yesterday") == "date"
    assert told("--date", "2026-06-03") == "token"
    monkeypatch.setenv("BATON_TOKEN", "a-token-of-some-length")

    def away(_: object) -> Health:
        raise Unreachable("nobody there")

    monkeypatch.setattr(keep_day.Api, "health", away)
    assert told("--date", "2026-06-03") == "unreachable"
