"""The OpenAPI 3.1 document, made from one table of what each route takes and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from console.central.positions import Batch, Outcome, Report
from console.central.private import PrivateView
from console.central.problems import MEDIA_TYPE
from console.central.routes.field import ClockWish
from console.central.routes.reading import Health
from console.central.routes.writing import Answers, CommandBatch, Keys, Statuses
from console.central.volumes import Days, Import, Imported
from console.domain.command import COMMAND_TYPES
from console.domain.event import Event
from console.wire.commands import Answer, Envelope
from console.wire.frames import SCHEMA, Bookmark, DomainClock, FixBatch, Snapshot

_TEMPLATE = "#/components/schemas/{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """RFC 9457; `problem` is the kebab-case code, `current` the versions found (412), `reason` of a 410."""

    type: str
    title: str
    status: int
    detail: str
    problem: str
    zh: str
    key: str | None = None
    current: dict[str, int] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    where: str
    needed: bool
    says: str
    kind: str = "string"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route; `answers` maps a status to a type, or to a media type that is not JSON."""

    method: str
    path: str
    says: str
    answers: Mapping[int, Any]
    body: Any = None
    problems: Sequence[int] = ()
    parameters: Sequence[Parameter] = ()
    guarded: bool = True


def _query(name: str, says: str, *, needed: bool = False, kind: str = "string") -> Parameter:
    return Parameter(name, "query", needed, says, kind)


_CASE_ID = Parameter("case_id", "path", True, "id of the case")
_SEAT = (
    Parameter("Baton-Seat", "header", True, "name of the seat, percent-encoded UTF-8"),
    Parameter("Baton-Role", "header", False, "the role taken on; needed to write"),
)

OPERATIONS: Sequence[Operation] = (
    Operation(
        method="get",
        path="/v1/health",
        says="Whether the centre is there, its schema, epoch and rev",
        answers={200: Health},
        guarded=False,
    ),
    Operation(
        method="get",
        path="/v1/snapshot",
        says="The picture at one rev, in pages; ETag is epoch:rev, Baton-Pages their number",
        answers={200: Snapshot, 304: None},
        problems=(400, 404, 410),
        parameters=(
            _query("page", "page from 0", kind="integer"),
            _query("rev", "rev of the page 0 that was read", kind="integer"),
            Parameter("If-None-Match", "header", False, "an ETag that is known"),
        ),
    ),
    Operation(
        method="get",
        path="/v1/events",
        says="The log after a rev as server-sent events (event, bookmark, fixes, resync), then live",
        answers={200: "text/event-stream"},
        problems=(400, 410),
        parameters=(
            _query("after", "the last rev that is known", kind="integer"),
            _query("epoch", "the epoch that is known"),
            _query("schema", "the schema that is spoken", kind="integer"),
            Parameter("Last-Event-ID", "header", False, "epoch:rev, instead of after and epoch"),
        ),
    ),
    Operation(
        method="get",
        path="/v1/log",
        says="Events from a rev to a rev, inclusive, at most 5000",
        answers={200: list[Event]},
        problems=(400,),
        parameters=(
            _query("from", "first rev", needed=True, kind="integer"),
            _query("to", "last rev", needed=True, kind="integer"),
        ),
    ),
    Operation(
        method="get",
        path="/v1/history/{owner}",
        says="The events of a case or an incident and of its assignments, oldest first",
        answers={200: list[Event]},
        problems=(404,),
        parameters=(Parameter("owner", "path", True, "id of a case or an incident"),),
    ),
    Operation(
        method="post",
        path="/v1/commands",
        says="One command, at most once; 200 repeats the answer of an earlier copy",
        body=Envelope,
        answers={201: Answer, 200: Answer},
        problems=(400, 403, 409, 410, 412, 413, 422, 503),
        parameters=(Parameter("Idempotency-Key", "header", True, "equals the body's key"),),
    ),
    Operation(
        method="post",
        path="/v1/commands/batch",
        says="Up to 500 commands in one transaction, each answered alone",
        body=CommandBatch,
        answers={200: Answers},
        problems=(400, 403, 413, 503),
    ),
    Operation(
        method="post",
        path="/v1/commands/status",
        says="What the centre knows of these keys",
        body=Keys,
        answers={200: Statuses},
        problems=(400, 413),
    ),
    Operation(
        method="post",
        path="/v1/positions",
        says="Workers' positions (role field); each is judged alone",
        body=Batch,
        answers={200: Outcome},
        problems=(400, 403, 413),
    ),
    Operation(
        method="post",
        path="/v1/clock",
        says="Set the domain clock of a simulated city (roles field, admin)",
        body=ClockWish,
        answers={200: DomainClock},
        problems=(400, 403, 422),
    ),
    Operation(
        method="get",
        path="/v1/volumes",
        says="Hourly volumes of local days, inclusive",
        answers={200: Days},
        problems=(400,),
        parameters=(
            _query("from", "first day, YYYY-MM-DD", needed=True),
            _query("to", "last day, YYYY-MM-DD", needed=True),
        ),
    ),
    Operation(
        method="put",
        path="/v1/volumes",
        says="Import volumes of past days (role field); what the centre counted itself stays",
        body=Import,
        answers={200: Imported},
        problems=(400, 403, 413),
    ),
    Operation(
        method="get",
        path="/v1/private/cases/{case_id}",
        says="A case's personal data, masked; every look is recorded",
        answers={200: PrivateView},
        problems=(403, 404),
        parameters=(_CASE_ID, _query("why", "what it is needed for")),
    ),
)
"""Every route under /v1."""

