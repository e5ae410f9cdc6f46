"""Links lead to where the client came by, and a made-up host does no harm."""

import pytest
from starlette.requests import Request

from console.central.ogc.links import Link, Site, link_header


def site(host: str) -> Site:
    headers = [(b"host", host.encode("latin-1"))]
    return Site(Request({"type": "http", "scheme": "https", "headers": headers}))


def test_links_have_the_host_and_are_quoted() -> None:
    assert site("gis.city:8443").at() == "https://gis.city:8443/ogc"
    assert site("[::1]:80").at("conformance") == "https://[::1]:80/ogc/conformance"
    link = site("h").at("collections", "cases", "items", "a/b?c", after="C:1 &")
    assert link == "https://h/ogc/collections/cases/items/a%2Fb%3Fc?after=C%3A1+%26"


@pytest.mark.parametrize("host", ["", "[", 'a"b', "a>b", "a b", "h:1/../x", "é", "h:999999"])
def test_a_host_that_is_none_is_left_out(host: str) -> None:
    assert site(host).at("api") == "/ogc/api"


def test_the_header_says_the_same() -> None:
    links = [Link("/a", "self", "t/a", "中"), Link("/b", "next", "t/b", "")]
    assert link_header(links) == {
        "Link": '</a>; rel="self"; type="t/a", </b>; rel="next"; type="t/b"'
    }
