"""A real page in a real QtWebEngine, offscreen; what its console says fails the test."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.map.engine import prepare_engine
from console.map.strings import STRINGS
from console.map.widget import MapWidget
from tests.map.fakes import PALETTE, fake_boundaries, fake_city
from tests.map.page import wait_for
from tests.tidy import collected_here

prepare_engine()

Make = Callable[..., MapWidget]


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """No widget is destroyed by a thread that runs beside the test."""
    with collected_here():
        yield


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page-cache")


@pytest.fixture
def page_words(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Patterns that the page's console may say in this test; all else fails it."""
    return []


@pytest.fixture
def make_map(
    qtbot: QtBot, cache_dir: Path, caplog: pytest.LogCaptureFixture, page_words: list[str]
) -> Iterator[Make]:
    """Makes shown widgets; ends them in order and looks through the page's console."""
    made: list[MapWidget] = []

    def make(lang: str = "zh", before: Callable[[MapWidget], object] = lambda _: None) -> MapWidget:
        boundaries = fake_boundaries()
        city = fake_city(boundaries)
        widget = MapWidget(boundaries, city, STRINGS[lang], PALETTE, cache_dir, QLabel("fallback"))
        made.append(widget)
        qtbot.addWidget(widget)
        widget.resize(800, 600)
        before(widget)
        with qtbot.waitSignals([widget.page_ready, widget.view_changed], timeout=30_000):
            widget.show()
        # The land comes after the page is ready, and the frame with it.
        wait_for(qtbot, widget, "Object.keys(window.baton.app.geometry).length === 5")
        return widget

    with caplog.at_level(logging.INFO, "console.map"):
        yield make
        for widget in made:
            widget.shut_down()
    said = [r.getMessage() for r in caplog.records if r.name == "console.map.page"]
    unexpected = [s for s in said if not any(word in s for word in page_words)]
    assert unexpected == []


@pytest.fixture
def map_widget(make_map: Make) -> MapWidget:
    return make_map()
