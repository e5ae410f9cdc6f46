"""What a command is about: among commands that share an entity the order is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.event import EntityKind, Event, entity_ref
from console.wire.commands import Envelope
from console.wire.messages import EventsArrived, Message, SnapshotArrived

_NAMED: Mapping[str, EntityKind] = {
    "case": EntityKind.CASE,
    "main": EntityKind.CASE,
    "assignment": EntityKind.ASSIGNMENT,
    "incident": EntityKind.INCIDENT,
    "turn": EntityKind.TURN,
    "handover": EntityKind.HANDOVER,
}
"""Field of a command's body → what it names. Units and workers own no order: each has many."""

_ASSIGNMENT = f"{EntityKind.ASSIGNMENT.value}:"
_OWNERS = (EntityKind.CASE, EntityKind.INCIDENT)


class Owners:
    """Knows to which case or incident an assignment belongs, from the picture and own commands.

    A recall names only its assignment, and must not be overtaken by a new order for its case.
    """

    def __init__(self) -> None:
        """Nothing is known."""
        self._of: dict[str, str] = {}

    def learn(self, message: Message) -> None:
        """Take the assignments of a snapshot or of events in; on any thread."""
        if isinstance(message, SnapshotArrived):
            self._of.update(
                {
                    order.id: _owner({"case": order.case, "incident": order.incident})
                    for page in message.pages
                    for order in page.assignments
                }
            )
        elif isinstance(message, EventsArrived):
            self._learn_events(message.events)

    def _learn_events(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.kind == EntityKind.ASSIGNMENT and (owner := _owner(event.change)):
                self._of[event.entity_id] = owner

    def learn_own(self, envelopes: Iterable[Envelope]) -> None:
        """Take the assignments that own commands make in; the picture does not know them yet."""
        for envelope in envelopes:
            owner = _owner(envelope.body)
            if owner:
                made = (ref for ref in _named(envelope.body) if ref.startswith(_ASSIGNMENT))
                self._of.update({ref.removeprefix(_ASSIGNMENT): owner for ref in made})

    def refs(self, envelope: Envelope) -> frozenset[str]:
        """The entities (`kind:id`) the command is about, with the owners of its assignments."""
        self.learn_own([envelope])
        found = set(_named(envelope.body))
        found |= {ref for ref in envelope.expect if not ref.startswith("worker:")}
        orders = [ref.removeprefix(_ASSIGNMENT) for ref in found if ref.startswith(_ASSIGNMENT)]
        return frozenset(found | {self._of[order] for order in orders if order in self._of})


def after(envelope: Envelope) -> frozenset[str]:
    """Keys of the own earlier commands that it stands on."""
    wanted = (value.get("after") for value in envelope.expect.values() if isinstance(value, dict))
    return frozenset(key for key in wanted if key is not None)


def _named(body: Mapping[str, Any]) -> Iterable[str]:
    for name, kind in _NAMED.items():
        if isinstance(body.get(name), str):
            yield entity_ref(kind, body[name])
    if isinstance(body.get("cases"), list | tuple):
        yield from (entity_ref(EntityKind.CASE, str(one)) for one in body["cases"])
    if isinstance(body.get("asked"), list | tuple):
        for one in body["asked"]:
            if isinstance(one, dict):
                yield from _named(one)


def _owner(fields: Mapping[str, Any]) -> str:
    """The case or else the incident that is named; "" for neither."""
    for kind in _OWNERS:
        if isinstance(fields.get(kind.value), str):
            return entity_ref(kind, fields[kind.value])
    return ""
