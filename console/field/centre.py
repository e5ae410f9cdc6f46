"""The centre's seats while they are simulated: who gets a case, who checks it, who calls back."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from console.domain.assignment import Assignment
from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.command import Assist, CallBack, Check, Dispatch, Register
from console.domain.gesture import proposed_lead
from console.domain.unit import UnitKind
from console.domain.worker import WorkerKind
from console.field.chance import Chance
from console.field.ids import new_id
from console.field.step import Step, in_waking_hours, minutes

HUMAN_SHARE = 0.25
"""Share of the cases that the simulated dispatchers leave for at least `HUMAN_MINUTES`."""

HUMAN_MINUTES = 6.0

CHECK_FAILS = 0.025
NOT_SOLVED = 0.02
NOT_REACHED = 0.12
SATISFIED = 0.9
WRONG_UNIT_SHARE = 0.03
HANDS_SHARE = 0.45
GUARD_SHARE = 0.35
_CHECKED_AFTER = timedelta(minutes=25)

OnDuty = Callable[[str], bool]
"""Whether the worker of that id may be given work."""


class Centre:
    """The centre's simulated seats. `share` of the cases is left for the people at real consoles."""

    def __init__(self, city: City, chance: Chance, share: float = HUMAN_SHARE) -> None:
        """`share` between 0 (everything is dispatched) and 1."""
        self._city, self._chance, self._share = city, chance, share
        self._units = sorted(city.units)
        self._hands: dict[str, list[str]] = {}
        for worker in sorted(city.workers.values(), key=lambda w: w.id):
            if worker.kind is not WorkerKind.INSPECTOR:
                for grid in worker.grids:
                    self._hands.setdefault(grid, []).append(worker.id)

    def next_step(
        self, case: Case, orders: Sequence[Assignment], now: datetime, on_duty: OnDuty
    ) -> Step | None:
        """What the centre does next with the case, None when the next move is somebody else's.

        `orders` are all assignments of the case. Pure in the state, as `Receivers.next_step` is.
        """
        if case.state in (CaseState.RECEIVED, CaseState.REGISTERED):
            return self._intake(case, on_duty)
        if case.state is CaseState.DISPATCHED:
            return self._guard(case, orders, on_duty)
        if case.state is CaseState.CHECKING:
            return self._check(case)
        if case.state is CaseState.CALLBACK:
            return self._call_back(case)
        return None

    def _key(self, case: Case, what: str) -> tuple[object, ...]:
        return ("centre", case.id, case.returns, case.reworks, what)

    def _intake(self, case: Case, on_duty: OnDuty) -> Step:
        at = case.waiting_since + minutes(self._delay(case))
        if case.state is CaseState.RECEIVED:
            wait = self._chance.lognormal(1.5, 0.6, *self._key(case, "register"))
            read = case.received_at + minutes(wait)
            if read < at:
                return Step(read, Register(case=case.id))
        return Step(at, self._dispatch(case, on_duty))

    def _delay(self, case: Case) -> float:
        """Minutes a case waits for its dispatch."""
        key = self._key(case, "dispatch")
        if case.urgency is Urgency.URGENT:
            return self._chance.lognormal(1.5, 0.5, *key)
        if self._chance.happens(self._share, *key, "left"):
            return HUMAN_MINUTES + self._chance.exponential(7, *key)
        return self._chance.lognormal(9.5, 0.33, *key)

    def _dispatch(self, case: Case, on_duty: OnDuty) -> Dispatch:
        unit = self._unit(case)
        return Dispatch(
            case=case.id,
            assignment=new_id(self._chance.seed, "lead", case.id, case.waiting_since),
            unit=unit,
            worker=self._worker(case, unit, on_duty),
        )

    def _unit(self, case: Case) -> str:
        """The unit whose duty it is; now and then, and after a return, another that may lead it."""
        key = self._key(case, "unit")
        lead = proposed_lead(case, self._city)
        named = [duty.unit for duty in self._city.duties_by_subcategory.get(case.category, ())]
        if lead is None or case.returns:
            others = [u for u in named if self._city.units[u].area is None and u != lead]
            in_turn = [*others, *([lead] if lead else named)] or [min(self._city.units)]
            return in_turn[max(case.returns - 1, 0) % len(in_turn)]
        if self._chance.happens(WRONG_UNIT_SHARE, *key):
            wrong = self._chance.pick(self._units, *key, "wrong")
            return wrong if self._city.qualified(wrong, case.category) else lead
        return lead

    def _worker(self, case: Case, unit: str, on_duty: OnDuty) -> str | None:
        """A grid worker of the case's grid as the hands of a town that leads something harmless."""
        subcategory = self._city.categories.get(case.category)
        if subcategory is None or subcategory.hazard or not subcategory.check:
            return None
        if self._city.units[unit].kind is not UnitKind.TOWN:
            return None
        if not self._chance.happens(HANDS_SHARE, *self._key(case, "hands")):
            return None
        return self._neighbour(case, on_duty)

    def _neighbour(self, case: Case, on_duty: OnDuty) -> str | None:
        workers = self._hands.get(case.grid or "", ())
        return next((worker for worker in workers if on_duty(worker)), None)

    def _guard(self, case: Case, orders: Sequence[Assignment], on_duty: OnDuty) -> Step | None:
        """Somebody of the grid keeps people away from a hazard."""
        subcategory = self._city.categories.get(case.category)
        if subcategory is None or not subcategory.hazard or case.dispatched_at is None:
            return None
        if len(orders) > 1 or not self._chance.happens(GUARD_SHARE, *self._key(case, "guard")):
            return None
        worker = self._neighbour(case, on_duty)
        if worker is None:
            return None
        wait = self._chance.lognormal(1.0, 0.4, *self._key(case, "guard wait"))
        guard = Assist(
            case=case.id,
            assignment=new_id(self._chance.seed, "guard", case.id, case.waiting_since),
            worker=worker,
            guard=True,
        )
        return Step(case.dispatched_at + minutes(wait), guard)

    def _check(self, case: Case) -> Step:
        key = self._key(case, "check")
        since = case.reported_at or case.received_at
        wait = self._chance.lognormal(_CHECKED_AFTER.total_seconds() / 60, 0.5, *key)
        passed = not self._chance.happens(CHECK_FAILS, *key, "fails")
        return Step(self._awake(since + minutes(wait), *key), Check(case=case.id, passed=passed))

    def _call_back(self, case: Case) -> Step:
        """Some time after the report; who does not answer is called again later."""
        key = (*self._key(case, "call back"), case.calls)
        since = (case.reported_at or case.received_at) + _CHECKED_AFTER
        tries = case.calls * 50
        at = self._awake(since + minutes(tries + self._chance.lognormal(30, 0.6, *key)), *key)
        if self._chance.happens(NOT_REACHED, *key, "nobody"):
            return Step(at, CallBack(case=case.id, reached=False))
        solved = not self._chance.happens(NOT_SOLVED, *key, "unsolved")
        satisfied = solved and self._chance.happens(SATISFIED, *key, "satisfied")
        return Step(at, CallBack(case=case.id, reached=True, solved=solved, satisfied=satisfied))

    def _awake(self, at: datetime, *key: object) -> datetime:
        spread = self._chance.uniform(*key, "morning")
        return in_waking_hours(at, at.astimezone(self._city.tz), spread)
