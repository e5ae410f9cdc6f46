"""What the field sends: positions, the clock while it is simulated, and volumes of past days."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.auth import Seat
from console.central.centre import Centre
from console.central.gate import Guard
from console.central.inbound import body_of, json_response, parsed
from console.central.ledger import Signature
from console.central.positions import Batch, Outcome, judge
from console.central.problems import Problem
from console.central.volumes import Import, problem_of
from console.wire.frames import DomainClock

FASTEST = 3600.0
"""Greatest rate of a simulated clock: an hour a second."""

_UNDER_WAY = timedelta(seconds=5)

FIXES_LIMIT = 5000
DAYS_LIMIT = 4000
"""Positions and days of one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWish:
    """How the domain clock shall go on; without `domain_time` from where it stands."""

    rate: float
    simulated: bool
    domain_time: datetime | None = None


class Field:
    """Answers the role field; the clock may be set by an administrator too."""

    def __init__(self, centre: Centre) -> None:
        """Tell this centre."""
        self._centre = centre

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered."""
        return [
            guard.route("POST", "/v1/positions", self.positions),
            guard.route("POST", "/v1/clock", self.clock),
            guard.route("PUT", "/v1/volumes", self.volumes),
        ]

    async def positions(self, request: Request, seat: Seat) -> Response:
        """Where workers are."""
        seat.need("tell_positions")
        batch = parsed(await body_of(request), Batch)
        if len(batch.fixes) > FIXES_LIMIT:
            raise Problem(413, "too-many", f"at most {FIXES_LIMIT} positions at once")
        clock = self._centre.clock
        good, faults = judge(batch, self._centre.city.workers, clock.now(), clock.rate)
        await self._centre.take_fixes(good)
        return json_response(Outcome(accepted=len(good), refused=faults))

    async def clock(self, request: Request, seat: Seat) -> Response:
        """What time it is in a simulated city."""
        role = seat.need("set_clock")
        wanted = _clock(parsed(await body_of(request), ClockWish), self._centre)
        await self._centre.set_clock(wanted, Signature(seat.name, role, "clock"))
        return json_response(self._centre.clock.reading())

    async def volumes(self, request: Request, seat: Seat) -> Response:
        """History of past days."""
        seat.need("import_volumes")
        days = parsed(await body_of(request), Import).days
        if len(days) > DAYS_LIMIT:
            raise Problem(413, "too-many", f"at most {DAYS_LIMIT} days at once")
        for index, day in enumerate(days):
            fault = problem_of(day)
            if fault is not None:
                raise Problem(400, "malformed", f"days[{index}]: {fault}")
        return json_response(await self._centre.import_volumes(days))


def _clock(wish: ClockWish, centre: Centre) -> DomainClock:
    """The clock to commit; raises `Problem` for one that the city may not have."""
    now = centre.clock.reading()
    if not (math.isfinite(wish.rate) and 0 <= wish.rate <= FASTEST):
        raise Problem(422, "clock", f"rate: 0 to {FASTEST:g} domain seconds a second")
    if not wish.simulated:
        if wish.rate != 1:
            raise Problem(422, "clock", "only a simulated clock has another rate than 1")
        domain_time = now.server_time
    else:
        domain_time = (wish.domain_time or now.domain_time).astimezone(UTC)
        if centre.city.production:
            raise Problem(422, "production", "a city in production runs on real time")
    # The wish was under way for a moment in which a fast clock ran on.
    slack = _UNDER_WAY * max(now.rate, 1.0)
    if now.domain_time - slack <= domain_time < now.domain_time:
        domain_time = now.domain_time
    if domain_time < now.domain_time and centre.has_cases():
        detail = (
            f"domain time is {now.domain_time.isoformat()}; with cases in the log it cannot go back"
        )
        raise Problem(422, "clock-backwards", detail, domain_time=now.domain_time)
    return DomainClock(
        domain_time=domain_time,
        server_time=now.server_time,
        rate=wish.rate,
        simulated=wish.simulated,
    )
