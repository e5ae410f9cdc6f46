"""A page that is made anew behind the old one: nobody ever sees an empty map."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.map import recycle
from console.map.area_badge import AreaBadge
from console.map.recycle import RenewedMap
from console.map.strings import ZH
from console.map.style import MapStyle
from console.map.widget import MapWidget
from tests.map.fakes import PALETTE, fake_boundaries, fake_city
from tests.map.page import ask
from tests.map.pins import case

LOAD_MS = 60_000


@dataclass
class Eye:
    """Looks at the map again and again; `least` is the barest picture it has seen, in pixels that are no ground."""

    pages: RenewedMap
    seen: list[int] = field(default_factory=list)

    def look(self) -> None:
        shown = self.pages.grab().toImage().scaledToWidth(160)
        ground = shown.pixelColor(1, 1).rgb()
        pixels = ((x, y) for x in range(shown.width()) for y in range(shown.height()))
        self.seen.append(sum(shown.pixelColor(x, y).rgb() != ground for x, y in pixels))


@pytest.fixture
def pages(qtbot: QtBot, tmp_path: Path, cache_dir: Path) -> Iterator[RenewedMap]:
    """A map with land, a badge and a pin, drawn whole."""
    boundaries = fake_boundaries()
    city = fake_city(boundaries)
    made = RenewedMap(
        lambda: MapWidget(boundaries, city, ZH, PALETTE, cache_dir, QLabel("fallback"))
    )
    qtbot.addWidget(made)
    made.resize(640, 480)
    code = next(iter(city.areas))
    made.tell("style", lambda shown: shown.set_style(MapStyle(interactive=False)))
    made.tell("look", MapWidget.fit_city)
    made.tell("areas", lambda shown: shown.set_areas([AreaBadge(code=code, level=None, text="7")]))
    made.tell("cases", lambda shown: shown.set_cases([case("C1")]))
    with qtbot.waitSignal(made.map.whole, timeout=LOAD_MS):
        made.show()
    eye = Eye(made)

    def drawn() -> bool:
        eye.look()
        return eye.seen[-1] > 500

    qtbot.waitUntil(drawn, timeout=LOAD_MS)
    yield made
    made.shut_down()


def watch(
    qtbot: QtBot, pages: RenewedMap, act: Callable[[], object], over: Callable[[], bool]
) -> Eye:
    """Look at the map from before the act until it is over and some time longer."""
    eye = Eye(pages)
    eye.look()
    clock = QTimer(pages, interval=15)
    clock.timeout.connect(eye.look)
    clock.start()
    act()
    qtbot.waitUntil(over, timeout=LOAD_MS)
    so_far = len(eye.seen)
    qtbot.waitUntil(lambda: len(eye.seen) > so_far + 40, timeout=LOAD_MS)
    clock.stop()
    return eye


def test_a_renewed_page_is_never_seen_empty(qtbot: QtBot, pages: RenewedMap) -> None:
    old = pages.map
    pid = old.view.page().renderProcessPid()
    swapped: list[bool] = []
    pages.renewed.connect(lambda: swapped.append(True))
    eye = watch(qtbot, pages, pages.renew, lambda: bool(swapped) and not shiboken6.isValid(old))
    assert len(eye.seen) > 40
    assert min(eye.seen) > 0.8 * eye.seen[0]
    assert pages.map is not old
    assert pages.map.view.page().renderProcessPid() != pid
    # What the old one was told the new one knows, and it goes on hearing.
    pages.tell("cases", lambda shown: shown.set_cases([case("C1"), case("C2")]))
    qtbot.waitUntil(
        lambda: ask(qtbot, pages.map, "window.baton.app.store.pins.case.size") == 2, timeout=LOAD_MS
    )
    assert ask(qtbot, pages.map, "window.baton.app.badges.size") == 1


def test_the_eye_sees_a_page_that_is_loaded_again_in_place(qtbot: QtBot, pages: RenewedMap) -> None:
    """The positive control: so it would look without the second page."""
    back: list[bool] = []
    pages.map.whole.connect(lambda: back.append(True))
    eye = watch(qtbot, pages, pages.map.view.reload, lambda: bool(back))
    assert min(eye.seen) < 0.5 * eye.seen[0]


def test_a_new_page_that_comes_to_nothing_leaves_the_old_one(
    qtbot: QtBot, pages: RenewedMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = pages.map
    pages._late.setInterval(1)
    pages.renew()
    qtbot.waitUntil(lambda: pages._next is None)
    assert pages.map is old
    assert not pages.due(quiet=True), "not tried again at once"
    eye = Eye(pages)
    eye.look()
    assert eye.seen[0] > 500


def test_a_page_is_renewed_when_it_is_old_or_large_and_all_is_quiet(
    pages: RenewedMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(seconds: float, mib: float, *, quiet: bool) -> bool:
        monkeypatch.setattr(pages, "age", lambda: seconds)
        monkeypatch.setattr(pages, "renderer_mib", lambda: mib)
        return pages.due(quiet=quiet)

    assert pages.renderer_mib() > 20
    old, soon = recycle.EVERY_S + 1, recycle.LEAST_S - 1
    assert at(old, 100, quiet=True)
    assert not at(old, 100, quiet=False)
    assert at(recycle.LEAST_S + 1, recycle.MOST_MIB + 1, quiet=True)
    assert not at(recycle.LEAST_S + 1, recycle.MOST_MIB - 1, quiet=True)
    assert not at(soon, recycle.MOST_MIB + 1, quiet=True)
    assert at(recycle.LATEST * recycle.EVERY_S + 1, 100, quiet=False)
    pages.hide()
    assert not at(old, 100, quiet=True), "a hidden page would not draw"
