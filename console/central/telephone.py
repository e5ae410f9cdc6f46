"""The city's telephone system: asked to connect a seat with a citizen whose number the seat never sees."""

import argparse
import json
import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, urlsplit

from console.central.failure import StartFailure

if TYPE_CHECKING:
    from http.client import HTTPConnection

TOKEN_VARIABLE = "BATON_TELEPHONE_TOKEN"  # noqa: S105 - the variable's name, not its value
"""Environment variable that holds the bearer token of the webhook, if it wants one."""

PATIENCE_S = 10.0
"""Seconds the telephone system gets to say that it rings."""

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class TelephoneFailed(Exception):
    """It did not connect them; the argument says why and holds no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Connect `seat` (its name in the log) with `number` about a case."""

    seat: str
    case: str
    number: str


class Telephone(Protocol):
    """Any telephone system."""

    def connect(self, call: Call) -> None:
        """Ring the seat and then the citizen; blocks until it rings. Raises `TelephoneFailed`."""


class Webhook:
    """A telephone system that is asked by `POST` with `{seat, case, number}` and answers 2xx once it rings."""

    def __init__(self, url: str, token: str = "", authority: Path | None = None) -> None:
        """HTTPS, plain only on this machine; `authority` is the city's own CA. Raises `StartFailure`."""
        parts = _parts(url)
        plain = parts is not None and parts.scheme == "http" and parts.hostname in _LOOPBACK
        if parts is None or not (plain or parts.scheme == "https"):
            raise StartFailure(
                "telephone",
                "电话系统的地址须以 https:// 开头（本机可用 http://）。",
                "The address of the telephone system must begin with https:// (http:// on this machine).",
            )
        self._parts = parts
        self._token = token
        self._tls = None if plain else ssl.create_default_context(cafile=authority)

    def connect(self, call: Call) -> None:
        """Ask once: nobody knows whether a lost answer has rung."""
        from http.client import HTTPException  # here and below: not every start needs it

        body = {"seat": call.seat, "case": call.case, "number": call.number}
        try:
            status = self._post(json.dumps(body).encode())
        except (OSError, HTTPException) as error:
            # Not the error's own words: a library may put the request into them.
            raise TelephoneFailed(type(error).__name__) from None
        if not 200 <= status < 300:
            raise TelephoneFailed(f"it answered {status}")

    def _post(self, body: bytes) -> int:
        headers = {"Content-Type": "application/json", "Connection": "close"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        connection = _connection(self._parts, self._tls)
        path = self._parts.path or "/"
        query = f"?{self._parts.query}" if self._parts.query else ""
        try:
            connection.request("POST", path + query, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


def _parts(url: str) -> SplitResult | None:
    """The parts of an address with a host, None for what is none."""
    try:
        found = urlsplit(url)
        return found if found.hostname and found.port != 0 else None
    except ValueError:
        return None


def _connection(parts: SplitResult, tls: ssl.SSLContext | None) -> "HTTPConnection":
    from http.client import HTTPConnection, HTTPSConnection

    host = parts.hostname or ""
    if tls is None:
        return HTTPConnection(host, parts.port, timeout=PATIENCE_S)
    return HTTPSConnection(host, parts.port, timeout=PATIENCE_S, context=tls)


def add_telephone(parser: argparse.ArgumentParser) -> None:
    """`--telephone` and its authority."""
    parser.add_argument(
        "--telephone",
        metavar="URL",
        help="webhook of the telephone system that connects a seat with a citizen; its bearer "
        f"token, if it wants one, in ${TOKEN_VARIABLE}",
    )
    parser.add_argument(
        "--telephone-ca", type=Path, metavar="FILE", help="authority of its certificate (PEM)"
    )


def telephone_of(options: argparse.Namespace) -> Telephone | None:
    """The telephone system that the options name, None without one; raises `StartFailure`."""
    if options.telephone is None:
        return None
    token = os.environ.get(TOKEN_VARIABLE, "").strip()
    try:
        return Webhook(options.telephone, token, options.telephone_ca)
    except OSError as error:
        raise StartFailure(
            "telephone",
            f"读不了电话系统的证书 {options.telephone_ca}：{error}",
            f"The authority of the telephone system cannot be read, {options.telephone_ca}: {error}",
        ) from error
