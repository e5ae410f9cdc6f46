"""The page's own URL scheme: a fixed table of files, GET only, for our own page only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from logging import getLogger
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from console.map.headers import HEADERS

if TYPE_CHECKING:
    from console.map.basemap.endpoint import TileEndpoint

_log = getLogger(__name__)

SCHEME = b"baton"
HOST = "map"
ORIGIN = "baton://map"
PAGE_URL = QUrl(ORIGIN + "/")

MIME_TYPES = {
    "html": b"text/html;charset=utf-8",
    "js": b"text/javascript;charset=utf-8",
    "css": b"text/css;charset=utf-8",
    "json": b"application/json;charset=utf-8",
    "bin": b"application/octet-stream",
}


@dataclass(frozen=True, slots=True)
class ServedFile:
    """One file of the table: its bytes, read when asked for."""

    read: Callable[[], bytes]
    mime: bytes


def register_scheme() -> None:
    """Tell QtWebEngine of the scheme, before the QApplication is made (engine.py)."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name():
        return
    scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers `baton://map/…` from a table path → file; anything else is refused."""

    def __init__(self, files: Mapping[str, ServedFile], parent: QObject | None = None) -> None:
        """`files` maps "/", "/js/main.js", … to what is served there."""
        super().__init__(parent)
        self._files = dict(files)
        self.tiles: TileEndpoint | None = None
        """Answers what lies under `/tile/`, where the city offers base maps."""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Serve one GET; the page itself is asked for by us, all the rest by the page."""
        url = job.requestUrl()
        if bytes(job.requestMethod().data()) != b"GET" or url.host() != HOST:
            _log.warning("map: refused a request that is not a GET of our own page")
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        initiator = job.initiator()
        if not (initiator.isEmpty() or initiator.toString() == ORIGIN):
            _log.warning("map: refused a request from another origin")
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        if self.tiles is not None and url.path().startswith("/tile/"):
            self.tiles.begin(job, url.path())
            return
        served = self._files.get(url.path())
        if served is None:
            _log.warning("map: no such file: %s", url.path())
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        self._reply(job, served)

    def _reply(self, job: QWebEngineUrlRequestJob, served: ServedFile) -> None:
        job.setAdditionalResponseHeaders(HEADERS)
        body = QBuffer(job)
        body.setData(QByteArray(served.read()))
        body.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(served.mime), body)


class Gatekeeper(QWebEngineUrlRequestInterceptor):
    """Blocks every request that does not go to our own scheme and host."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Called by QtWebEngine for each request before it is made."""
        url = info.requestUrl()
        if url.scheme().encode() == SCHEME and url.host() == HOST:
            return
        _log.warning("map: blocked a request to %s", url.scheme())
        info.block(True)
