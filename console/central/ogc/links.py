"""Where things are: the address a client came by, links as the standard names them, the Link header."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
"""Media types of documents, of features and of the API definition."""

ROOT = "/ogc"
"""Path of the landing page."""

_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of RFC 8288 as OGC APIs write it."""

    href: str
    rel: str
    type: str
    title: str


class Site:
    """The addresses of the API as one request came by it."""

    def __init__(self, request: Request) -> None:
        """A host that is none is left out: the client that sent it gets links without one."""
        host = request.headers.get("host", "")
        fits = _HOST.fullmatch(host) is not None
        self._base = f"{request.scope['scheme']}://{host}" if fits else ""

    def at(self, *path: str, **query: str) -> str:
        """The address below the landing page."""
        steps = "".join("/" + quote(step, safe="") for step in path)
        return f"{self._base}{ROOT}{steps}" + (f"?{urlencode(query)}" if query else "")


def link_header(links: Iterable[Link]) -> dict[str, str]:
    """The same links as a header, for who does not read the body; titles stay in the body."""
    return {"Link": ", ".join(f'<{one.href}>; rel="{one.rel}"; type="{one.type}"' for one in links)}
