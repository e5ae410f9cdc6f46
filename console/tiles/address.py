"""Addresses of pictures: what a template may hold, and the address of one tile."""

import re
from urllib.parse import quote, urlsplit

from console.domain.basemap import KEY

_PLACE = re.compile(r"\{([^{}]*)\}")


def hosts_of(template: str, subdomains: tuple[str, ...] = ()) -> frozenset[str]:
    """The hosts that the template leads to, in lower case."""
    host = urlsplit(template.replace("{s}", "%s")).hostname or ""
    return frozenset(host.replace("%s", one.lower()) for one in subdomains or ("",) if host)


def tile_address(
    template: str, subdomains: tuple[str, ...], key: str, place: tuple[int, int, int]
) -> str:
    """The address of the tile (zoom, column, row from the north); the same tile has always the same host."""
    zoom, column, row = place
    values = {
        "z": str(zoom),
        "x": str(column),
        "y": str(row),
        "-y": str(2**zoom - 1 - row),
        "key": quote(key, safe=""),
        "s": subdomains[(column + row) % len(subdomains)] if subdomains else "",
    }
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), template)


def with_key(url: str, key: str) -> str:
    """The address with the user's key in its place."""
    return url.replace(KEY, quote(key, safe=""))
