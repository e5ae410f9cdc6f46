"""What was seen of a centre from outside, and what it says at the end: what the checker judges."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.faults.history import Entry

Raw = Mapping[str, Any]
"""An event or an answer as JSON."""


@dataclass(frozen=True)
class Evidence:
    """What was seen, and what the centre says at the end.

    `statuses` is its answer to the status question for every key, None where it knows nothing.
    `pictures` are (rev, digest) of each console, `centre` those of the centre at the same time. `sent`
    are the keys that were sent by the time the log was read, where the entries were copied before.
    `streamed` are (rev, hash) of all that a console was shown; `differing` are consoles that show
    something else though rev and digest agree. `ticks` is whether a console shows a key as committed
    (True) or as refused.
    """

    entries: Sequence[Entry]
    events: Sequence[Raw]
    statuses: Mapping[str, Raw | None] | None = None
    pictures: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    centre: tuple[int, int] | None = None
    sent: frozenset[str] | None = None
    streamed: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    differing: Sequence[str] = ()
    ticks: Mapping[str, bool] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.key].append(entry)
        return found

    @cached_property
    def events_of(self) -> dict[str, list[Raw]]:
        """Key → its events."""
        found: dict[str, list[Raw]] = defaultdict(list)
        for event in self.events:
            if event["role"] != "centre":
                found[event["command_id"]].append(event)
        return found

    @cached_property
    def versions_of(self) -> dict[str, list[int]]:
        """Entity → the revs at which it changed."""
        found: dict[str, list[int]] = defaultdict(list)
        for event in self.events:
            found[event["entity"]].append(event["rev"])
        return found

    @cached_property
    def key_at(self) -> dict[int, str]:
        return {event["rev"]: event["command_id"] for event in self.events}
