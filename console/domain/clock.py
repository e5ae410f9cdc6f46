"""Clocks of a case and their levels; every function takes `now` in aware UTC domain time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from console.domain.assignment import Assignment
from console.domain.case import TERMINAL, WAITING, Case, CaseState
from console.domain.category import DeadlineUnit, Urgency
from console.domain.city import Policy, WorkCalendar


class Level(IntEnum):
    """How bad a clock stands, worst last, so that `max` is the worst."""

    SUSPENDED = 0
    GREEN = 1
    AMBER = 2
    RED = 3
    DARK_RED = 4


@dataclass(frozen=True, slots=True)
class Clock:
    """A running limit from `start` to `due`; `amber` is the fraction left at which amber begins."""

    start: datetime
    due: datetime
    amber: float

    def fraction_left(self, now: datetime) -> float:
        """1 at the start, 0 at the deadline, negative after it."""
        span = (self.due - self.start).total_seconds()
        left = (self.due - now).total_seconds()
        return left / span if span > 0 else (1.0 if left > 0 else -1.0)

    def level(self, now: datetime, dark_red_factor: float = 3.0) -> Level:
        """Green, amber from the fraction on, red from the deadline, dark red at the factor times the limit."""
        left = self.fraction_left(now)
        if left > self.amber:
            return Level.GREEN
        if left > 0:
            return Level.AMBER
        return Level.DARK_RED if left <= 1 - dark_red_factor else Level.RED

    def minutes_left(self, now: datetime) -> int:
        """Whole minutes to the deadline, rounded up before it; after it a negative count ("−7"), rounded down."""
        return -int(-(self.due - now).total_seconds() // 60)


def citizen_minutes(case: Case, now: datetime) -> int:
    """The citizen's clock: whole minutes from the call to the close; never pauses, never resets."""
    end = case.closed_at if case.closed_at is not None else now
    return int((end - case.received_at).total_seconds() // 60)


def centre_limit(urgency: Urgency, policy: Policy) -> timedelta:
    """How long the centre may keep a case before it is dispatched."""
    minutes = policy.centre_urgent_min if urgency is Urgency.URGENT else policy.centre_normal_min
    return timedelta(minutes=minutes)


def response_due(sent_at: datetime, policy: Policy) -> datetime:
    """When the holder must have acknowledged (urgent: responded or arrived)."""
    return sent_at + timedelta(minutes=policy.respond_min)


def holder_clock(case: Case, lead: Assignment | None, policy: Policy) -> Clock | None:
    """The clock of whoever holds the case now: centre, receiver, or decider; None when nothing is owed.

    Nothing open is ever on no clock: a suspended case keeps its handling deadline, and after the
    report the centre's own clock runs through check and call-back.
    """
    if case.state in TERMINAL:
        return None
    if case.state in WAITING or (lead is None and case.state is not CaseState.SUSPENDED):
        start = case.waiting_since
        return Clock(start, start + centre_limit(case.urgency, policy), policy.amber_response)
    if case.state is CaseState.RETURN_ASKED:
        start = case.waiting_since
        due = start + timedelta(minutes=policy.return_ruling_min)
        return Clock(start, due, policy.amber_response)
    if case.state in (CaseState.CHECKING, CaseState.CALLBACK):
        start = case.reported_at or case.waiting_since
        due = start + timedelta(minutes=policy.closing_min)
        return Clock(start, due, policy.amber_handling)
    if lead is not None and lead.active and lead.answered_at is None:
        return Clock(lead.sent_at, lead.response_due, policy.amber_response)
    due = case.due_at or case.received_at + timedelta(days=1)
    return Clock(case.registered_at or case.received_at, due, policy.amber_handling)


def case_level(case: Case, lead: Assignment | None, policy: Policy, now: datetime) -> Level:
    """The level that a pin or a row shows: the present holder's."""
    if case.state is CaseState.SUSPENDED:
        return Level.SUSPENDED
    clock = holder_clock(case, lead, policy)
    return Level.GREEN if clock is None else clock.level(now, policy.dark_red_factor)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A handling deadline; `provisional` when no calendar was known for a year it touches."""

    due: datetime
    provisional: bool


Holidays = Callable[[date], bool | None]
"""Where public holidays come from: True for a work day, None when the year is not known."""


class WorkTime:
    """Counts work hours and work days of a city; `is_workday` answers True, False or None (unknown year)."""

    def __init__(self, calendar: WorkCalendar, tz: ZoneInfo, holidays: Holidays) -> None:
        """Bind the city's hours, zone and the source of public holidays."""
        self._calendar = calendar
        self._tz = tz
        self._holidays = holidays

    def _workday(self, day: date) -> tuple[bool, bool]:
        if day in self._calendar.workdays:
            return self._calendar.workdays[day], False
        known = self._holidays(day)
        return (day.weekday() < 5, True) if known is None else (known, False)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        hours: tuple[tuple[time, time], ...] = (self._calendar.morning, self._calendar.afternoon)
        return [
            (datetime.combine(day, a, self._tz), datetime.combine(day, b, self._tz))
            for a, b in hours
        ]

    def add_hours(self, start: datetime, hours: float) -> Deadline:
        """The moment when `hours` of work time have passed since the aware `start`; UTC."""
        left = timedelta(hours=hours)
        day = start.astimezone(self._tz).date()
        provisional = False
        while True:
            working, guessed = self._workday(day)
            provisional = provisional or guessed
            if working:
                for begin, end in self._spans(day):
                    usable = end - max(begin, start)
                    if usable >= left:
                        due = max(begin, start) + left
                        return Deadline(due.astimezone(start.tzinfo), provisional)
                    left -= max(usable, timedelta(0))
            day += timedelta(days=1)

    def add_days(self, start: datetime, days: int) -> Deadline:
        """The close of business on the `days`-th work day after the aware `start`; UTC."""
        day = start.astimezone(self._tz).date()
        provisional = False
        while days > 0:
            day += timedelta(days=1)
            working, guessed = self._workday(day)
            provisional = provisional or guessed
            days -= working
        due = datetime.combine(day, self._calendar.afternoon[1], self._tz)
        return Deadline(due.astimezone(start.tzinfo), provisional)

    def deadline(self, start: datetime, amount: int, unit: DeadlineUnit) -> Deadline:
        """The handling deadline of a subcategory from the aware `start`, in the zone of `start`."""
        if unit is DeadlineUnit.URGENT_HOURS:
            return Deadline(start + timedelta(hours=amount), provisional=False)
        if unit is DeadlineUnit.NATURAL_DAYS:
            return Deadline(start + timedelta(days=amount), provisional=False)
        if unit is DeadlineUnit.WORK_HOURS:
            return self.add_hours(start, amount)
        return self.add_days(start, amount)
