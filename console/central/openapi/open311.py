"""Operations of Open311 GeoReport v2, each as XML and as JSON; errors have Open311's own shape."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.central.open311.discovery import ROOT
from console.central.open311.form import FORM
from console.central.open311.intake import NOTICE
from console.central.open311.render import Body, Format, refused, rendered
from console.central.openapi.operation import Content, Operation, Parameter, query
from console.central.problems import Problem

_XML = "text/xml"
_ID = "G202606030200a1b2c3d4e5f6a7b8c9d0"
_KNOWN: Mapping[str, Any] = {
    "service_request_id": _ID,
    "status": "open",
    "status_notes": "已派单 · given to a unit",
    "service_name": "暴露垃圾",
    "service_code": "0101",
    "description": None,
    "agency_responsible": "滨海街道",
    "service_notice": None,
    "requested_datetime": "2026-06-03T10:00:00+08:00",
    "updated_datetime": "2026-06-03T10:05:00+08:00",
    "expected_datetime": "2026-06-03T16:00:00+08:00",
    "address": "龙华区滨海街道",
    "address_id": None,
    "zipcode": None,
    "lat": 20.0312,
    "long": 110.3287,
    "media_url": None,
}
_SERVICE = {
    "service_code": "0101",
    "service_name": "暴露垃圾",
    "description": "市容环境 · 暴露垃圾 · Exposed rubbish",
    "metadata": False,
    "type": "realtime",
    "keywords": "市容环境,Exposed rubbish,City appearance",
    "group": "市容环境",
}
_ENDPOINT = {
    "specification": "http://wiki.open311.org/GeoReport_v2",
    "url": f"https://centre.example{ROOT}",
    "changeset": "2026-06-01T00:00:00Z",
    "type": "production",
    "formats": ["text/xml", "application/json"],
}
_DISCOVERY = {
    "changeset": "2026-06-01T00:00:00Z",
    "contact": "海口市 12345",
    "key_service": "given out by the centre's administrator",
    "endpoints": [_ENDPOINT],
}
_REPORT = {
    "api_key": "an-api-key-of-this-app",
    "service_code": "0101",
    "lat": "20.0312",
    "long": "110.3287",
    "description": "路口垃圾没人清",
    "phone": "13800000000",
}
_MOMENT = {"type": "string", "format": "date-time"}
_STATUS = {"type": "string", "pattern": "^(open|closed)(,(open|closed))*$"}
_JURISDICTION = query("jurisdiction_id", "the city's code; may be left out", example="460100")
_SEARCH = (
    query("service_request_id", "ids, comma-separated; leaves no other question", example=_ID),
    query("service_code", "services, comma-separated", example="0101"),
    query("start_date", "received from here on", _MOMENT, example="2026-06-01T00:00:00Z"),
    query("end_date", "at most 90 days after start_date", _MOMENT, example="2026-06-30T00:00:00Z"),
    query("status", "open, closed, or both", _STATUS, example="open"),
)


def _of(name: str, says: str, example: str) -> Parameter:
    return Parameter(name, "path", True, says, {"type": "string"}, example)


def _says(body: Body, form: Format, kind: Any, says: str = "OK") -> Content:
    if form is Format.JSON:
        return Content(kind, {"example": body.value}, says=says)
    return _text(bytes(rendered(body, form).body), says)


def _text(content: bytes, says: str) -> Content:
    return Content(None, {"example": content.decode()}, media=_XML, says=says)


def _error(form: Format, status: int, code: str) -> Content:
    problem = Problem(status, code, "what exactly, in English")
    says = "Errors, as Open311 lists them"
    content = bytes(refused(problem, form).body)
    if form is Format.XML:
        return _text(content, says)
    example = [{"code": status, "description": problem.document()["zh"]}]
    return Content(list[dict[str, Any]], {code: example}, says=says)


_ERRORS = {400: "malformed", 404: "unknown-request", 503: "unavailable"}
_ERRORS_OF_REPORT = {
    400: "place-needed",
    403: "api-key",
    404: "unknown-jurisdiction",
    409: "running",
    413: "too-large",
    429: "slow-down",
    503: "unavailable",
}


def _read(
    path: str, says: str, body: Body, *parameters: Parameter, kind: Any = list[dict[str, Any]]
) -> list[Operation]:
    return [
        Operation(
            method="get",
            path=f"{path}.{form.value}",
            says=says,
            answers={200: _says(body, form, kind)}
            | {status: _error(form, status, code) for status, code in _ERRORS.items()},
            parameters=parameters,
            guarded=False,
        )
        for form in Format
    ]


def _report(form: Format) -> Operation:
    made = {"service_request_id": _ID, "service_notice": NOTICE, "account_id": None}
    body, kind = Body("service_requests", [made]), list[dict[str, Any]]
    return Operation(
        method="post",
        path=f"{ROOT}/requests.{form.value}",
        says="Report something; the citizen's words, name and number go to the erasable row alone",
        body=Content(dict[str, str], {"example": _REPORT}, media=FORM),
        answers={
            201: _says(body, form, kind, "a new case"),
            200: _says(body, form, kind, "it was reported before"),
        }
        | {status: _error(form, status, code) for status, code in _ERRORS_OF_REPORT.items()},
        parameters=(
            Parameter(
                "Idempotency-Key",
                "header",
                False,
                "names this report for a day; without it the same words are the same report for ten minutes",
                {"type": "string"},
                "5e0c1d9a-0b1f-4b7e-9f55-0d8a3f0e8a11",
            ),
        ),
        guarded=False,
    )


_REQUESTS = Body("service_requests", [_KNOWN])

OPEN311: Sequence[Operation] = (
    *_read(
        "/open311/discovery",
        "Open311: where the endpoint is and what it speaks",
        Body("discovery", _DISCOVERY),
        kind=dict[str, Any],
    ),
    *_read(f"{ROOT}/services", "What can be reported", Body("services", [_SERVICE]), _JURISDICTION),
    *_read(
        f"{ROOT}/services/{{service_code}}",
        "One service's definition",
        Body("service_definition", {"service_code": "0101", "attributes": []}),
        _of("service_code", "code of a service", "0101"),
        _JURISDICTION,
        kind=dict[str, Any],
    ),
    *(_report(form) for form in Format),
    *_read(
        f"{ROOT}/requests",
        "Reports that came in by Open311, newest first, at most 1000",
        _REQUESTS,
        *_SEARCH,
        _JURISDICTION,
    ),
    *_read(
        f"{ROOT}/requests/{{service_request_id}}",
        "What became of a report",
        _REQUESTS,
        _of("service_request_id", "id of a report", _ID),
        _JURISDICTION,
    ),
    *_read(
        f"{ROOT}/tokens/{{token}}",
        "The id that belongs to a token; ids are given at once, so it is the same",
        Body("service_requests", [{"service_request_id": _ID, "token": _ID}]),
        _of("token", "id of a report", _ID),
        _JURISDICTION,
    ),
)
"""Who reports needs an api_key in the form, who asks needs nothing."""
