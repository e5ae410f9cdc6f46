"""Real widgets on no screen; what Qt or the program complains of fails the test."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

import logging
from collections.abc import Iterator
from functools import partialmethod

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.city import City
from console.geo.cities import default_city
from console.geo.city import load_city
from console.i18n import Texts
from console.map.engine import prepare_engine
from console.store.picture import Picture
from console.theme.qss import dress
from tests.qt.desk_picture import make_picture
from tests.tidy import collected_here

prepare_engine()

BAD = ("deleted", "QObject::", "QPainter::", "QLayout::", "QWidget::", "Could not parse stylesheet")
"""What Qt says when objects, painters or layouts are misused."""


PATIENCE_MS = 30_000
"""How long a test waits for what will come; on a busy machine the library's own five seconds are short."""

for _name in ("waitUntil", "waitSignal", "waitSignals"):
    setattr(QtBot, _name, partialmethod(getattr(QtBot, _name), timeout=PATIENCE_MS))


def complaints(said: list[str]) -> list[str]:
    """Those of Qt's messages that tell of a fault in the program."""
    return [words for words in said if any(bad in words for bad in BAD)]


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """The console's style, once."""
    dress(qapp)


@pytest.fixture(scope="session")
def city() -> City:
    """The shipped city."""
    return load_city(default_city())


@pytest.fixture(scope="session")
def zh(city: City) -> Texts:
    """Chinese; a missing key or value is an error."""
    return Texts("zh", city.case_word, strict=True)


@pytest.fixture(scope="session")
def en(city: City) -> Texts:
    """English; a missing key or value is an error."""
    return Texts("en", city.case_word_en, strict=True)


@pytest.fixture
def picture(city: City) -> Picture:
    """Sixty cases in every state; a test may change it."""
    return make_picture(city, 60)


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """No widget is destroyed by a thread that runs beside the test."""
    with collected_here():
        yield


@pytest.fixture(autouse=True)
def keys_up(dressed: None) -> None:
    """A key that an earlier test left pressed would change what a drop means."""
    QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)
    assert QGuiApplication.queryKeyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture
def errors_allowed() -> list[str]:
    """Parts of log lines of level ERROR that this test means to bring about."""
    return []


@pytest.fixture(autouse=True)
def nothing_unexpected(
    caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest, errors_allowed: list[str]
) -> Iterator[None]:
    """Fails for log lines of level ERROR, for missing words and for Qt's complaints."""
    qt_log = request.getfixturevalue("qtlog")
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    errors = [r.getMessage() for r in records if r.levelno >= logging.ERROR]
    errors += [r.getMessage() for r in records if r.getMessage().startswith("no words for")]
    assert [e for e in errors if not any(part in e for part in errors_allowed)] == []
    assert complaints([record.message for record in qt_log.records]) == []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Widgets are closed after the test: what Qt says then counts too."""
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, words: said.append(words or ""))
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    assert complaints(said) == []
