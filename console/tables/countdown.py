"""A case's present clock as four numbers, so that thousands of levels a second cost nothing."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.case import Case, CaseState
from console.domain.city import Policy
from console.domain.clock import Level, holder_clock


@dataclass(frozen=True, slots=True)
class Countdown:
    """When the level changes, epoch seconds of domain time; the same rule as `domain.clock.Clock.level`."""

    due: float
    amber_at: float
    dark_at: float

    def level(self, now: float) -> Level:
        """The level at `now` (epoch seconds)."""
        if now < self.amber_at:
            return Level.GREEN
        if now < self.due:
            return Level.AMBER
        return Level.RED if now < self.dark_at else Level.DARK_RED

    def minutes_left(self, now: float) -> int:
        """Whole minutes to the deadline, negative after it."""
        return -int((now - self.due) // 60)


def countdown_of(case: Case, lead: Assignment | None, policy: Policy) -> Countdown | None:
    """The present holder's clock; None when nothing is owed any more."""
    clock = holder_clock(case, lead, policy)
    if clock is None:
        return None
    start, due = clock.start.timestamp(), clock.due.timestamp()
    span = max(due - start, 0.0)
    return Countdown(
        due=due,
        amber_at=due - clock.amber * span,
        dark_at=due + (policy.dark_red_factor - 1) * span,
    )


def level_at(case: Case, countdown: Countdown | None, now: datetime) -> Level:
    """The level a row shows at `now` (aware UTC domain time)."""
    if case.state is CaseState.SUSPENDED:
        return Level.SUSPENDED
    return Level.GREEN if countdown is None else countdown.level(now.timestamp())
