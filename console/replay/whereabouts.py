"""Where the workers are in a branch: on their recorded way until an order changes it, then on the model's."""

import heapq
from datetime import datetime, timedelta

from console.domain.city import City
from console.domain.event import EntityKind
from console.domain.place import distance_m
from console.domain.worker import Fix
from console.field.errands import errands_of
from console.field.people import People
from console.replay.timeline import Timeline
from console.store.picture import Picture

SAMPLE_EVERY = timedelta(minutes=1)
"""As often as a centre keeps a moving worker's position."""


class Whereabouts:
    """Positions of one branch; `picture` is the branch's own and is read when somebody is asked for."""

    def __init__(
        self, city: City, people: People, timeline: Timeline, begun: datetime, picture: Picture
    ) -> None:
        """From `begun` (UTC domain time) on."""
        self._city, self._people, self._picture = city, people, picture
        self._tracks, self._begun = timeline.recording.tracks, begun
        self._since: dict[str, datetime] = {}
        self._due: list[tuple[datetime, str]] = []
        self._last: dict[str, Fix] = {}
        self._metres = 0.0
        self._sent_out = _sent_out_in_history(timeline, begun)

    def divert(self, worker: str, at: datetime) -> None:
        """An order changes the worker's way: from `at` on it is the model's."""
        if worker in self._since or worker not in self._city.workers:
            return
        self._since[worker] = at
        last = self._tracks.last_of(worker, at) or self._picture.fixes.get(worker)
        if last is not None:
            self._last[worker] = last
        heapq.heappush(self._due, (at, worker))

    def next_at(self) -> datetime | None:
        """When somebody's position falls due, or history sends somebody out."""
        heads = [heap[0][0] for heap in (self._due, self._sent_out) if heap]
        return min(heads, default=None)

    def sample(self, now: datetime) -> list[Fix]:
        """Positions of those who are on the model's way, due at `now`."""
        while self._sent_out and self._sent_out[0][0] <= now:
            at, worker = heapq.heappop(self._sent_out)
            self.divert(worker, at)
        found = []
        while self._due and self._due[0][0] <= now:
            at, worker = heapq.heappop(self._due)
            heapq.heappush(self._due, (at + SAMPLE_EVERY, worker))
            fix = self._sample(worker, at)
            if fix is not None:
                found.append(fix)
        return found

    def recorded(self, before: datetime, until: datetime) -> list[Fix]:
        """The newest recorded position of the others in (`before`, `until`]."""
        heard = self._tracks.latest(until, after=before)
        return [fix for fix in heard if fix.worker not in self._since]

    def _sample(self, worker_id: str, at: datetime) -> Fix | None:
        worker, duty = self._city.workers[worker_id], self._picture.workers.get(worker_id)
        if duty is None or not duty.on_duty or not self._people.has_signal(worker, at):
            return None
        errands = errands_of(self._picture, worker_id)
        place = self._people.position(worker, at, errands).position
        fix = Fix(worker=worker_id, position=place, fix_at=at, received_at=at)
        last = self._last.get(worker_id)
        if last is not None:
            self._metres += distance_m(last.position, place)
        self._last[worker_id] = fix
        return fix

    def metres(self, until: datetime) -> float:
        """Metres that all workers covered since the branch began, in straight lines between samples."""
        return self._metres + self._tracks.metres(self._begun, until, self._since)


def _sent_out_in_history(timeline: Timeline, begun: datetime) -> list[tuple[datetime, str]]:
    """When history first gave each worker an order after `begun`: there their recorded way follows it."""
    recording, first = timeline.recording, dict[str, datetime]()
    for number in timeline.between(begun, recording.about.ends):
        event = recording.events[number]
        worker = event.change.get("worker")
        if event.kind == EntityKind.ASSIGNMENT and "id" in event.change and worker is not None:
            first.setdefault(str(worker), recording.moments[number])
    heap = [(at, worker) for worker, at in first.items()]
    heapq.heapify(heap)
    return heap
