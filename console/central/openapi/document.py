"""The document itself: paths, schemas of the wire's own types, the words of every problem."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from console.central.openapi.field import FIELD
from console.central.openapi.ogc import OGC
from console.central.openapi.open311 import OPEN311
from console.central.openapi.operation import Content, Operation, Parameter
from console.central.openapi.people import PEOPLE
from console.central.openapi.private import PRIVATE
from console.central.openapi.reading import READING
from console.central.openapi.schemas import command_schema, tightened
from console.central.openapi.sessions import SESSIONS
from console.central.openapi.writing import WRITING
from console.central.positions import Report
from console.central.problems import MEDIA_TYPE, Problem
from console.domain.command import COMMAND_TYPES
from console.domain.role import Role
from console.wire.codec import encode, to_builtins
from console.wire.commands import Envelope
from console.wire.frames import SCHEMA, Bookmark, FixBatch

OPERATIONS: Sequence[Operation] = (
    *READING,
    *WRITING,
    *FIELD,
    *PRIVATE,
    *SESSIONS,
    *PEOPLE,
    *OGC,
    *OPEN311,
)
"""Every route."""

_TEMPLATE = "#/components/schemas/{name}"
_COMMAND = "CommandEnvelope"
_FRAMES = (Bookmark, FixBatch, Report)
_HEADERS = {
    401: {"WWW-Authenticate": "Bearer"},
    409: {"Retry-After": "seconds"},
    429: {"Retry-After": "seconds"},
    503: {"Retry-After": "seconds"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """RFC 9457; `problem` is the kebab-case code, `current` the versions found (412).

    `reason` says why a 410, `who_may` which roles may what a 403 refuses.
    """

    type: str
    title: str
    status: int
    detail: str
    problem: str
    zh: str
    key: str | None = None
    current: dict[str, int] = field(default_factory=dict)
    reason: str | None = None
    who_may: list[str] = field(default_factory=list)


_SEAT = (
    Parameter(
        "Baton-Seat",
        "header",
        True,
        "name of the seat, percent-encoded UTF-8",
        {"type": "string", "minLength": 1},
        "%E5%B8%AD%207",
    ),
    Parameter(
        "Baton-Role",
        "header",
        False,
        "the role taken on; needed for what not everybody may",
        {"type": "string", "enum": [role.value for role in Role if role is not Role.CENTRE]},
        Role.DISPATCHER.value,
    ),
)


@cache
def document() -> dict[str, Any]:
    """The whole OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _described(operation)
    schemas = dict(_schemas()[1])
    schemas[_COMMAND] = command_schema(_schema)
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Baton central API",
            "version": str(SCHEMA),
            "description": "Snapshot, ordered log, idempotent commands.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    # Defaults are Python's own values: () is no JSON.
    plain: dict[str, Any] = msgspec.json.decode(encode(whole))
    return plain


@cache
def _schemas() -> tuple[dict[Any, Any], dict[str, Any]]:
    """Kind → its schema, and the components; all in one go: two kinds may bear one name."""
    kinds: list[Any] = [*_FRAMES, ProblemDocument, *COMMAND_TYPES.values()]
    for operation in OPERATIONS:
        contents = [*operation.answers.values(), operation.body]
        kinds += [content.kind for content in contents if content is not None and content.kind]
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_TEMPLATE)
    return dict(zip(kinds, schemas, strict=True)), tightened(dict(components))


def _schema(kind: Any) -> Any:
    return _schemas()[0][kind]


def _described(operation: Operation) -> dict[str, Any]:
    parameters = [*_headers_of(operation), *operation.parameters]
    found: dict[str, Any] = {
        "summary": operation.says,
        "operationId": f"{operation.method}{operation.path}".translate(_PLAIN).strip("_"),
        "parameters": [_parameter(parameter) for parameter in parameters],
        "responses": _responses(operation),
        "security": [{"token": []}] if operation.guarded else [],
    }
    if operation.body is not None:
        found["requestBody"] = {"required": True, "content": _content(operation.body)}
    return found


def _headers_of(operation: Operation) -> Sequence[Parameter]:
    """What a seat says of itself; a stock client of the standards has no words for it."""
    return _SEAT if operation.guarded and operation.seated else ()


_PLAIN = str.maketrans({"/": "_", "{": None, "}": None})


def _responses(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, content in operation.answers.items():
        found[str(status)] = {"description": content.says}
        if content.examples:
            found[str(status)]["content"] = _content(content)
        if content.headers:
            found[str(status)]["headers"] = _headers(content.headers)
    for status, codes in problems_of(operation).items():
        found[str(status)] = _problem(status, codes)
    return found


def problems_of(operation: Operation) -> dict[int, list[str]]:
    """Status → the codes of its problems, those of every route among them."""
    always: dict[int, list[str]] = {500: ["internal"]}
    if operation.guarded:
        always |= {400: ["malformed", "seat"], 401: ["token", "session-ended"]}
        always |= {
            403: ["role", "must-change-password"],
            503: ["unavailable", "storage", "log-full"],
        }
        if operation.method != "get":
            always[429] = ["slow-down"]
    for status, codes in operation.problems.items():
        always.setdefault(status, []).extend(codes)
    return dict(sorted(always.items()))


def _content(content: Content) -> dict[str, Any]:
    if content.kind is None:
        schema: Any = {"type": "string"}
    elif content.kind is Envelope:
        schema = {"$ref": _TEMPLATE.format(name=_COMMAND)}
    else:
        schema = _schema(content.kind)
    examples = {name: {"value": to_builtins(value)} for name, value in content.examples.items()}
    return {content.media: {"schema": schema, "examples": examples}}


def _problem(status: int, codes: Sequence[str]) -> dict[str, Any]:
    examples = {}
    for code in codes:
        problem = Problem(status, code, "what exactly, in English", **_MEMBERS.get(code, {}))
        examples[code] = {"value": problem.document()}
    content = {MEDIA_TYPE: {"schema": _schema(ProblemDocument), "examples": examples}}
    found: dict[str, Any] = {"description": "Problem (RFC 9457)", "content": content}
    if status in _HEADERS:
        found["headers"] = _headers(_HEADERS[status])
    return found


_MEMBERS: dict[str, dict[str, Any]] = {
    "expectation": {"key": "a-2", "current": {"case:C-20260603-0042": 43}},
    "role": {"who_may": ["shift_leader"]},
    **{code: {"reason": code} for code in ("compacted", "epoch", "ahead", "schema")},
}


def _headers(named: Any) -> dict[str, Any]:
    return {
        name: {"description": words, "schema": {"type": "string"}} for name, words in named.items()
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    found = {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.needed,
        "description": parameter.says,
        "schema": dict(parameter.schema),
    }
    if parameter.example is not None:
        found["example"] = parameter.example
    return found
