"""Runs a driver over an offline centre: a stretch of a day in a moment, for a warm start or a made day."""

from collections.abc import Callable
from datetime import datetime

from console.field.driver import Driver
from console.field.offline import Offline
from console.wire.commands import Answer, Envelope

Heard = Callable[[Envelope, Answer], None]
"""Told of every command with its answer, in the order of domain time."""


def rehearse(driver: Driver, centre: Offline, start: datetime, end: datetime, heard: Heard) -> None:
    """Let the field live from `start` to `end` (UTC), every act at its own moment."""
    driver.restart(centre.picture, start, since=start)
    while True:
        moments = [m for m in (driver.next_at(), centre.next_timer()) if m is not None]
        now = max(min(moments, default=end), start)
        if now >= end:
            return
        driver.note(centre.run_timers(now), now)
        for envelope in driver.due(now, limit=1):
            answers, changes = centre.send([envelope], now, driver.roles.get(envelope.key))
            heard(envelope, answers[0])
            driver.answered(answers, now)
            driver.note(changes, now)
        start = now
