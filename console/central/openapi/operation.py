"""What one route takes and answers, as a row of a table: the description is made from these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Content:
    """A body: its type (None for an empty one), examples by name, its media type.

    What has no type is text, whatever its media type.
    """

    kind: Any = None
    examples: Mapping[str, Any] = field(default_factory=dict)
    media: str = JSON
    says: str = "OK"
    headers: Mapping[str, str] = field(default_factory=dict)


def one(kind: Any, value: Any, says: str = "OK", **headers: str) -> Content:
    """JSON with one example; `headers` name what else the answer carries (`_` for `-`) and say it."""
    named = {name.replace("_", "-"): words for name, words in headers.items()}
    return Content(kind, {"example": value}, says=says, headers=named)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation; `schema` is its JSON schema."""

    name: str
    where: str
    needed: bool
    says: str
    schema: Mapping[str, Any]
    example: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route. `answers` maps a status to what it carries, `problems` a status to problem codes.

    `may` is the operation's name in `domain.role`, None where anybody may who came in; a route
    that is not `guarded` asks for no token at all, one that is not `seated` for no seat.
    """

    method: str
    path: str
    says: str
    answers: Mapping[int, Content]
    body: Content | None = None
    problems: Mapping[int, Sequence[str]] = field(default_factory=dict)
    parameters: Sequence[Parameter] = ()
    guarded: bool = True
    seated: bool = True
    may: str | None = None


NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
"""A rev or a page."""
DAY: Mapping[str, Any] = {"type": "string", "format": "date"}
TEXT: Mapping[str, Any] = {"type": "string"}


def query(
    name: str,
    says: str,
    schema: Mapping[str, Any] = TEXT,
    *,
    needed: bool = False,
    example: Any = None,
) -> Parameter:
    """A parameter of the query."""
    return Parameter(name, "query", needed, says, schema, example)