_FRAMES = (Bookmark, FixBatch, Report, ProblemDocument, *COMMAND_TYPES.values())


@cache
def document() -> dict[str, Any]:
    """The whole OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Baton central API",
            "version": str(SCHEMA),
            "description": "Snapshot, ordered log, idempotent commands.",
        },
        "paths": paths,
        "components": {
            "schemas": _schemas()[1],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


@cache
def _schemas() -> tuple[dict[Any, Any], dict[str, Any]]:
    """Kind → its schema, and the components; all in one go: two kinds may bear one name."""
    kinds: list[Any] = list(_FRAMES)
    for operation in OPERATIONS:
        kinds += [kind for kind in operation.answers.values() if _is_json(kind)]
        kinds += [operation.body] if operation.body is not None else []
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_TEMPLATE)
    return dict(zip(kinds, schemas, strict=True)), dict(components)


def _described(operation: Operation) -> dict[str, Any]:
    responses = {str(status): _answer(kind) for status, kind in operation.answers.items()}
    problems = {*operation.problems, 500, *((400, 401, 403) if operation.guarded else ())}
    responses |= {str(status): _problem() for status in sorted(problems)}
    parameters = [*(_SEAT if operation.guarded else ()), *operation.parameters]
    found: dict[str, Any] = {
        "summary": operation.says,
        "operationId": f"{operation.method}{operation.path}".translate(_PLAIN).strip("_"),
        "parameters": [_parameter(parameter) for parameter in parameters],
        "responses": responses,
        "security": [{"token": []}] if operation.guarded else [],
    }
    if operation.body is not None:
        content = {"application/json": {"schema": _schema(operation.body)}}
        found["requestBody"] = {"required": True, "content": content}
    return found


_PLAIN = str.maketrans({"/": "_", "{": None, "}": None})


def _is_json(kind: Any) -> bool:
    return kind is not None and not isinstance(kind, str)


def _schema(kind: Any) -> Any:
    return _schemas()[0][kind]


def _answer(kind: Any) -> dict[str, Any]:
    if kind is None:
        return {"description": "Not modified"}
    if isinstance(kind, str):
        return {"description": "OK", "content": {kind: {"schema": {"type": "string"}}}}
    return {"description": "OK", "content": {"application/json": {"schema": _schema(kind)}}}


def _problem() -> dict[str, Any]:
    return {
        "description": "Problem (RFC 9457)",
        "content": {MEDIA_TYPE: {"schema": _schema(ProblemDocument)}},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.needed,
        "description": parameter.says,
        "schema": {"type": parameter.kind},
    }
