"""The service discovery document: where the endpoint is and what it speaks."""

from console.central.open311.render import Body
from console.domain.city import City

ROOT = "/open311/v2"
"""Path of the endpoint."""

CHANGESET = "2026-06-01T00:00:00Z"
"""When the interface last changed."""


def discovery(city: City, origin: str) -> Body:
    """For a client that came by `origin` (scheme and host)."""
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": f"{origin}{ROOT}",
        "changeset": CHANGESET,
        "type": "production" if city.production else "test",
        "formats": ["text/xml", "application/json"],
    }
    return Body(
        "discovery",
        {
            "changeset": CHANGESET,
            "contact": f"{city.name} 12345 · {city.name_en} 12345",
            "key_service": "api_key: 由12345中心系统管理员发放 · given out by the centre's administrator",
            "endpoints": [endpoint],
        },
    )
