"""A little identity provider on loopback, with keys of its own, that can be told to lie."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "baton", "s3cret & more"
PATIENCE_S = 60


@dataclass(frozen=True)
class Key:
    """A key and its id."""

    kid: str
    private: rsa.RSAPrivateKey

    def shown(self) -> dict[str, Any]:
        """As the provider shows it."""
        told: dict[str, Any] = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return told | {"kid": self.kid, "use": "sig", "alg": "RS256"}

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode(claims, self.private, "RS256", headers={"kid": self.kid, **header})


def new_key(kid: str) -> Key:
    return Key(kid, rsa.generate_private_key(65537, 2048))


@dataclass
class FakeProvider:
    """What it does next may be changed at any moment."""

    url: str = ""
    who: dict[str, Any] = field(default_factory=lambda: {"preferred_username": "wang"})
    """Claims about whoever comes."""
    amend: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    sign: Callable[[dict[str, Any]], str] | None = None
    """Instead of its own key."""
    keys: list[Key] = field(default_factory=lambda: [new_key("k1")])
    """What is shown; the last one signs."""
    down: bool = False
    refuses: str | None = None
    """An error instead of a code."""
    asked: list[str] = field(default_factory=list)
    """Paths, in order."""
    issuer: str | None = None
    """What it calls itself, if not its address."""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def settings(self, **more: str) -> str:
        """The centre's settings file."""
        told = {"issuer": self.url, "client_id": CLIENT, **more}
        return "".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items())

    def browser(self, url: str) -> None:
        """What a browser does: ask, and go where it is sent."""
        requests.get(url, timeout=PATIENCE_S)

    def claims(self, nonce: str) -> dict[str, Any]:
        """A good token's."""
        now = int(time.time())
        base = {"iss": self.url, "sub": "4711", "aud": CLIENT, "iat": now, "exp": now + 300}
        return base | {"nonce": nonce} | self.who

    def token(self, nonce: str) -> str:
        """An ID token as it is told to make it."""
        claims = self.amend(self.claims(nonce))
        return self.keys[-1].sign(claims) if self.sign is None else self.sign(claims)

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent."""
        back = {"state": query["state"]}
        if self.refuses:
            back["error"] = self.refuses
        else:
            back["code"] = secrets.token_urlsafe(16)
            self._codes[back["code"]] = query
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A code for a token, once, to who can prove to have asked."""
        name, _, secret = base64.b64decode(authorization.partition(" ")[2]).decode().partition(":")
        if authorization and (unquote(name), unquote(secret)) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
            or asked["client_id"] != form.get("client_id")
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "id_token": self.token(asked["nonce"])}

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """A provider for one test."""
    provider = FakeProvider()

    class Visit(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if provider.down:
                self._say(503, {"error": "down"})
            elif parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(dict(parse_qsl(parts.query))))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/keys":
                self._say(200, {"keys": [key.shown() for key in provider.keys]})
            elif parts.path == "/.well-known/openid-configuration":
                self._say(200, provider.description())
            else:
                self._say(404, {})

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if provider.down:
                self._say(503, {"error": "down"})
                return
            form = dict(parse_qsl(body))
            self._say(*provider.exchange(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, told: dict[str, Any]) -> None:
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Visit)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE_S)
