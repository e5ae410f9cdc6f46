import pytest
from pytestqt.qtbot import QtBot

from console.widgets.age_light import AgeLight
from console.widgets.clock_label import ClockLabel

STATES = ("live", "stale", "offline")


@pytest.fixture
def light(qtbot: QtBot) -> AgeLight:
    made = AgeLight()
    qtbot.addWidget(made)
    return made


def test_every_state_looks_otherwise(light: AgeLight) -> None:
    seen = set()
    for state in STATES:
        light.set_state(state, "截至 16:03:05", f"hint of {state}")
        light.resize(light.sizeHint())
        seen.add(bytes(light.grab().toImage().constBits()))
        assert light.toolTip() == f"hint of {state}"
    assert len(seen) == 3


@pytest.mark.parametrize("state", ["", "LIVE", "dead", "online"])
def test_an_unknown_state_is_refused_and_changes_nothing(light: AgeLight, state: str) -> None:
    light.set_state("live", "实时", "hint")
    with pytest.raises(ValueError, match="no such state"):
        light.set_state(state, "x", "y")
    assert light.toolTip() == "hint"


def test_it_is_as_wide_as_its_words(light: AgeLight) -> None:
    light.set_state("stale", "截至 16:03:05")
    narrow = light.sizeHint().width()
    light.set_state("stale", "已断开 · 截至 16:03:05")
    assert light.sizeHint().width() > narrow
    assert light.height() == 32


def test_the_clock_hides_an_empty_date(qtbot: QtBot) -> None:
    clock = ClockLabel()
    qtbot.addWidget(clock)
    clock.show()
    clock.set_time("16:03:05", "11-24 星期二")
    wide = clock.sizeHint().width()
    clock.set_time("16:03:05")
    assert clock.sizeHint().width() < wide


def test_the_clocks_figures_never_tremble(qtbot: QtBot) -> None:
    clock = ClockLabel()
    qtbot.addWidget(clock)
    widths = set()
    for time in ("11:11:11", "00:00:00", "23:58:47"):
        clock.set_time(time)
        widths.add(clock.sizeHint().width())
    assert len(widths) == 1
