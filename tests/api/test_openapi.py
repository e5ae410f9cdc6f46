"""/openapi.json says what the API does."""

from openapi_spec_validator import validate
from starlette.routing import Route

from console.central.openapi import OPERATIONS
from tests.central_process import Central
from tests.unit.central.desk import application


def test_the_document_is_valid_and_complete(centre: Central) -> None:
    document = centre.request("GET", "/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    assert {"Envelope", "Snapshot", "Event", "ProblemDocument", "Accept"} <= set(schemas)


def test_every_served_route_stands_in_the_table() -> None:
    served = {
        (method.lower(), route.path)
        for route in application().routes
        if isinstance(route, Route) and route.path != "/openapi.json"
        for method in route.methods or ()
    }
    assert served == {(o.method, o.path) for o in OPERATIONS}
