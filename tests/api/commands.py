"""Commands as a seat sends them, for contract tests."""

import uuid
from typing import Any

import requests

from tests.central_process import Central

IN_EAST = {"lon": 110.36, "lat": 20.01}


def new_id(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex[:12]}"


def envelope(kind: str, body: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "type": kind, "body": body, **fields}


def accept(case: str | None = None, **body: Any) -> dict[str, Any]:
    """A registered case of rubbish in the east."""
    known = {"channel": "phone", "category": "0101", "position": IN_EAST, "register": True}
    return envelope("accept", {"case": case or new_id("C"), **known, **body})


def dispatch(case: str, unit: str = "T.1", **fields: Any) -> dict[str, Any]:
    assignment = fields.pop("assignment", None) or new_id("A")
    return envelope("dispatch", {"case": case, "assignment": assignment, "unit": unit}, **fields)


def send(
    central: Central, command: dict[str, Any], role: str | None = "dispatcher", **more: Any
) -> requests.Response:
    headers = {"Idempotency-Key": command["key"]} | more.pop("headers", {})
    return central.request("POST", "/v1/commands", role=role, json=command, headers=headers, **more)


def done(central: Central, command: dict[str, Any], role: str = "dispatcher") -> dict[str, Any]:
    """Send a command that must be committed; its answer."""
    response = send(central, command, role)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


def new_case(central: Central, **body: Any) -> tuple[str, int]:
    """A registered case and its version."""
    command = accept(**body)
    return command["body"]["case"], done(central, command)["rev"]


def problem(response: requests.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal, checked."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert document["problem"] == code, document
    assert document["type"] == f"urn:baton:problem:{code}"
    assert document["status"] == status
    assert document["title"]
    assert document["zh"] != code, "this problem has no words"
    return document
