"""An event: one line of the log, the only truth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from console.domain.role import Role


class EntityKind(StrEnum):
    """What an event is about; an entity reference on the wire is `kind:id`."""

    CASE = "case"
    ASSIGNMENT = "assignment"
    WORKER = "worker"
    DAY = "day"
    CLOCK = "clock"
    INCIDENT = "incident"
    TURN = "turn"
    HANDOVER = "handover"
    LOG = "log"
    PERSON = "person"
    SEAT = "seat"


UNPICTURED = frozenset({EntityKind.LOG, EntityKind.PERSON, EntityKind.SEAT})
"""Kinds that stand in the log and change nothing of the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One committed event.

    `at` is server time (UTC) and never decreases; `occurred_at` is domain time (UTC). `change`
    holds the fields of the entity that became something else (all of them at its creation), as
    JSON values; `note` what else the log keeps (a reason, whom an escalation reached). Neither
    holds personal data. `hash` is SHA-256 over `prev_hash` and the canonical JSON (RFC 8785).
    """

    rev: int
    epoch: str
    at: datetime
    occurred_at: datetime
    actor: str
    role: Role
    command_id: str
    type: str
    entity: str
    entity_version: int
    change: Mapping[str, Any]
    note: Mapping[str, Any] = field(default_factory=dict)
    prev_hash: str = ""
    hash: str = ""

    @property
    def kind(self) -> str:
        """The entity's kind, the part before the colon."""
        return self.entity.partition(":")[0]

    @property
    def entity_id(self) -> str:
        """The entity's id, the part after the colon."""
        return self.entity.partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a rule decided, not yet committed: `change` holds domain values, `created` the new entity."""

    type: str
    kind: EntityKind
    id: str
    change: Mapping[str, Any] = field(default_factory=dict)
    created: object | None = None
    note: Mapping[str, Any] = field(default_factory=dict)


def entity_ref(kind: EntityKind, entity_id: str) -> str:
    """`kind:id`, how the wire names an entity."""
    return f"{kind.value}:{entity_id}"
