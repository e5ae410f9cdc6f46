"""The addresses of one centre: which one is used now, shared by everything that asks it."""

import ipaddress
import threading
from collections.abc import Sequence
from urllib.parse import urlsplit


class PlainHttp(ValueError):
    """An address without TLS that is not on this machine; the argument is the address."""


class Addresses:
    """Sticky to what works; what failed is left for the next one, and none is preferred."""

    def __init__(self, addresses: str | Sequence[str], *, allow_plain: bool = False) -> None:
        """At least one base URL; raises `PlainHttp` unless plain http beyond loopback is allowed."""
        given = [addresses] if isinstance(addresses, str) else addresses
        self.all = tuple(dict.fromkeys(address.rstrip("/") for address in given))
        if not self.all:
            raise ValueError("a centre needs an address")
        for address in self.all:
            if not allow_plain and not _safe(address):
                raise PlainHttp(address)
        self._lock = threading.Lock()
        self._chosen = 0

    @property
    def current(self) -> str:
        """The one that worked last, or whose turn it is."""
        return self.all[self._chosen]

    def round(self) -> tuple[str, ...]:
        """All of them, beginning with the current one."""
        first = self._chosen
        return (*self.all[first:], *self.all[:first])

    def failed(self, address: str) -> None:
        """It did not answer: the next one's turn, unless somebody has gone on already."""
        with self._lock:
            if self.all[self._chosen] == address:
                self._chosen = (self._chosen + 1) % len(self.all)


def _safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and on_loopback(parts.hostname or ""))


def on_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
