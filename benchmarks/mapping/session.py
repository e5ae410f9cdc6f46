"""A QApplication as the program makes it, windows of 1920×1080 in it, and questions to their pages."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.app.environment import prepare
from console.geo.boundaries import Boundaries, load_boundaries
from console.geo.cities import default_city
from console.geo.city import load_city
from console.map.engine import prepare_engine
from console.map.strings import ZH
from console.map.widget import MapWidget
from console.settings import Settings
from console.theme.tokens import MAP_PALETTE

SIZE = (1920, 1080)
_PATIENCE_MS = 180_000
_ANIMATION = (Path(__file__).parent / "animation.js").read_text(encoding="utf-8")


class Session:
    """One application; make it once in a process, and close it at the end."""

    def __init__(self, folder: Path) -> None:
        """`folder` keeps caches for later sessions."""
        prepare(Settings(city=default_city(), data_dir=folder), production=False)
        prepare_engine()
        self.app = QApplication([])
        self.folder = folder
        self.city = load_city(default_city())
        self.boundaries: Boundaries = load_boundaries(default_city(), folder, self.city.pack_hash)

    def make_map(self) -> MapWidget:
        """The console's own map, shown, its land complete."""
        widget = MapWidget(
            self.boundaries, self.city, ZH, MAP_PALETTE, self.folder / "page", QLabel("given up")
        )
        self.show(widget)
        page = widget.view.page()
        self.until(lambda: ask(self, page, "!!(window.baton && window.baton.app)") is True)
        ready = "Object.keys(window.baton.app.geometry).length === 5"
        self.until(lambda: ask(self, page, ready) is True)
        page.runJavaScript(_ANIMATION, 0)
        return widget

    def make_page(self, url: QUrl) -> QWebEngineView:
        """A plain view of a page, loaded and shown."""
        view = QWebEngineView()
        loaded: list[bool] = []
        view.loadFinished.connect(loaded.append)
        self.show(view)
        view.load(url)
        self.until(lambda: bool(loaded))
        view.page().runJavaScript(_ANIMATION, 0)
        return view

    def make_blank(self) -> QWebEngineView:
        """A blank page, and on it one sheet to move."""
        file = self.folder / "blank.html"
        file.write_text(
            "<!doctype html><body style='margin:0;background:#0D141C;overflow:hidden'>"
            "<div id=sheet style='position:absolute;left:-200px;top:-200px;width:2320px;"
            "height:1480px;background:#15202B;will-change:transform'></div>",
            encoding="utf-8",
        )
        return self.make_page(QUrl.fromLocalFile(str(file)))

    def show(self, widget: QWidget) -> None:
        """On the whole screen, without a frame."""
        widget.resize(*SIZE)
        widget.move(0, 0)
        widget.show()

    def until(self, done: Callable[[], bool], patience_ms: int = _PATIENCE_MS) -> None:
        """Run the event loop until `done`; SystemExit when that takes too long."""
        deadline = QDeadlineTimer(patience_ms)
        while not done():
            if deadline.hasExpired():
                raise SystemExit("the page does not get ready")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def wait(self, seconds: float) -> None:
        """Run the event loop so long."""
        deadline = QDeadlineTimer(int(seconds * 1000))
        self.until(deadline.hasExpired)


def ask(session: Session, page: QWebEnginePage, script: str) -> Any:
    """The value of the script's last expression, through JSON."""
    answers: list[str] = []
    page.runJavaScript("JSON.stringify(" + script + ")", 0, answers.append)
    session.until(lambda: bool(answers))
    return json.loads(answers[0]) if answers[0] else None


def promised(session: Session, page: QWebEnginePage, script: str) -> Any:
    """The value of the promise that the script makes."""
    page.runJavaScript(
        "window.kept = undefined; (" + script + ").then((v) => { window.kept = [v]; }); 0", 0
    )
    found: list[Any] = []

    def kept() -> bool:
        # Not more often than this: the answers would be part of what is measured.
        session.wait(0.5)
        found[:] = ask(session, page, "window.kept || []")
        return bool(found)

    session.until(kept)
    return found[0]


def processes() -> list[int]:
    """This process and all it has started."""
    import psutil

    me = psutil.Process(os.getpid())
    return [me.pid, *(child.pid for child in me.children(recursive=True))]
