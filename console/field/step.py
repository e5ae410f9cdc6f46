"""What somebody in the field, or a simulated seat, will do next, when, and in which role."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.command import Command
from console.domain.role import Role

NIGHT_ENDS, NIGHT_BEGINS = 7, 21
"""Local hours between which people may be rung up and ordinary work is done."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command to give at `at`, UTC domain time, as `role`."""

    at: datetime
    command: Command
    role: Role = Role.FIELD


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
