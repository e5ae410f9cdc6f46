"""The living feed: warms a fresh log up, then gives every due command and position to the centre."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from console.domain.city import City
from console.domain.clock import Holidays
from console.domain.role import Role
from console.domain.worker import Fix
from console.feed.backlog import Backlog, backlog_of
from console.feed.city_time import CityTime
from console.feed.mirror import Mirror
from console.feed.positions import Positions
from console.feed.post import BATCH, Post, Stopped
from console.feed.script import Script
from console.feed.warm import Late, WarmUp, is_fresh, start_of
from console.field.chance import Chance
from console.field.chiefs import SEATS
from console.field.driver import Driver
from console.field.geometry import Geometry
from console.field.people import People

TICK_S = 0.1
"""Real seconds between two looks at what is due."""

_POSITIONS_EVERY_S = 1.0
_PATIENCE_S = 60.0


class AnotherDay(Exception):
    """The log holds another day than the recorded one; both languages say so."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both languages."""
        super().__init__(en)
        self.zh, self.en = zh, en


class Simulator:
    """One feed on one centre; `run` blocks until `post.stop` is set."""

    def __init__(
        self,
        city: City,
        geometry: Geometry,
        script: Script,
        post: Post,
        holidays: Holidays,
        *,
        seed: int,
        speed: float,
    ) -> None:
        """`speed` is domain seconds per real second once the city lives."""
        self._city, self._geometry, self._script, self._post = city, geometry, script, post
        self._holidays, self._seed, self._speed = holidays, seed, speed
        self._status = post.status
        self._time = CityTime()
        self._mirror = Mirror(post.api, city.tz, self._time)
        self._people = People(city, Chance(seed), geometry.point_in_grid)
        self._absent: set[Role] = set()
        self._driver = self._new_driver("live")
        self._positions = Positions(city, self._people)
        self._positions_at = 0.0
        self._late: Late | None = None
        self._late_at = 0.0

    def _new_driver(self, tag: str) -> Driver:
        living = tag == "live"
        return Driver(
            self._city,
            self._seed,
            self._people,
            self._script.calls_of_day,
            ends=self._script.ends,
            tag=tag,
            expecting=living,
            attended=living,
            absent=self._absent,
        )

    def run(self) -> None:
        """Warm up where the log is fresh, then live until stopped. Raises `Problem`, `mirror.Refused`."""
        try:
            self._post.insist(lambda: self._time.sync(self._post.api))
            self._absent.update(seat for seat in SEATS if not self._post.admits(seat))
            self._mirror.start()
            self._live()
        except Stopped:
            return
        finally:
            self._mirror.stop()

    def _live(self) -> None:
        self._wait_until_live()
        since = self._warm_up() if is_fresh(self._mirror.picture) else None
        self._check_day()
        now = since or self._time.now()
        self._set_clock(now, self._speed)
        self._tell(self._positions.everybody(self._mirror.picture, now))
        self._driver.restart(self._mirror.picture, now, since)
        while True:
            begun = time.monotonic()
            self._tick(begun)
            self._post.stop.wait(max(0.0, TICK_S - (time.monotonic() - begun)))
            self._check_stop()

    def _wait_until_live(self) -> None:
        while not self._mirror.live:
            self._mirror.drain(0.2)
            self._check_stop()

    def _check_day(self) -> None:
        """A recorded day goes on only where its own day is under way."""
        wanted, today = self._script.day, self._time.now().astimezone(self._city.tz).date()
        if wanted is not None and wanted != today:
            raise AnotherDay(
                f"这个数据目录正处于 {today}，不能再回放 {wanted}：请换一个 --data-dir",
                f"this log is at {today} and cannot replay {wanted}: use another --data-dir",
            )

    def _check_stop(self) -> None:
        if self._post.stop.is_set():
            raise Stopped

    def _set_clock(self, now: datetime, rate: float) -> None:
        self._post.insist(lambda: self._post.api.set_clock(now, rate, True))

    # Warm start

    def _warm_up(self) -> datetime:
        """The past up to the beginning, which is returned (UTC); the city lives from there on."""
        start = start_of(self._mirror.picture, self._script.begins)
        self._status.say("warming", done=0.0)
        self._set_clock(start, 0.0)
        warm = WarmUp(self._city, self._post, self._seed)
        invented = self._script.day is None
        with ThreadPoolExecutor(1, "feed-warm") as aside:
            told = aside.submit(warm.tell_setting, start, self._driver.roster, invented)
            backlog = self._backlog(start)
            self._status.say("warming", done=0.3)
            told.result()
        self._status.say("warming", done=0.5)
        rev = warm.tell_going(backlog)
        while not self._mirror.wait_for(rev, 1.0):
            self._check_stop()
        self._late = warm.late_parts(backlog, start, invented)
        return start

    def _backlog(self, start: datetime) -> Backlog:
        driver = self._new_driver("backlog")
        locate = self._geometry.locate
        return backlog_of(self._city, driver, locate, self._holidays, start, self._seed)

    # Living

    def _tick(self, real: float) -> None:
        now = self._time.now()
        # Acting before reading leaves a whole tick for the rest of a transaction to arrive.
        self._act(now)
        changes = self._mirror.drain()
        if changes.everything:
            self._wait_until_live()
            self._driver.restart(self._mirror.picture, now)
        elif changes:
            self._driver.note(changes, now)
        passed = real - self._positions_at
        if passed >= _POSITIONS_EVERY_S:
            self._positions_at = real
            rate, picture = self._time.rate, self._mirror.picture
            self._tell(self._positions.due(picture, now, min(passed, 5.0), rate))
        if self._late and real >= self._late_at:
            self._late.tell_some()
            # As long again as it took: the living city and the consoles go first.
            self._late_at = 2 * time.monotonic() - real
        self._status.live(domain_time=now.isoformat(), open=len(self._mirror.picture.cases))

    def _act(self, now: datetime) -> None:
        """Everything that is due, so that a feed that was away catches up."""
        while batch := self._driver.due(now, BATCH):
            answers = self._post.send(batch, self._driver.roles)
            self._driver.answered(answers, now)
            self._check_stop()

    def _tell(self, fixes: Sequence[Fix]) -> None:
        if fixes:
            self._post.insist(lambda: self._post.api.post_positions(fixes))
            self._status.positions += len(fixes)
