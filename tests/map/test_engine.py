"""What QtWebEngine is told before it starts reaches the page's process."""

import os
import subprocess
import sys

import pytest

from console.map.engine import COMPILERS, prepare_engine

FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"

PAGE = """
import os
from console.map import engine
# Behind all of ours: V8 has read them when it has read this one.
engine.COMPILERS += ",--expose-gc"
engine.prepare_engine()
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication
application = QApplication(["test"])
page = QWebEnginePage()
def told(kind):
    print(kind)
    application.quit()
page.loadFinished.connect(lambda _: page.runJavaScript("typeof gc", 0, told))
page.setHtml("<p>")
application.exec()
del page
"""


def test_v8_knows_all_the_flags() -> None:
    command = [sys.executable, "-c", PAGE]
    clean = {name: value for name, value in os.environ.items() if name != FLAGS}
    page = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True, env=clean
    )
    assert page.stdout.strip() == "function"
    assert "unrecognized flag" not in page.stderr


def test_other_flags_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FLAGS, "--disable-gpu")
    prepare_engine()
    assert os.environ[FLAGS] == f"--disable-gpu {COMPILERS}"
    prepare_engine()
    assert os.environ[FLAGS] == f"--disable-gpu {COMPILERS}"


def test_flags_for_v8_are_left_to_whoever_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FLAGS, "--js-flags=--expose-gc")
    prepare_engine()
    assert os.environ[FLAGS] == "--js-flags=--expose-gc"
