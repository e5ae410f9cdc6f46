"""One central API process put together: the log, the mirror, the clock, the timers and those who listen."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, select, update

from console.central import log_reader, shared_fixes, stream_log, volumes
from console.central.areas import Areas
from console.central.clock import CityClock, ServerTime, real
from console.central.database import Database
from console.central.follower import Follower, LogForked
from console.central.ledger import CENTRE_SEAT, Head, Signature, begin_log, read_head
from console.central.mirror import Mirror
from console.central.positions import Tracks
from console.central.snapshots import Snapshots
from console.central.sse import event_frame
from console.central.store import Watch
from console.central.stream import Stream
from console.central.stream_log import StreamLog, Written
from console.central.tables import cases, counter
from console.central.tail import RING, Tail
from console.central.timers import POLL_S, Timers
from console.central.volumes import Imported
from console.central.writer import Order, Writer
from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.role import Role
from console.domain.worker import Fix
from console.geo.holidays import is_workday
from console.store.scene import Locate, Setting
from console.wire.codec import to_builtins
from console.wire.commands import Answer
from console.wire.frames import DayVolumes, DomainClock

if TYPE_CHECKING:
    from console.geo.boundaries import Boundaries

log = logging.getLogger(__name__)

FIXES_EVERY_S = 1.0
KEEP_EVERY_S = 5.0
"""Real seconds between two batches of positions, and two rounds of book-keeping."""

STOOD = timedelta(seconds=15)
"""A simulated clock that nobody has noted for so long stood still: no process ran."""

T = TypeVar("T")


def _no_outlines() -> "Boundaries":
    raise RuntimeError("this centre was put together without the outlines of its areas")


class Centre:
    """Owns the database of one city. `open` first, then `run` on the event loop, `close` at the end."""

    def __init__(
        self,
        database: Database,
        city: City,
        load_areas: Callable[[], Locate],
        *,
        server_time: Callable[[], datetime],
        ring: int = RING,
        outlines: "Callable[[], Boundaries]" = _no_outlines,
    ) -> None:
        """`load_areas` makes the function that finds a position's areas, `outlines` the areas' own; both may be slow."""
        self.city = city
        self.outlines = outlines
        self.areas = Areas(load_areas)
        self.database = database
        self.visits = StreamLog()
        self.tracks = Tracks()
        self._server_time = server_time
        self._ring = ring
        self._pen = ThreadPoolExecutor(1, "central-writer")
        self._moved: set[str] = set()
        self._fix_batch = 0
        self._watch = database.store.watch()
        self._tasks: list[asyncio.Task[None]] = []

    def open(self, look: Callable[[], None] = lambda: None) -> None:
        """Open or make the database and load the mirror; raises `StartFailure`.

        `look` is called in between: nothing of the log has been read or written then.
        """
        self.epoch = self.database.open(self.city.code).epoch
        with self.database.judged():
            look()
            self._load()

    def _load(self) -> None:
        setting, anew = self._last_clock()
        self.clock = CityClock(setting, self._server_time)
        self.mirror = Mirror(self.database, self.epoch, self.city.tz, setting)
        self.tail = Tail(self.mirror, self._ring)
        self.follower = Follower(self.database, self.mirror, self.tail, self.clock)
        work_time = WorkTime(self.city.calendar, self.city.tz, is_workday)
        self.writer = Writer(
            self.database,
            self.epoch,
            Setting(city=self.city, work_time=work_time),
            self.clock,
            self.follower.publish,
        )
        self.timers = Timers(self.database, self.writer, self.clock)
        self.snapshots = Snapshots(self.mirror, self.clock, self.epoch, self.city.code)
        if anew:
            self.writer.set_clock(setting, Signature(CENTRE_SEAT, Role.CENTRE, "start"))

    def _last_clock(self) -> tuple[DomainClock, bool]:
        """The clock to go on with, and whether it must be committed: a simulated one stood still meanwhile."""
        with self.database.writing() as connection:
            self.database.store.alone(connection)
            begin_log(connection, self._server_time())
            head = read_head(connection, lock=True)
            if isinstance(self._server_time, ServerTime):
                self._server_time.not_before(head.at)
            now = self._server_time()
            if head.clock is None:
                return real(now), True
            if not head.clock.simulated or self._others_run(head, now):
                return head.clock, False
            stood = replace(head.clock, domain_time=head.domain_at, server_time=now)
            # At once: the transaction that commits it must not begin on the time that has passed.
            connection.execute(update(counter).values(clock=to_builtins(stood)))
            return stood, True

    def _others_run(self, head: Head, now: datetime) -> bool:
        return (
            self.database.store.shared and head.kept_at is not None and now - head.kept_at < STOOD
        )

    async def run(self, broken: Callable[[BaseException], None]) -> None:
        """Start what goes on by itself; `broken` hears why the centre cannot go on."""
        self.tail.bind(asyncio.get_running_loop())
        self.areas.start(broken)
        self.database.read_behind(broken)
        rounds = (
            (self._fire_timers, POLL_S),
            (self._send_fixes, FIXES_EVERY_S),
            (self.keep, KEEP_EVERY_S),
        )
        self._tasks = [asyncio.create_task(_every(seconds, act)) for act, seconds in rounds]
        if self._watch is not None:
            self._tasks.append(asyncio.create_task(self._follow(self._watch, broken)))

    async def _follow(self, watch: Watch, broken: Callable[[BaseException], None]) -> None:
        """Read on whenever somebody has committed."""
        loop, bell = asyncio.get_running_loop(), asyncio.Event()
        watch.start(lambda: loop.call_soon_threadsafe(bell.set))
        while True:
            await bell.wait()
            bell.clear()
            try:
                await self.catch_up()
            except LogForked as error:
                broken(error)
                return
            except Exception:
                log.exception("the log could not be followed; it is tried again")

    async def catch_up(self) -> None:
        """Follow what other processes have committed up to now."""
        await self.write(self.follower.catch_up)

    async def close(self) -> None:
        """Stop, write what is still in memory, and note the clean end."""
        if self._watch is not None:
            await asyncio.to_thread(self._watch.stop)
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
        if self.database.store.shared:
            await self.work(self._share_fixes)
        if self._moved:
            moved, self._moved = self._moved, set()
            self.tail.send_fixes(self.mirror.fixes(moved))

    def _share_fixes(self) -> None:
        """Tell the other processes what moved here, and hear what moved there."""
        mine = self.mirror.fixes(set(self._moved))
        if mine:
            with self.database.writing() as connection:
                shared_fixes.tell(connection, mine)
        with self.database.reading() as connection:
            self._fix_batch, theirs = shared_fixes.since(connection, self._fix_batch)
        self._moved |= self.mirror.put_fixes(theirs)

    async def keep(self) -> None:
        """Write what may be a few seconds late: tracks, who listens, where a simulated clock stands."""
        visits = self.visits.pending()

        def act() -> tuple[int, list[Written]]:
            with self.database.writing() as connection:
                tracks = self.tracks.write(connection)
                rows = stream_log.write(connection, visits)
                if self.clock.simulated:
                    now = self.clock.server_now()
                    stands = {"domain_at": self.clock.now(now), "kept_at": now}
                    connection.execute(update(counter).values(stands))
            return tracks, rows

        if visits or self.tracks.waiting or self.clock.simulated:
            tracks, rows = await self.write(act)
            self.tracks.written(tracks)
            self.visits.written(rows)


async def _every(seconds: float, act: Callable[[], Awaitable[None]]) -> None:
    """Do it for ever; one failure is told and does not end it."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await act()
        except Exception:
            log.exception("a round failed")
