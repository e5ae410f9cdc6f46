"""The page in its process: profile, scheme, channel, settings; reloads itself after a crash."""

import os
import signal
from collections.abc import Mapping
from logging import ERROR, INFO, WARNING, getLogger

import psutil
import shiboken6
from PySide6.QtCore import QFile, QIODevice, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)

from console.map.basemap.endpoint import TileEndpoint
from console.map.bridge import Bridge, PageEvents
from console.map.revival import Revival
from console.map.scheme import PAGE_URL, SCHEME, Gatekeeper, SchemeHandler, ServedFile
from console.map.watchdog import Watchdog

_log = getLogger(__name__)
_page_log = getLogger("console.map.page")

RELOAD_MS = 200
"""Loaded at once after a crash, one page in four has a channel that never speaks; after 100 ms none in 64."""
MUTE_MS = 1000
"""A page that has loaded and whose channel has not spoken by then has such a one, and is loaded again."""

ENDING_TRIES = 5
"""A killed process that still exists is freeing its memory: so often (every 2 s) it is asked for before it is given up."""

_OFF = (
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.LocalStorageEnabled,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.WebGLEnabled,
    QWebEngineSettings.WebAttribute.DnsPrefetchEnabled,
    QWebEngineSettings.WebAttribute.AutoLoadIconsForPage,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
    QWebEngineSettings.WebAttribute.ShowScrollBars,
)
APPLICATION_WORLD = int(QWebEngineScript.ScriptWorldId.ApplicationWorld.value)
_LEVELS = {
    QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel: INFO,
    QWebEnginePage.JavaScriptConsoleMessageLevel.WarningMessageLevel: WARNING,
    QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel: ERROR,
}


class _Page(QWebEnginePage):
    """Stays on its one address, opens nothing, writes its console to the log."""

    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        """Only our own page, only in the main frame."""
        return isMainFrame and QUrl(url) == PAGE_URL

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """The page's console under the logger `console.map.page`."""
        _page_log.log(_LEVELS[level], "%s (%s:%d)", message[:2000], sourceID[:200], lineNumber)


