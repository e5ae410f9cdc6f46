"""What the types alone do not say: a command's body goes by its type, a time has its zone."""

from collections.abc import Callable
from typing import Any

from console.domain.command import COMMAND_TYPES
from console.wire.commands import Envelope


def command_schema(schema: Callable[[Any], Any]) -> dict[str, Any]:
    """An envelope whose `body` is that of its `type`; `schema` gives the schema of a type."""
    by_type = [
        {
            "title": name,
            "properties": {"type": {"const": name}, "body": schema(kind)},
            "required": ["type", "body"],
        }
        for name, kind in COMMAND_TYPES.items()
    ]
    return {"allOf": [schema(Envelope)], "oneOf": by_type}


def tightened(components: dict[str, Any]) -> dict[str, Any]:
    """The components with the bounds that constructors check."""
    position = components["Position"]["properties"]
    position["lon"] |= {"minimum": -180, "maximum": 180}
    position["lat"] |= {"minimum": -90, "maximum": 90}
    components["Envelope"]["properties"]["key"] |= {"pattern": "^[A-Za-z0-9._:-]{1,80}$"}
    return components
