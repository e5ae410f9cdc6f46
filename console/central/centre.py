"""One central API put together: the log, the mirror, the clock, the timers and those who listen."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select, update

from console.central import log_reader, private, stream_log, volumes
from console.central.areas import Areas
from console.central.clock import ENTITY, CityClock, wall
from console.central.database import FILE_NAME, Database
from console.central.ledger import CENTRE_SEAT, Signature, begin_log, event_of, read_head
from console.central.mirror import Mirror
from console.central.positions import Tracks
from console.central.private import PrivateView
from console.central.snapshots import Snapshots
from console.central.sse import event_frame
from console.central.stream import Stream
from console.central.stream_log import StreamLog
from console.central.tables import cases, counter, events
from console.central.tail import RING, Tail
from console.central.timers import POLL_S, Timers
from console.central.volumes import Imported
from console.central.writer import Order, Writer
from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.event import EntityKind, entity_ref
from console.domain.role import Role
from console.domain.worker import Fix
from console.geo.holidays import is_workday
from console.store.scene import Locate, Setting
from console.wire.codec import from_builtins
from console.wire.commands import Answer
from console.wire.frames import DayVolumes, DomainClock

log = logging.getLogger(__name__)

FIXES_EVERY_S = 1.0
KEEP_EVERY_S = 5.0
"""Real seconds between two batches of positions, and two rounds of book-keeping."""

T = TypeVar("T")


class Centre:
    """Owns the database of one city. `open` first, then `run` on the event loop, `close` at the end."""

    def __init__(
        self,
        data_dir: Path,
        city: City,
        load_areas: Callable[[], Locate],
        *,
        server_time: Callable[[], datetime] = wall,
        ring: int = RING,
    ) -> None:
        """`load_areas` makes the function that finds a position's areas; it may be slow."""
        self.city = city
        self.areas = Areas(load_areas)
        self.database = Database(data_dir / FILE_NAME)
        self.visits = StreamLog()
        self.tracks = Tracks()
        self._server_time = server_time
        self._ring = ring
        self._pen = ThreadPoolExecutor(1, "central-writer")
        self._moved: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        """Open or make the database and load the mirror; raises `StartFailure`."""
        self.epoch = self.database.open(self.city.code).epoch
        setting, anew = self._last_clock()
        self.clock = CityClock(setting, self._server_time)
        self.mirror = Mirror(self.database, self.epoch, self.city.tz, setting)
        self.tail = Tail(self.mirror, self._ring)
        work_time = WorkTime(self.city.calendar, self.city.tz, is_workday)
        self.writer = Writer(
            self.database,
            self.epoch,
            Setting(city=self.city, work_time=work_time),
            self.clock,
            self.tail.publish,
        )
        self.timers = Timers(self.database, self.writer, self.clock)
        self.snapshots = Snapshots(self.mirror, self.clock, self.epoch, self.city.code)
        if anew:
            self.writer.set_clock(setting, Signature(CENTRE_SEAT, Role.CENTRE, "start"))

    def _last_clock(self) -> tuple[DomainClock, bool]:
        """The clock to go on with, and whether it must be committed: a simulated one stood still meanwhile."""
        now = self._server_time().astimezone(UTC)
        with self.database.writing() as connection:
            begin_log(connection, now)
            ref = entity_ref(EntityKind.CLOCK, ENTITY)
            query = select(events).where(events.c.entity == ref)
            row = connection.execute(query.order_by(events.c.rev.desc()).limit(1)).one_or_none()
            if row is None:
                return DomainClock(
                    domain_time=now, server_time=now, rate=1.0, simulated=False
                ), True
            setting = from_builtins(event_of(row).change, DomainClock)
            if not setting.simulated:
                return setting, False
            stood = read_head(connection).domain_at
            return replace(setting, domain_time=stood, server_time=now), True

    async def run(self, broken: Callable[[BaseException], None]) -> None:
        """Start what goes on by itself; `broken` hears why the centre cannot go on."""
        self.tail.bind(asyncio.get_running_loop())
        self.areas.start(broken)
        rounds = (
            (self._fire_timers, POLL_S),
            (self._send_fixes, FIXES_EVERY_S),
            (self.keep, KEEP_EVERY_S),
        )
        self._tasks = [asyncio.create_task(_every(seconds, act)) for act, seconds in rounds]

    async def close(self) -> None:
        """Stop, write what is still in memory, and note the clean end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.keep()
        self._pen.shutdown()
        self.database.close(clean=True)

    async def write(self, act: Callable[[], T]) -> T:
        """Run on the one writer's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pen, act)

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run in a read transaction, away from the event loop."""

        def run() -> T:
            with self.database.reading() as connection:
                return query(connection)

        return await asyncio.to_thread(run)

    async def work(self, act: Callable[[], T]) -> T:
        """Run away from the event loop."""
        return await asyncio.to_thread(act)

    async def submit(self, orders: Sequence[Order]) -> list[Answer]:
        """Answer commands, all of them in one transaction."""
        return await self.write(lambda: self.writer.submit(orders))

    async def set_clock(self, wanted: DomainClock, signature: Signature) -> None:
        """Set the domain clock; what has fallen due by then is done when this returns."""

        def act() -> None:
            self.writer.set_clock(wanted, signature)
            self.timers.fire()

        await self.write(act)

    async def take_fixes(self, fixes: Sequence[Fix]) -> None:
        """Positions for the mirror, the streams and the tracks."""
        moved = await asyncio.to_thread(self.mirror.put_fixes, fixes)
        # Read only now: while we waited the others may have been sent and the set replaced.
        self._moved |= moved
        self.tracks.sample(fixes)

    async def import_volumes(self, days: Sequence[DayVolumes]) -> Imported:
        """Take history of past days."""

        def act() -> Imported:
            today = self.clock.now().astimezone(self.city.tz).date().isoformat()
            with self.database.writing() as connection:
                return volumes.import_days(connection, days, today)

        return await self.write(act)

    async def look(self, case_id: str, seat: str, role: Role, why: str) -> PrivateView | None:
        """A case's personal data, masked; the look is on record before it is answered."""

        def act() -> PrivateView | None:
            with self.database.writing() as connection:
                now = self.clock.server_now()
                return private.look(connection, case_id, seat, role, why, now)

        return await self.write(act)

    def has_cases(self) -> bool:
        """Whether the log knows any case."""
        with self.database.reading() as connection:
            return connection.execute(select(cases.c.id).limit(1)).first() is not None

    def stream(self, after: int) -> Stream:
        """A reader's stream after a rev."""
        return Stream(self.epoch, after, self.tail, self.clock, self._frames)

    async def _frames(self, after: int, limit: int) -> list[bytes]:
        def query(connection: Connection) -> list[bytes]:
            found = log_reader.between(connection, after + 1, after + limit, limit)
            return [event_frame(event) for event in found]

        return await self.read(query)

    async def _fire_timers(self) -> None:
        await self.write(self.timers.fire)

    async def _send_fixes(self) -> None:
        if self._moved:
            moved, self._moved = self._moved, set()
            self.tail.send_fixes(self.mirror.fixes(moved))

    async def keep(self) -> None:
        """Write what may be a few seconds late: tracks, who listens, where a simulated clock stands."""
        visits = self.visits.pending()

        def act() -> None:
            with self.database.writing() as connection:
                self.tracks.write(connection)
                stream_log.write(connection, visits)
                if self.clock.simulated:
                    connection.execute(update(counter).values(domain_at=self.clock.now()))

        if visits or self.tracks.waiting or self.clock.simulated:
            await self.write(act)


async def _every(seconds: float, act: Callable[[], Awaitable[None]]) -> None:
    """Do it for ever; one failure is told and does not end it."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await act()
        except Exception:
            log.exception("a round failed")
