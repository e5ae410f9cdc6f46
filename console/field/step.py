"""What somebody in the field will do next, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.command import Command

NIGHT_ENDS, NIGHT_BEGINS = 7, 21
"""Local hours between which people may be rung up and ordinary work is done."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command to give at `at`, UTC domain time."""

    at: datetime
    command: Command


def minutes(amount: float) -> timedelta:
    """That many minutes, whole seconds."""
    return timedelta(seconds=round(amount * 60))


def in_waking_hours(moment: datetime, local: datetime, spread: float) -> datetime:
    """The moment, or the next morning when it falls into the night; `spread` (0…1) says how late in it.

    `local` is the same moment in the city's zone.
    """
    if NIGHT_ENDS <= local.hour < NIGHT_BEGINS:
        return moment
    opens = local.replace(hour=NIGHT_ENDS, minute=0, second=0, microsecond=0)
    if local.hour >= NIGHT_BEGINS:
        opens += timedelta(days=1)
    return moment + (opens - local) + timedelta(minutes=int(spread * 120))