class MapHost(QObject):
    """Owns page and profile; loads again by itself after a crash, after three in a minute on trial only.

    `lost` comes before everything else, and before a page that hangs is ended: what it was asked
    is void. `gave_up`: nothing can be shown until `came_back`.
    """

    lost = Signal()
    gave_up = Signal()
    came_back = Signal()

    def __init__(
        self, files: Mapping[str, ServedFile], background: QColor, parent: QObject | None = None
    ) -> None:
        """`files` is the whole of what the page can load; `background` stands until it has."""
        super().__init__(parent)
        self.events = PageEvents(self)
        self.watchdog = Watchdog(self)
        self._profile = QWebEngineProfile()
        self._handler = SchemeHandler(files, self)
        self._gatekeeper = Gatekeeper(self)
        self._profile.installUrlSchemeHandler(SCHEME, self._handler)
        self._profile.setUrlRequestInterceptor(self._gatekeeper)
        self.page = _Page(self._profile)
        self.page.setBackgroundColor(background)
        self._bridge = Bridge(self.events, self)
        self._channel = QWebChannel(self)
        self._channel.registerObject("bridge", self._bridge)
        self.page.setWebChannel(self._channel, APPLICATION_WORLD)
        self._harden()
        self._inject_relay(files["/js/relay.js"].read().decode())
        self._revival = Revival(self)
        self._mute = QTimer(self, singleShot=True, interval=MUTE_MS)
        self._opened = False
        self._condemned = 0
        """Pid of the process that has been killed and has not been told of as ended, 0 for none."""
        self._tries = 0
        self.given_up = False
        """Whether the page has died too often and is not to be shown."""
        self._connect()

    def _connect(self) -> None:
        self.page.renderProcessTerminated.connect(self._on_terminated)
        self.page.loadStarted.connect(self._on_load_started)
        self.page.loadFinished.connect(self._on_load_finished)
        self.events.opened.connect(self._on_opened)
        self._mute.timeout.connect(self._load_again)
        self.events.ready.connect(self.watchdog.ready)
        self.events.landed.connect(self.watchdog.landed)
        self.events.beat.connect(self.watchdog.beat)
        self.watchdog.hung.connect(self.kill)
        self.watchdog.died.connect(lambda: QTimer.singleShot(RELOAD_MS, self, self.load))
        self.watchdog.gave_up.connect(self._give_up)
        self.events.ready.connect(self._revival.page_ready)
        self._revival.wanted.connect(self._try)
        self._revival.proven.connect(self._come_back)

    def serve_tiles(self, endpoint: TileEndpoint) -> None:
        """Let the page have the pictures of base maps."""
        self._handler.tiles = endpoint

    def load(self) -> None:
        """Load the page from its start."""
        self._condemned = 0
        self.watchdog.loading()
        self.page.load(PAGE_URL)

    @property
    def trying(self) -> bool:
        """Whether a page is being tried out of sight."""
        return self._revival.trying

    def try_again(self) -> None:
        """Try a page that was given up now, and not only when the time has come."""
        if self.given_up:
            self._revival.ask()

    def send(self, text: str) -> None:
        """One message to the page; lost without a word when it is not ready."""
        self._bridge.push.emit(text)

    def kill(self) -> None:
        """End a renderer that hangs; its end is then noticed like any crash, or else taken for granted.

        Not too early: its end would be told of later, and counted twice.
        """
        if self._condemned:
            self._tries += 1
            if self._tries >= ENDING_TRIES or not psutil.pid_exists(self._condemned):
                self._crashed()
            return
        pid = self.page.renderProcessPid()
        if pid <= 0:
            self._crashed()
            return
        _log.error("map: the page does not answer and is started again")
        self._condemned, self._tries = pid, 0
        if not self.given_up:
            self.lost.emit()
        try:
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        except OSError:
            self._crashed()

    def close(self) -> None:
        """End page, then profile: Qt asks for this order. The view must be gone already."""
        self.watchdog.stop()
        self._revival.stop()
        self._mute.stop()
        for thing in (self.page, self._profile):
            if shiboken6.isValid(thing):
                shiboken6.delete(thing)

    def _harden(self) -> None:
        settings = self.page.settings()
        for attribute in _OFF:
            settings.setAttribute(attribute, False)
        settings.setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
        )

    def _inject_relay(self, relay: str) -> None:
        """Qt's channel client and our relay, in a world that the page's scripts cannot enter."""
        client = QFile(":/qtwebchannel/qwebchannel.js")
        client.open(QIODevice.OpenModeFlag.ReadOnly)
        script = QWebEngineScript()
        script.setName("relay")
        script.setSourceCode(bytes(client.readAll().data()).decode() + "\n" + relay)
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(APPLICATION_WORLD)
        script.setRunsOnSubFrames(False)
        self.page.scripts().insert(script)

    def _on_load_started(self) -> None:
        self._opened = False
        self._mute.stop()

    def _on_opened(self) -> None:
        self._opened = True
        self._mute.stop()

    def _on_load_finished(self, _good: bool) -> None:
        if not self._opened:
            self._mute.start()

    def _load_again(self) -> None:
        """No death of the page: it does not count. The watchdog goes on waiting for the first word."""
        _log.warning("map: the page's channel is mute, the page is loaded again")
        self.page.load(PAGE_URL)

    def _on_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int
    ) -> None:
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        _log.error("map: the page's process ended (%s, %d)", status.name, code)
        self._crashed()

    def _crashed(self) -> None:
        self._mute.stop()
        if not self._condemned and not self.given_up:
            self.lost.emit()
        self._condemned = 0
        self.watchdog.crashed()

    def _give_up(self) -> None:
        first, self.given_up = not self.given_up, True
        self._revival.given_up()
        if first:
            self.gave_up.emit()

    def _try(self) -> None:
        self.watchdog.on_trial = True
        # Whoever asks may do so in the very moment of the death.
        QTimer.singleShot(RELOAD_MS, self, self.load)

    def _come_back(self) -> None:
        self.watchdog.begin_anew()
        self.given_up = False
        self.came_back.emit()
