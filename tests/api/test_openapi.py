"""/openapi.json says what the API does."""

from fastapi import FastAPI
from openapi_spec_validator import validate

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
    # FastAPI's own document knows which routes there are, though not what they take.
    paths = FastAPI.openapi(application())["paths"]
    served = {(method, path) for path, methods in paths.items() for method in methods}
    assert served == {(o.method, o.path) for o in OPERATIONS}
