"""A visit to the city's identity provider: PKCE (RFC 7636) and a loopback redirect (RFC 8252)."""

import base64
import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from console.client.addresses import on_loopback
from console.client.identity import Provider

_PATH = "/callback"
_LINGER_S = 0.2

_PAGE = (
    "<!doctype html><meta charset=utf-8><title>Baton</title>"
    "<body style='font:18px sans-serif;margin:4em'>"
    "<p>请回到指挥棒窗口，此页可以关闭。<p>Go back to Baton; this page can be closed."
).encode()


class NotBack(Exception):
    """Nobody came back with a code; `code`: no-provider, provider-refused, gave-up, too-slow, bad-provider."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep both."""
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True)
class Back:
    """What the centre needs to have the provider's word for who it is."""

    code: str
    verifier: str
    redirect_uri: str
    nonce: str


def visit(
    provider: Provider,
    open_browser: Callable[[str], object],
    give_up: threading.Event,
    patience_s: float,
) -> Back:
    """Open the browser and wait on 127.0.0.1 until somebody is back; raises `NotBack`."""
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    with _receiver(secrets.token_urlsafe(24)) as receiver:
        open_browser(_question(provider, verifier, nonce, receiver))
        waited = 0.0
        while not receiver.come.wait(_LINGER_S):
            waited += _LINGER_S
            if give_up.is_set():
                raise NotBack("gave-up", "nobody waits for it any more")
            if waited >= patience_s:
                raise NotBack("too-slow", "the browser did not come back in time")
    if receiver.error:
        raise NotBack("provider-refused", receiver.error)
    return Back(receiver.code, verifier, receiver.redirect_uri, nonce)


def challenge(verifier: str) -> str:
    """PKCE's S256 of a verifier."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def _question(provider: Provider, verifier: str, nonce: str, receiver: "_Receiver") -> str:
    parts = urlsplit(provider.authorization_endpoint)
    safe = parts.scheme == "https" or (parts.scheme == "http" and on_loopback(parts.hostname or ""))
    if not safe:
        # The browser would open a file or a program just as gladly.
        raise NotBack("bad-provider", "the identity provider's address is not https")
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": receiver.redirect_uri,
        "scope": provider.scope,
        "state": receiver.state,
        "nonce": nonce,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
    }
    joint = "&" if parts.query else "?"
    return provider.authorization_endpoint + joint + urlencode(query)


class _Receiver(ThreadingHTTPServer):
    """Waits for one visit with the right state; whatever else knocks is sent away."""

    # Browsers open connections ahead of need and leave them silent.
    daemon_threads = True

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Visit)
        self.state = state
        self.redirect_uri = f"http://127.0.0.1:{self.server_address[1]}{_PATH}"
        self.come = threading.Event()
        self.code = ""
        self.error = ""

    def take(self, query: dict[str, list[str]]) -> bool:
        """Whether this is the visit that is waited for."""
        told = {name: values[0] for name, values in query.items()}
        if self.come.is_set() or not hmac.compare_digest(
            told.get("state", "").encode(), self.state.encode()
        ):
            return False
        self.code = told.get("code", "")
        self.error = "" if self.code else told.get("error", "no code")
        self.come.set()
        return True


class _Visit(BaseHTTPRequestHandler):
    server: _Receiver
    timeout = 5

    def log_message(self, format: str, *args: object) -> None:
        """A code must not stand in a log."""

    def do_GET(self) -> None:
        """The browser comes back."""
        parts = urlsplit(self.path)
        good = parts.path == _PATH and self.server.take(parse_qs(parts.query))
        self.send_response(200 if good else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(_PAGE) if good else 0))
        self.send_header("Connection", "close")
        self.end_headers()
        if good:
            self.wfile.write(_PAGE)


@contextmanager
def _receiver(state: str) -> Iterator[_Receiver]:
    server = _Receiver(state)
    thread = threading.Thread(
        target=server.serve_forever, args=(0.05,), name="baton-oidc", daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
