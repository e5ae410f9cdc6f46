"""Many events at once: the picture after them without the pictures between, several times faster than one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from console.domain.case import CaseState
from console.domain.event import UNPICTURED, EntityKind, Event
from console.replay.recording import snapshot_of
from console.store.picture import Picture
from console.store.reducer import ENTITY_TYPES, entity_of, evolve
from console.store.volumes import Stage, steps
from console.wire.codec import to_builtins
from console.wire.frames import Snapshot

_Fields = Mapping[str, Any]
T = TypeVar("T")

_ON_ITS_OWN = (f"{EntityKind.CLOCK.value}:", f"{EntityKind.DAY.value}:")
"""Kinds that change more than one entity: there the fold is laid down and a picture applies them."""


def folded(page: Snapshot, events: Sequence[Event], tz: ZoneInfo) -> Picture:
    """The picture of a one-page snapshot after the events, which must follow it densely.

    Equal to applying them one by one (tests compare); `ValueError` where an entity cannot be.
    """
    picture = Picture.from_snapshot([page], tz)
    fold = _Fold(picture)
    for event in events:
        if event.entity.startswith(_ON_ITS_OWN):
            picture = fold.laid_down(page)
            picture.apply([event])
            fold = _Fold(picture)
        else:
            fold.add(event)
    return fold.laid_down(page)


class _Fold:
    """Fields of entities as JSON values, decoded only at the end; what was answered at once never is."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._rev, self._unknown = picture.rev, picture.unknown
        self._day = picture.fork().day
        self._changed: dict[str, dict[str, _Fields]] = {kind: {} for kind in ENTITY_TYPES}
        self._gone: set[str] = set()

    def add(self, event: Event) -> None:
        """One event more."""
        if event.rev != self._rev + 1:
            raise ValueError(f"event {event.rev} does not follow {self._rev}")
        self._rev = event.rev
        kind, _, entity_id = event.entity.partition(":")
        changed = self._changed.get(kind)
        if changed is None:
            self._unknown += kind not in UNPICTURED
            return
        before = changed.get(entity_id) or self._known(kind, entity_id)
        if before is None and "id" not in event.change:
            return
        after = changed[entity_id] = evolve(before, event)
        if kind == EntityKind.CASE:
            self._count(before, after, event)
            if after["state"] == CaseState.ANSWERED:
                del changed[entity_id]
                self._gone.add(entity_id)

    def _known(self, kind: str, entity_id: str) -> _Fields | None:
        """The entity as it stood before, None for one that is gone or not there."""
        entity = None if entity_id in self._gone else self._picture.find(kind, entity_id)
        return None if entity is None else to_builtins(entity)

    def _count(self, before: _Fields | None, after: _Fields, event: Event) -> None:
        """The volumes of the local hour in which it happened."""
        counts = steps(None if before is None else _stage(before), _stage(after))
        if counts:
            local = event.occurred_at.astimezone(self._picture.tz)
            if local.date().isoformat() == self._day.day:
                for what in counts:
                    getattr(self._day, what)[local.hour] += 1

    def laid_down(self, page: Snapshot) -> Picture:
        """The picture after what was added; of `page` only the city counts."""
        known = self._picture
        if self._rev == known.rev:
            return known
        base = snapshot_of(known, page.city, known.clock or page.clock)
        cases = self._now(EntityKind.CASE, known.cases)
        for case in self._gone:
            cases.pop(case, None)
        orders = self._now(EntityKind.ASSIGNMENT, known.assignments)
        after = replace(
            base,
            rev=self._rev,
            day=self._day,
            cases=list(cases.values()),
            assignments=[order for order in orders.values() if order.case not in self._gone],
            workers=list(self._now(EntityKind.WORKER, known.workers).values()),
            incidents=list(self._now(EntityKind.INCIDENT, known.incidents).values()),
            turns=list(self._now(EntityKind.TURN, known.turns).values()),
            handovers=list(self._now(EntityKind.HANDOVER, known.handovers).values()),
        )
        picture = Picture.from_snapshot([after], known.tz)
        picture.unknown = self._unknown
        return picture

    def _now(self, kind: EntityKind, known: Mapping[str, T]) -> dict[str, T]:
        """All entities of a kind in the order in which they were made."""
        decoded = {key: entity_of(kind, fields) for key, fields in self._changed[kind].items()}
        return {**known, **cast("dict[str, T]", decoded)}


def _stage(fields: _Fields) -> Stage:
    """What decides the volumes; fields that have their default may be absent."""
    return fields["state"], fields.get("dispatched_at") is not None
