"""What comes to a branch as it came in history: the calls, the new day, and real workers' shifts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.event import EntityKind, Event
from console.replay.recording import Recording


@dataclass(frozen=True, slots=True)
class Known:
    """Events that were committed together at `at` (UTC domain time)."""

    at: datetime
    events: tuple[Event, ...]


def known_after(recording: Recording, first: int, *, duty: bool) -> Iterator[Known]:
    """From the event with the index `first` on; with `duty` also who went on and off duty.

    A call that was answered or registered in the same act comes so again; everything that was
    decided about it later is the trainee's.
    """
    events, moments = recording.events, recording.moments
    number = first
    while number < len(events):
        event, size = events[number], 1
        if _is_call(event):
            size = _size_of_act(events[number : number + 8])
            yield Known(moments[number], tuple(events[number : number + size]))
        elif event.kind == EntityKind.DAY or (duty and event.kind == EntityKind.WORKER):
            yield Known(moments[number], (event,))
        number += size


def _is_call(event: Event) -> bool:
    return event.kind == EntityKind.CASE and "id" in event.change


def _size_of_act(events: Sequence[Event]) -> int:
    """How many of the events belong to the first one's command and entity."""
    first = events[0]
    size = 1
    while (
        size < len(events)
        and events[size].command_id == first.command_id
        and events[size].entity == first.entity
    ):
        size += 1
    return size
