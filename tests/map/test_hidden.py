"""A hidden map is told nothing, and shows the latest when it comes back."""

import pytest
from pytestqt.qtbot import QtBot

from console.map.area_badge import AreaBadge
from console.map.style import MapStyle
from console.map.widget import MapWidget
from tests.map.conftest import Make
from tests.map.fakes import CENTRE
from tests.map.page import ask, wait_for
from tests.map.pins import NOW, case, team, worker

STORE = "window.baton.app.store.pins"


def change_all(widget: MapWidget) -> None:
    """A busy minute: much changes, often the same thing."""
    widget.set_clock(NOW, 0)
    for load in range(200):
        widget.update_workers([worker(load=load)], [])
        widget.update_cases([case(f"c{load % 5}", state=f"s{load}")], [])
        widget.select("case", f"c{load % 5}")
        widget.fit_area("460106")
        widget.set_areas([AreaBadge(code="460105", level=None, text=str(load))])
        widget.set_style(MapStyle(pin_scale=1 + load / 1000))
    widget.set_teams([team()])
    widget.set_footprint_grids({"460105g005": 2})
    widget.update_cases([], ["c0"])
    widget.fly_to(CENTRE, 14)


@pytest.fixture
def sent(map_widget: MapWidget, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the page from now on."""
    texts: list[str] = []
    send = map_widget._host.send

    def note(text: str) -> None:
        texts.append(text)
        send(text)

    monkeypatch.setattr(map_widget._host, "send", note)
    return texts


def test_hidden_map_is_told_nothing_and_shown_map_all(
    qtbot: QtBot, map_widget: MapWidget, sent: list[str]
) -> None:
    ask(qtbot, map_widget, "1")
    sent.clear()
    map_widget.hide()
    change_all(map_widget)
    qtbot.wait(200)
    assert sent == []
    map_widget.show()
    wait_for(qtbot, map_widget, "window.baton.app.store.hours.size === 1")
    assert len(sent) <= 12
    assert ask(qtbot, map_widget, f"[...{STORE}.case.values()].map((p) => p.state).sort()") == [
        *("s196", "s197", "s198", "s199")
    ]
    assert ask(qtbot, map_widget, f"{STORE}.worker.get('w1').load") == 199
    assert ask(qtbot, map_widget, "window.baton.app.selected.case") == "c4"
    assert ask(qtbot, map_widget, "window.baton.app.badges.get('460105').text") == "199"
    assert ask(qtbot, map_widget, "window.baton.app.style.pinScale") == 1.199
    wait_for(qtbot, map_widget, "window.baton.map.getZoom() === 14")
    assert ask(qtbot, map_widget, "window.baton.app.clock.now()") == NOW


def test_clock_has_gone_on_while_hidden(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.hide()
    map_widget.set_clock(NOW, 600)
    qtbot.wait(300)
    map_widget.show()
    wait_for(qtbot, map_widget, f"Math.abs(window.baton.app.clock.now() - {NOW}) < 86400")
    assert ask(qtbot, map_widget, "window.baton.app.clock.now()") >= NOW + 600 * 0.3


def test_wishes_before_the_page_is_there_are_kept(qtbot: QtBot, make_map: Make) -> None:
    widget = make_map(
        before=lambda it: (it.fit_area("460105"), it.set_style(MapStyle(pin_scale=2)))
    )
    wait_for(qtbot, widget, "window.baton.app.framed === '460105'")
    wait_for(qtbot, widget, "window.baton.app.style.pinScale === 2")
    qtbot.waitUntil(
        lambda: widget.viewport is not None and widget.viewport.south > 19.9, timeout=5_000
    )
    widget.resize(500, 400)
    qtbot.waitUntil(lambda: widget.viewport.width == 500, timeout=5_000)  # type: ignore[union-attr]
    view = widget.viewport
    assert view is not None
    assert view.west < 110.14 < 110.33 < view.east


def test_frozen_and_hidden_map_is_right_in_the_end(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker()])
    wait_for(qtbot, map_widget, f"{STORE}.worker.has('w1')")
    map_widget.freeze(True)
    map_widget.hide()
    map_widget.update_workers([worker(load=7)], [])
    map_widget.show()
    map_widget.freeze(False)
    wait_for(qtbot, map_widget, f"{STORE}.worker.get('w1').load === 7")
