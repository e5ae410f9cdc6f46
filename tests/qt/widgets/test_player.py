"""Sounds on a machine that cannot play any: no crash, no flood, a beep instead."""

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console.widgets import player as player_module
from console.widgets.player import Player


@pytest.fixture
def beeps(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A display that somebody sees, and what it beeped."""
    heard: list[int] = []
    monkeypatch.setattr(player_module, "UNSEEN", ())
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    return heard


def test_without_the_systems_library_it_beeps_and_says_so_once(
    beeps: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    player = Player({"3": b""}, tmp_path)
    with caplog.at_level(logging.INFO, "console.widgets.player"):
        for _ in range(50):
            player.play("3", 0.5)
    assert len(beeps) == 50
    assert len(caplog.records) == 1


def test_at_no_volume_and_before_nobody_it_is_silent(
    beeps: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = Player({}, tmp_path)
    player.play("3", 0)
    monkeypatch.setattr(player_module, "UNSEEN", (QApplication.platformName(),))
    player.play("3", 1)
    assert beeps == []
