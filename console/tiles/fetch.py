"""One file from a map service: only from its own hosts, within limits of size and time, tried again."""

import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_ import create_urllib3_context

from console.tiles.fault import Fault, NoPicture

USER_AGENT = "Baton/1.0 (city dispatch console)"
CONNECT_S, READ_S, WHOLE_S = 4.0, 8.0, 20.0
"""Limits in seconds: to connect, between two bytes, for the whole answer."""
RETRY_S = (0.4, 1.6)
"""Waits in seconds before the second and the third try."""
LONGEST_WAIT_S = 5.0
"""A service that asks for more time than this is left alone for now."""
REDIRECTS = 3
_CHUNK = 16 * 1024

_MOVED = frozenset({301, 302, 303, 307, 308})
_KEY = frozenset({401, 403, 418})
"""418 is what Tianditu answers to a key that it does not like."""
_ABSENT = frozenset({204, 404, 410})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Fetched:
    """`body` is None where what is kept is still right (304), b"" where there is nothing."""

    body: bytes | None
    headers: Mapping[str, str]


class _OwnAuthority(HTTPAdapter):
    """Trusts the city's own certificate authority beside the public ones."""

    def __init__(self, ca_file: Path) -> None:
        self._context: ssl.SSLContext = create_urllib3_context()
        self._context.load_verify_locations(cafile=str(ca_file))
        super().__init__()

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **kwargs: Any
    ) -> None:
        """With the context that knows the authority."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **kwargs)


class Fetcher:
    """Asks the hosts of one base map; safe to use from several threads, each keeps its connections."""

    def __init__(
        self,
        hosts: frozenset[str],
        stop: threading.Event,
        *,
        referer: str | None = None,
        ca_file: Path | None = None,
    ) -> None:
        """Once `stop` is set nothing is tried again."""
        self._hosts, self._stop, self._ca_file = hosts, stop, ca_file
        self._headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        if referer is not None:
            self._headers["Referer"] = referer
        self._local = threading.local()

    def get(self, url: str, *, largest: int, etag: str = "") -> Fetched:
        """What is there; raises NoPicture, whose words name the host and never the address."""
        last = NoPicture(Fault.UNREACHABLE, "stopped")
        for wait in (*RETRY_S, None):
            if self._stop.is_set():
                raise last
            try:
                return self._follow(url, largest, etag)
            except _Later as later:
                last = NoPicture(Fault.UNREACHABLE, later.detail)
                if wait is None or later.after_s > LONGEST_WAIT_S:
                    break
                self._stop.wait(max(wait, later.after_s))
        raise last

    def _follow(self, url: str, largest: int, etag: str) -> Fetched:
        for _ in range(REDIRECTS + 1):
            answer = self._ask(url, etag)
            with answer:
                target = answer.headers.get("Location")
                if answer.status_code not in _MOVED or target is None:
                    return self._judge(answer, _host(url), largest)
                url = self._checked(url, urljoin(url, target))
        raise NoPicture(Fault.UNUSABLE, f"{_host(url)}: more than {REDIRECTS} redirects")

    def _checked(self, origin: str, target: str) -> str:
        """The address a redirect leads to, if it stays with the service and its encryption."""
        there = urlsplit(target)
        kept = there.scheme == "https" or there.scheme == urlsplit(origin).scheme == "http"
        if not kept or (there.hostname or "") not in self._hosts:
            raise NoPicture(Fault.UNUSABLE, f"{_host(origin)}: redirects to another host, refused")
        return target

    def _ask(self, url: str, etag: str) -> requests.Response:
        if _host(url) not in self._hosts:
            raise NoPicture(Fault.UNUSABLE, "an address of another host, refused")
        headers = {**self._headers, **({"If-None-Match": etag} if etag else {})}
        try:
            return self._line().get(
                url,
                headers=headers,
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
                stream=True,
            )
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            # The error's own words hold the address, and the key with it.
            raise _Later(f"{_host(url)}: {type(error).__name__}") from None

    def _judge(self, answer: requests.Response, host: str, largest: int) -> Fetched:
        status, headers = answer.status_code, answer.headers
        if status == 304:
            return Fetched(None, headers)
        if status in _ABSENT:
            return Fetched(b"", headers)
        if status in _KEY:
            raise NoPicture(Fault.KEY_REFUSED, f"{host}: status {status}")
        if status in _LATER:
            raise _Later(f"{host}: status {status}", _seconds(headers.get("Retry-After", "")))
        if status != 200 or headers.get("Content-Encoding", "identity") != "identity":
            raise NoPicture(Fault.UNUSABLE, f"{host}: status {status}")
        return Fetched(_body(answer, host, largest), headers)

    def _line(self) -> requests.Session:
        """This thread's connections; nothing from the environment, no cookies."""
        line: requests.Session | None = getattr(self._local, "line", None)
        if line is None:
            line = requests.Session()
            line.trust_env = False
            line.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            if self._ca_file is not None:
                line.mount("https://", _OwnAuthority(self._ca_file))
            self._local.line = line
        return line


class _Later(Exception):
    """It may go better in a moment."""

    def __init__(self, detail: str, after_s: float = 0.0) -> None:
        super().__init__(detail)
        self.detail, self.after_s = detail, after_s


def _body(answer: requests.Response, host: str, largest: int) -> bytes:
    """The bytes as they come, at most `largest`, all of them within `WHOLE_S`."""
    until = monotonic() + WHOLE_S
    parts: list[bytes] = []
    size = 0
    try:
        while part := answer.raw.read(_CHUNK, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > largest:
                raise NoPicture(Fault.UNUSABLE, f"{host}: an answer larger than {largest} bytes")
            if monotonic() > until:
                raise _Later(f"{host}: an answer that takes longer than {WHOLE_S:.0f} s")
    except (HTTPError, OSError, ValueError) as error:
        raise _Later(f"{host}: {type(error).__name__}") from None
    return b"".join(parts)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _seconds(text: str) -> float:
    return float(text) if text.isdigit() else 0.0
