"""Options that make no sense and a missing token are told in both languages, exit code 2."""

import json
from pathlib import Path

import pytest

from console.feed.cli import main


def failed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, str]:
    assert main([*arguments, "--api", "http://127.0.0.1:1"]) == 2
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.fixture(autouse=True)
def _no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BATON_TOKEN", raising=False)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("sim", "--speed", "0"), "speed"),
        (("sim", "--speed", "nan"), "speed"),
        (("sim", "--from-hour", "24"), "from-hour"),
        (("sim", "--calls", "0"), "calls"),
        (("day.csv",), "mapping"),
        (("sim",), "token"),
        (("sim", "--token-file", "nowhere"), "token"),
    ],
)
def test_what_is_wrong_is_said(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], problem: str
) -> None:
    told = failed(capsys, *arguments)
    assert told["state"] == "failed"
    assert told["problem"] == problem
    assert told["zh"]
    assert told["en"]


def test_a_token_is_never_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["sim", "--api", "http://127.0.0.1:1", "--token", "abc"])


def test_a_broken_city_pack_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_TOKEN", "a-token-of-some-length")
    told = failed(capsys, "sim", "--city", str(tmp_path / "atlantis"))
    assert told["problem"] == "city-pack"
    assert "atlantis" in told["en"]
