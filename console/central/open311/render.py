"""One answer as XML or as JSON: whatever text is in it, the XML is well-formed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree

from starlette.responses import Response

from console.central.problems import Problem
from console.wire.codec import encode


class Format(StrEnum):
    """What is written after the dot of a path."""

    XML = "xml"
    JSON = "json"


MEDIA: Mapping[Format, str] = {
    Format.XML: "text/xml; charset=utf-8",
    Format.JSON: "application/json; charset=utf-8",
}

ITEMS: Mapping[str, str] = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""Name of a list in XML → name of what is in it; JSON has lists without names."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped; lone surrogates are no UTF-8 either."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is said: `root` names it in XML, where JSON has the value alone."""

    root: str
    value: Any


def rendered(body: Body, form: Format, status: int = 200, **headers: str) -> Response:
    """The answer; `headers` as Starlette takes them, with `_` for `-`."""
    content = _xml(body) if form is Format.XML else encode(_clean(body.value))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(content, status, headers={"Content-Type": MEDIA[form], **named})


def refused(problem: Problem, form: Format) -> Response:
    """A problem in Open311's own shape: a list of errors with code and description."""
    status = _STATUS.get(problem.status, problem.status)
    words = problem.document()
    description = f"{words['zh']} {words['title']}: {problem.detail}"
    body = Body("errors", [{"code": status, "description": description}])
    content = rendered(body, form, status)
    content.headers.update(problem.headers)
    return content


_STATUS: Mapping[int, int] = {401: 403, 422: 400, 412: 400}
"""The standard knows 400 for what is wrong with a report, and 403 for a missing or wrong api_key."""


def plain(text: str) -> str:
    """The text with what neither XML nor UTF-8 can hold replaced."""
    return _FORBIDDEN.sub("\ufffd", text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _xml(body: Body) -> bytes:
    root = _element(body.root, body.value)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _element(name: str, value: Any) -> ElementTree.Element:
    found = ElementTree.Element(name)
    if isinstance(value, Mapping):
        found.extend(_element(inner, one) for inner, one in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        found.extend(_element(ITEMS[name], one) for one in value)
    elif value is not None:
        found.text = plain(_text(value))
    return found


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
