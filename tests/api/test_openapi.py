"""/openapi.json says what the API does, completely, and every example of it is true."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from starlette.routing import Route

from console.central.openapi import OPERATIONS, document
from console.central.openapi.writing import ENVELOPES
from console.central.problems import MEDIA_TYPE
from console.domain.command import COMMAND_TYPES
from console.domain.role import may, who_may
from console.wire.codec import encode
from console.wire.commands import unwrap
from tests.central_process import Central
from tests.unit.central.desk import application

METHODS = ("get", "put", "post", "delete", "patch")
BARE = {"post /v1/private/cases/{case_id}/dial"}
"""What is sent without a body."""


def described() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation of the document, by its name."""
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path}", item[method]


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body of a request or an answer: where it is, its schema and examples."""
    for name, operation in described():
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} takes {media}", content
        for status, response in operation["responses"].items():
            for media, content in response.get("content", {}).items():
                yield f"{name} answers {status} {media}", content


CONTENTS = dict(contents())
PARAMETERS = {
    f"{name} {parameter['name']}": parameter
    for name, operation in described()
    for parameter in operation["parameters"]
}


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """Of a schema that refers into the document."""
    whole = Resource(document(), DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:api", whole)
    absolute = _absolute(schema)
    return Draft202012Validator(absolute, registry=registry, format_checker=FormatChecker())


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: f"urn:api{value}" if key == "$ref" else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(one) for one in schema] if isinstance(schema, list) else schema


def test_the_document_is_valid_and_complete(centre: Central) -> None:
    served = centre.request("GET", "/openapi.json").json()
    validate(served)
    assert served == document()
    assert served["openapi"].startswith("3.1")
    schemas = served["components"]["schemas"]
    assert {"Envelope", "Snapshot", "Event", "ProblemDocument", "Accept"} <= set(schemas)


def test_every_served_route_is_described_and_every_described_one_served() -> None:
    served = {
        (method.lower(), route.path)
        for route in application().routes
        if isinstance(route, Route) and route.path != "/openapi.json"
        for method in route.methods or ()
    }
    assert served == {(o.method, o.path) for o in OPERATIONS}


def test_every_route_that_changes_something_says_what_it_takes() -> None:
    for name, operation in described():
        if not name.startswith(("get ", "delete ")):
            assert bool(operation.get("requestBody")) is (name not in BARE), name
        assert operation["summary"]
        assert {"200", "201", "204"} & set(operation["responses"]), name


@pytest.mark.parametrize("where", CONTENTS)
def test_every_body_has_examples_that_its_schema_holds(where: str) -> None:
    content = CONTENTS[where]
    assert content["examples"], "an example is needed"
    check = validator(content["schema"])
    for name, example in content["examples"].items():
        errors = [error.message for error in check.iter_errors(example["value"])]
        assert not errors, (name, errors)


@pytest.mark.parametrize("where", PARAMETERS)
def test_every_parameter_has_an_example_that_its_schema_holds(where: str) -> None:
    parameter = PARAMETERS[where]
    assert "example" in parameter
    validator(parameter["schema"]).validate(parameter["example"])


def test_a_wrong_body_fits_no_schema() -> None:
    """The positive control: the schemas do refuse."""
    check = validator(CONTENTS["post /v1/commands takes application/json"]["schema"])
    good = CONTENTS["post /v1/commands takes application/json"]["examples"]["accept"]["value"]
    assert check.is_valid(good)
    assert not check.is_valid(good | {"type": "explode"})
    assert not check.is_valid(good | {"type": "recall"})
    assert not check.is_valid(good | {"body": good["body"] | {"channel": "pigeon"}})
    assert not check.is_valid({"key": "k"})


def test_every_command_has_an_example_that_the_centre_can_read() -> None:
    assert set(ENVELOPES) == set(COMMAND_TYPES)
    for envelope in ENVELOPES.values():
        assert encode(unwrap(envelope))


def test_every_problem_has_words_in_both_languages() -> None:
    for where, content in CONTENTS.items():
        for code, example in content["examples"].items() if MEDIA_TYPE in where else ():
            assert example["value"]["title"] != code, where
            assert example["value"]["zh"] != code, where


def test_who_may_is_what_the_domain_says() -> None:
    for operation in OPERATIONS:
        if operation.may not in (None, "commands"):
            assert who_may(operation.may), operation.path
            assert any(may(role, operation.may) for role in who_may(operation.may))


def test_every_answer_that_a_test_sees_is_described(centre: Central) -> None:
    """What the served API answers to plain requests fits its own description."""
    asked = ("/v1/health", "/v1/snapshot", "/v1/log?from=1&to=2", "/v1/history/nobody")
    for path in asked:
        response = centre.request("GET", path)
        media = response.headers["content-type"].split(";")[0]
        name = path.partition("?")[0].replace("nobody", "{owner}")
        content = CONTENTS[f"get {name} answers {response.status_code} {media}"]
        validator(content["schema"]).validate(response.json())
