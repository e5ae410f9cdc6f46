"""Whose personal data must not stand in a command's texts: those of the citizens it is about."""

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from sqlalchemy import Connection, Text, select, type_coerce

from console.central import private
from console.central.hygiene import FREE_TEXT
from console.central.masking import scrubbed
from console.central.tables import cases
from console.domain.command import Accept, Command, HandOver, Private
from console.domain.rules.scene import Scene


def scrub(connection: Connection, command: Command, scene: Scene) -> Command:
    """The command without what its cases' citizens said, are called, or can be reached by."""
    if isinstance(command, Accept):
        return scrubbed(command, [command.private])
    kind: Any = type(command)
    if not _has_text(kind):
        return command
    case_ids = _cases(connection, command, scene)
    return scrubbed(command, private.find_all(connection, case_ids)) if case_ids else command


def _cases(connection: Connection, command: Command, scene: Scene) -> list[str]:
    """The cases a command is about, one after the other."""
    if isinstance(command, HandOver):
        return list(dict.fromkeys(line.case for line in command.lines))
    found = [case.id for case in (scene.case, scene.main, *scene.cases) if case is not None]
    if scene.incident is not None and scene.case is None:
        found += _attached(connection, scene.incident.id)
    return list(dict.fromkeys(found))


def _attached(connection: Connection, incident: str) -> list[str]:
    """The cases of an incident. Its id is plain (`hygiene.is_id`), so the text of a body tells."""
    body = type_coerce(cases.c.body, Text)
    named = body.contains(f'"incident":"{incident}"', autoescape=True)
    query = select(cases.c.id).where(cases.c.in_picture, named)
    return list(connection.execute(query).scalars())


@cache
def _has_text(kind: Any) -> bool:
    """Whether a type has free texts at any depth; most commands have none and cost no question."""
    if not is_dataclass(kind):
        return any(_has_text(inner) for inner in get_args(kind))
    hints = get_type_hints(kind)
    return kind is not Private and any(
        field.name in FREE_TEXT or _has_text(hints[field.name]) for field in fields(kind)
    )
