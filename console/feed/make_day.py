"""Makes a whole past day without a centre, by the same rules and the same field, and writes it as a recording."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from console.domain.city import City
from console.domain.clock import Holidays, WorkTime
from console.domain.event import EntityKind, Event, entity_ref
from console.domain.role import Role
from console.domain.worker import Fix
from console.feed.made_tracks import duty_spans, tracks_of_day
from console.feed.progress import Progress
from console.field.calls import Call, PointInGrid, calls_of_day
from console.field.chance import Chance
from console.field.driver import Driver
from console.field.figures import figures_of
from console.field.ids import new_id
from console.field.offline import SEAT, Offline
from console.field.people import People
from console.field.rehearsal import rehearse
from console.geo.holidays import is_workday
from console.replay.file import SUFFIX
from console.replay.recording import (
    About,
    Recording,
    calls_in,
    day_span,
    moments_of,
    plain_clock,
    snapshot_of,
)
from console.replay.tracks import tracks_of
from console.store.picture import Picture
from console.store.scene import Locate
from console.wire.codec import event_hash
from console.wire.commands import Answer, Envelope

DAYS_BEFORE = 3
"""Ordinary days that pass before, so that the morning finds what they left open."""

MOST_CALLS = 100_000
_CENTRE_SEAT = "centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which day: `calls` is how many to expect; in a `storm` trees, water and power lead.

    `usual` is how many came on each day before; None takes the city's own figure and season.
    """

    day: date
    calls: int
    seed: int
    storm: bool = False
    usual: int | None = None

    @property
    def made(self) -> dict[str, int | bool]:
        """What a recording says of its making."""
        return {"calls": self.calls, "seed": self.seed, "storm": self.storm}

    @property
    def name(self) -> str:
        """The file's name; the same plan has the same."""
        storm = "-storm" if self.storm else ""
        return f"{self.day}-{self.calls}{storm}-s{self.seed}{SUFFIX}"


class _Maker:
    """One made day. Every moment is domain time, every draw a function of the seed: nothing else enters."""

    def __init__(
        self,
        city: City,
        plan: Plan,
        point_in_grid: PointInGrid,
        locate: Locate,
        holidays: Holidays,
        progress: Progress,
    ) -> None:
        self._city, self._plan, self._progress = city, plan, progress
        self._figures = figures_of(city)
        self._point_in_grid = point_in_grid
        self._people = People(city, Chance(plan.seed), point_in_grid)
        self._calls = lru_cache(maxsize=2)(self._calls_of)
        made = (plan.calls, plan.storm)
        self._driver = Driver(
            city,
            plan.seed,
            self._people,
            self._calls,
            tag="made",
            expecting=False,
            attended=False,
            storms={plan.day} if plan.storm else (),
        )
        self._picture = Picture(
            tz=city.tz, epoch=new_id(plan.seed, "made", city.code, plan.day, *made)[:12]
        )
        work_time = WorkTime(city.calendar, city.tz, holidays)
        self._centre = Offline(city, work_time, locate, self._picture, Role.FIELD)

    def _calls_of(self, day: date) -> Sequence[Call]:
        """The wanted calls on the day, the city's usual ones before it."""
        plan, figures = self._plan, self._figures
        usual = plan.usual or figures.calls * figures.season(day) / figures.season(plan.day)
        today = day == plan.day
        expected = plan.calls if today else usual
        storm = today and plan.storm
        return calls_of_day(self._city, day, expected, plan.seed, self._point_in_grid, storm=storm)

    def make(self) -> Recording:
        """Let the days pass and keep the last one."""
        plan = self._plan
        begins, ends = day_span(self._city, plan.day)
        for back in range(DAYS_BEFORE, 0, -1):
            self._progress.stage(0.12)
            self._live(plan.day - timedelta(days=back))
        self._picture.put_fixes(self._present(begins))
        start = snapshot_of(self._picture, self._city.code, plain_clock(begins))
        self._progress.stage(0.3)
        events = self._chained(self._live(plan.day))
        self._progress.stage(0.2)
        duty = duty_spans(start.workers, events, (begins, ends))
        fixes = tracks_of_day(self._city, self._people, self._picture, duty, self._progress.tell)
        return Recording(
            about=About(
                city=self._city.code,
                pack=self._city.pack_hash,
                day=plan.day,
                begins=begins,
                ends=ends,
                epoch=self._picture.epoch,
                calls=calls_in(events),
                made=plan.made,
                volumes=self._picture.fork().day,
            ),
            start=start,
            events=events,
            moments=moments_of(events, start.clock, begins),
            tracks=tracks_of(fixes, begins),
        )

    def _live(self, day: date) -> list[Event]:
        """One local day passes; its events, without hashes."""
        begins, ends = day_span(self._city, day)
        began = self._day_began(day, begins)
        self._picture.apply([began])

        def heard(envelope: Envelope, answer: Answer) -> None:
            now = envelope.occurred_at or begins
            self._progress.tell((now - begins) / (ends - begins))

        rehearse(self._driver, self._centre, begins, ends, heard)
        return [began, *self._centre.take()]

    def _day_began(self, day: date, at: datetime) -> Event:
        rev = self._picture.rev + 1
        return Event(
            rev=rev,
            epoch=self._picture.epoch,
            at=at,
            occurred_at=at,
            actor=_CENTRE_SEAT,
            role=Role.CENTRE,
            command_id=f"day:{day}",
            type="day.began",
            entity=entity_ref(EntityKind.DAY, day.isoformat()),
            entity_version=rev,
            change={},
        )

    def _present(self, at: datetime) -> list[Fix]:
        """Where those on duty stand at midnight, without their errands of the day before."""
        return [
            Fix(
                worker=duty.id,
                position=self._people.position(self._city.workers[duty.id], at).position,
                fix_at=at,
                received_at=at,
            )
            for duty in self._picture.workers.values()
            if duty.on_duty
        ]

    def _chained(self, events: Sequence[Event]) -> list[Event]:
        """The events with their seats and the hash chain, as a centre's log has them."""
        self._progress.stage(0.1)
        found: list[Event] = []
        prev = ""
        for number, event in enumerate(events):
            seat = _CENTRE_SEAT if event.role is Role.CENTRE else SEAT
            linked = replace(event, actor=seat, prev_hash=prev)
            prev = event_hash(linked)
            found.append(replace(linked, hash=prev))
            self._progress.tell(number / len(events))
        return found


def make_day(
    city: City,
    plan: Plan,
    point_in_grid: PointInGrid,
    locate: Locate,
    progress: Progress,
    holidays: Holidays = is_workday,
) -> Recording:
    """The recording of a plan; the same arguments give the same bytes."""
    with _no_collector():
        return _Maker(city, plan, point_in_grid, locate, holidays, progress).make()


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of objects stay and none form cycles: looking for those took an eighth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
