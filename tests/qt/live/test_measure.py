import json
from pathlib import Path

from pytestqt.qtbot import QtBot

from console.live.measure import Measure


def test_beats_stalls_and_moments_are_written(tmp_path: Path, qtbot: QtBot) -> None:
    measure = Measure(tmp_path / "figures.json")
    qtbot.waitUntil(lambda: len(measure._stalls_ms) > 5)
    measure.mark("first_pins")
    measure.mark("first_pins")
    measure.write()
    figures = json.loads((tmp_path / "figures.json").read_bytes())
    assert list(figures["moments"]) == ["first_pins"]
    assert figures["beats"] > 5
    stalls = figures["stall_ms"]
    assert 0 <= stalls["p50"] <= stalls["p95"] <= stalls["p99"] <= stalls["max"]


def test_the_first_of_a_moment_counts(tmp_path: Path, qapp: object) -> None:
    measure = Measure(tmp_path / "figures.json")
    measure.mark("first_pins")
    first = measure._moments["first_pins"]
    measure.mark("first_pins")
    assert measure._moments["first_pins"] == first


def test_when_the_warm_up_is_over_the_beats_begin_anew(tmp_path: Path, qtbot: QtBot) -> None:
    measure = Measure(tmp_path / "figures.json")
    qtbot.waitUntil(lambda: len(measure._stalls_ms) > 2)
    measure.mark("steady")
    measure.write()
    assert json.loads((tmp_path / "figures.json").read_bytes())["beats"] <= 1
