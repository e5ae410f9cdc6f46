"""Where things are: the address a client came by, links as the standard names them, the Link header."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request

from console.central.inbound import origin

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
"""Media types of documents, of features and of the API definition."""

ROOT = "/ogc"
"""Path of the landing page."""


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
        """Of this request."""
        self._base = origin(request)

    def at(self, *path: str, **query: str) -> str:
        """The address below the landing page."""
        steps = "".join("/" + quote(step, safe="") for step in path)
        return f"{self._base}{ROOT}{steps}" + (f"?{urlencode(query)}" if query else "")


def link_header(links: Iterable[Link]) -> dict[str, str]:
    """The same links as a header, for who does not read the body; titles stay in the body."""
    return {"Link": ", ".join(f'<{one.href}>; rel="{one.rel}"; type="{one.type}"' for one in links)}
