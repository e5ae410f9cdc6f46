"""A recorded day: the picture at its beginning, every event until its end, and the workers' tracks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from console.domain.city import City
from console.domain.event import EntityKind, Event, entity_ref
from console.domain.worker import Fix
from console.replay.problem import empty
from console.replay.tracks import Tracks, tracks_of
from console.store.picture import Picture
from console.wire.codec import event_hash, from_builtins
from console.wire.frames import SCHEMA, DayVolumes, DomainClock, Snapshot

_CLOCK = f"{EntityKind.CLOCK.value}:"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a recording is. `begins` ≤ t < `ends` is the local day `day` in UTC domain time.

    `city` is the pack's code and `pack` the hash of the pack it was recorded with; `made` holds
    the arguments of a made day and is empty where the day really happened. `tracked` is False
    where nobody kept the workers' positions. `volumes` are the day's, for a calendar and charts.
    """

    city: str
    pack: str
    day: date
    begins: datetime
    ends: datetime
    epoch: str
    calls: int
    made: dict[str, int | bool] = field(default_factory=dict)
    tracked: bool = True
    volumes: DayVolumes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One day in memory. `start` is the picture at `about.begins`; `events` follow it densely.

    `moments` has for each event the domain time at which the centre committed it: what a seat
    could know, not when it happened. It never decreases.
    """

    about: About
    start: Snapshot
    events: Sequence[Event]
    moments: Sequence[datetime]
    tracks: Tracks

    def history(self, owner: str) -> list[Event]:
        """The recorded events of a case or an incident and of its assignments, oldest first."""
        orders = (order.id for order in self.start.assignments if order.owner == owner)
        return events_about(owner, orders, self.events)

    def verify(self) -> int | None:
        """Compute every hash of the chain anew; the rev that does not fit, None when all do. Seconds long."""
        found = (e.rev for e in self.events if event_hash(e) != e.hash)
        return next(found, None)


def events_about(owner: str, orders: Iterable[str], events: Sequence[Event]) -> list[Event]:
    """The events of a case or an incident and its assignments; `orders` are those made before `events`."""
    refs = {entity_ref(kind, owner) for kind in (EntityKind.CASE, EntityKind.INCIDENT)}
    refs |= {entity_ref(EntityKind.ASSIGNMENT, order) for order in orders}
    made = (e for e in events if e.kind == EntityKind.ASSIGNMENT)
    refs |= {e.entity for e in made if owner in (e.change.get("case"), e.change.get("incident"))}
    return [event for event in events if event.entity in refs]


def day_span(city: City, day: date) -> tuple[datetime, datetime]:
    """First moment of the local day and of the next, UTC."""
    midnight = datetime.combine(day, time(), city.tz)
    after = datetime.combine(day + timedelta(days=1), time(), city.tz)
    return midnight.astimezone(UTC), after.astimezone(UTC)


def check_events(events: Sequence[Event], first: int, epoch: str) -> None:
    """Raise `ValueError` unless they are dense from rev `first`, of one epoch and linked by their hashes."""
    before: Event | None = None
    for rev, event in enumerate(events, first):
        if event.rev != rev:
            raise ValueError(f"event {event.rev} stands where {rev} should")
        if event.epoch != epoch:
            raise ValueError(f"event {rev} is of another log")
        if before is not None and event.prev_hash != before.hash:
            raise ValueError(f"event {rev} does not follow the one before it")
        before = event


class CommitClock:
    """Tells the domain time at which the centre committed each event; it never goes back."""

    def __init__(self, clock: DomainClock | None, latest: datetime) -> None:
        """`clock` is the last one set before the first event; a log begins on real time, without one."""
        self.clock = clock
        self._latest = latest

    def moment(self, event: Event) -> datetime:
        """Of the next event in rev order."""
        if event.kind == EntityKind.CLOCK:
            self.clock = from_builtins(event.change, DomainClock)
        self._latest = max(self._latest, self._reading(event.at))
        return self._latest

    def _reading(self, server_time: datetime) -> datetime:
        clock = self.clock
        if clock is None or not clock.simulated:
            return server_time
        passed = max(server_time - clock.server_time, timedelta(0))
        return clock.domain_time + passed * clock.rate


def moments_of(events: Iterable[Event], clock: DomainClock, begins: datetime) -> list[datetime]:
    """The domain time of each commit, from the clock at the beginning on."""
    found = list(events)
    set_anew = any(event.entity.startswith(_CLOCK) for event in found)
    if not set_anew and not clock.simulated:
        # The usual case of a made day, a hundred times faster.
        return list(accumulate((event.at for event in found), max, initial=begins))[1:]
    told = CommitClock(clock, begins)
    return [told.moment(event) for event in found]


def cut_day(
    events: Iterable[Event], city: City, day: date, fixes: Iterable[Fix] = (), name: str = "log"
) -> Recording:
    """One local day out of a whole log, read from rev 1 on in order, such as a centre's `/v1/log`.

    `name` is what a problem calls the source. Raises `RecordingProblem` when the day is empty and
    `ValueError` where the events are not dense.
    """
    begins, ends = day_span(city, day)
    told = CommitClock(None, datetime.min.replace(tzinfo=UTC))
    picture = Picture(tz=city.tz)
    kept: list[Event] = []
    moments: list[datetime] = []
    for event in events:
        moment = told.moment(event)
        if moment >= ends:
            break
        if moment >= begins:
            kept.append(event)
            moments.append(moment)
        else:
            picture.apply([event])
    if not kept:
        raise empty(name, day.isoformat())
    picture.epoch = kept[0].epoch
    check_events(kept, picture.rev + 1, picture.epoch)
    there = list(fixes)
    picture.put_fixes(fix for fix in there if fix.received_at < begins)
    later = (fix for fix in there if begins <= fix.received_at < ends)
    start = snapshot_of(picture, city.code, picture.clock or plain_clock(begins))
    picture.apply(kept)
    about = About(
        city=city.code,
        pack=city.pack_hash,
        day=day,
        begins=begins,
        ends=ends,
        epoch=picture.epoch,
        calls=calls_in(kept),
        tracked=bool(there),
        volumes=picture.day if picture.day.day == day.isoformat() else None,
    )
    return Recording(
        about=about,
        start=start,
        events=kept,
        moments=moments,
        tracks=tracks_of(later, begins),
    )


def plain_clock(moment: datetime) -> DomainClock:
    """Domain time is server time."""
    return DomainClock(domain_time=moment, server_time=moment, rate=1.0, simulated=False)


def calls_in(events: Iterable[Event]) -> int:
    """How many calls came in."""
    return sum(event.kind == EntityKind.CASE and "id" in event.change for event in events)


def snapshot_of(picture: Picture, city: str, clock: DomainClock) -> Snapshot:
    """The whole picture on one page; later changes of the picture do not reach it."""
    kept = picture.fork()
    return Snapshot(
        schema=SCHEMA,
        epoch=kept.epoch,
        rev=kept.rev,
        city=city,
        clock=clock,
        day=kept.day,
        page=0,
        pages=1,
        digest=f"{kept.digest:016x}",
        cases=list(kept.cases.values()),
        assignments=list(kept.assignments.values()),
        workers=list(kept.workers.values()),
        fixes=list(kept.fixes.values()),
        incidents=list(kept.incidents.values()),
        turns=list(kept.turns.values()),
        handovers=list(kept.handovers.values()),
    )
