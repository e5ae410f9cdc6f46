"""Takes the staff's names and telephones out of what leaves the house: seats become roles, turns lose their person."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.case import Case
from console.domain.event import EntityKind, Event
from console.store.picture import Picture
from console.wire.codec import event_hash
from console.wire.frames import Snapshot

_STAFF: Mapping[str, tuple[str, ...]] = {
    EntityKind.TURN: ("name", "phone"),
    EntityKind.HANDOVER: ("outgoing", "incoming"),
    EntityKind.INCIDENT: ("started_by",),
}
"""Fields of an entity that name a person or a seat."""

_PERSONAL = frozenset({"citizen", "phone", "address"})
"""Fields of `domain.command.Private`; its `words` have a namesake in the log, which is the staff's own."""


def nameless_events(events: Iterable[Event]) -> list[Event]:
    """The events with roles for seats, without staff's names, and with a chain of hashes of their own."""
    found: list[Event] = []
    prev = ""
    for event in events:
        change = _nameless(event.kind, event.change)
        linked = replace(event, actor=event.role.value, change=change, prev_hash=prev)
        prev = event_hash(linked)
        found.append(replace(linked, hash=prev))
    return found


def _nameless(kind: str, change: Mapping[str, Any]) -> Mapping[str, Any]:
    names = {name: "" for name in _STAFF.get(kind, ()) if name in change}
    watched = change.get("supervision") if kind == EntityKind.CASE else None
    if watched is not None:
        return {**change, "supervision": {**watched, "by": ""}}
    return {**change, **names} if names else change


def nameless_picture(page: Snapshot, tz: ZoneInfo) -> Picture:
    """The picture of a snapshot page without staff's names, with a digest of its own."""
    bare = replace(
        page,
        cases=[_watched_by_nobody(case) for case in page.cases],
        incidents=[replace(incident, started_by="") for incident in page.incidents],
        turns=[replace(turn, name="", phone="") for turn in page.turns],
        handovers=[replace(over, outgoing="", incoming="") for over in page.handovers],
    )
    return Picture.from_snapshot([bare], tz)


def _watched_by_nobody(case: Case) -> Case:
    if case.supervision is None:
        return case
    return replace(case, supervision=replace(case.supervision, by=""))


def check_impersonal(event: Event) -> None:
    """Raise `ValueError` where an event holds a citizen's name, telephone or address."""
    for fields in (event.change, event.note):
        personal = {key for key, value in _items(fields) if key in _PERSONAL and value}
        if personal:
            raise ValueError(
                f"event {event.rev} holds personal data: {', '.join(sorted(personal))}"
            )


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    """All keys and values at any depth."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key, inner
            yield from _items(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _items(inner)
