"""The one reducer: an entity and an event give the entity after it; server, console and replay share it."""

from collections.abc import Mapping
from typing import Any

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.event import EntityKind, Event, Fact
from console.domain.handover import Handover
from console.domain.incident import Incident
from console.domain.roster import Turn
from console.domain.worker import WorkerDuty
from console.wire.codec import from_builtins, to_builtins

Entity = Case | Assignment | WorkerDuty | Incident | Turn | Handover
"""What has a version and is changed by events."""

ENTITY_TYPES: Mapping[str, type[Entity]] = {
    EntityKind.CASE.value: Case,
    EntityKind.ASSIGNMENT.value: Assignment,
    EntityKind.WORKER.value: WorkerDuty,
    EntityKind.INCIDENT.value: Incident,
    EntityKind.TURN.value: Turn,
    EntityKind.HANDOVER.value: Handover,
}
"""Entity kind → its type; other kinds (day, clock) carry no entity."""

KIND_OF: Mapping[type[object], str] = {kind: name for name, kind in ENTITY_TYPES.items()}
"""Type → entity kind."""


def change_of(fact: Fact) -> dict[str, Any]:
    """The fields of a fact as JSON values; the version is the event's own and stays out."""
    if fact.created is not None:
        fields: dict[str, Any] = to_builtins(fact.created)
        fields.pop("version", None)
        return fields
    return {name: to_builtins(value) for name, value in fact.change.items()}


def evolve(before: Mapping[str, Any] | None, event: Event) -> dict[str, Any]:
    """The entity's JSON fields after the event; `before` is None at its creation."""
    return {**(before or {}), **event.change, "version": event.entity_version}


def entity_of(kind: str, fields: Mapping[str, Any]) -> Entity:
    """The domain object of an entity's JSON fields; raises `BadInput`."""
    return from_builtins(fields, ENTITY_TYPES[kind])
