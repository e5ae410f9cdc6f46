"""The simulated people above: shift leader, duty chief and centre leader rule what only they may rule."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from console.domain.assignment import Assignment
from console.domain.case import WITH_UNIT, Case, CaseState
from console.domain.city import City
from console.domain.command import RuleRequest, RuleReturn
from console.domain.request import Request
from console.domain.role import Role
from console.field.chance import Chance
from console.field.ids import new_id
from console.field.step import Step, minutes
from console.field.words import OPINIONS

SEATS = (Role.SHIFT_LEADER, Role.DUTY_CHIEF, Role.CENTRE_LEADER)
"""The roles in which these people act."""

ATTENDED_MIN, ATTENDED_SPREAD = 33.0, 0.2
"""Median minutes, and the spread of their logarithm, that a simulated duty chief leaves to a real one."""

UNATTENDED_MIN, UNATTENDED_SPREAD = 10.0, 0.4
"""The same where nobody sits at a console: a made day, the morning before a city lives."""

SHIFT_LEADER_MIN = 8.0
CENTRE_LEADER_MIN = 10.0

CONFIRMED_SHARE = 0.7
"""Share of first returns that are confirmed though the asker's duties name the matter."""

CLEARLY_WRONG_SHARE = 0.95
"""The same where its duties do not name it."""

REDIRECTED_SHARE = 0.45
"""Share of second returns that go at once to another unit of the district, where one is named."""

BACK_SHARE = 0.15
"""Share of second returns that go back to the centre; the rest stays where it is."""

EXTENDED_SHARE = 0.85
"""Share of requests that are agreed to, at each of the desks they pass."""


class Chiefs:
    """What those above do next with a case; pure in its state, as the field is."""

    def __init__(self, city: City, chance: Chance, *, attended: bool) -> None:
        """`attended`: real people sit at consoles and come first, so the duty chiefs here wait."""
        self._city, self._chance = city, chance
        self._patience = (
            (ATTENDED_MIN, ATTENDED_SPREAD) if attended else (UNATTENDED_MIN, UNATTENDED_SPREAD)
        )

    def next_step(self, case: Case, orders: Sequence[Assignment]) -> Step | None:
        """The next ruling, None when there is nothing to decide. `orders` are all of the case."""
        if case.state is CaseState.RETURN_ASKED:
            asker = next((order for order in orders if order.id == case.lead), None)
            return self._second(case, asker, orders) if case.returns else self._first(case, asker)
        if case.request is not None and case.state in WITH_UNIT:
            return self._request(case, case.request)
        return None

    def _late(self, *key: object) -> timedelta:
        return minutes(self._chance.lognormal(*self._patience, *key))

    # Returns

    def _key(self, case: Case) -> tuple[object, ...]:
        return ("centre", case.id, case.returns, case.reworks, "ruling")

    def _first(self, case: Case, asker: Assignment | None) -> Step:
        key = self._key(case)
        duties = self._city.duties_by_subcategory.get(case.category, ())
        named = asker is not None and any(duty.unit == asker.unit for duty in duties)
        share = CONFIRMED_SHARE if named else CLEARLY_WRONG_SHARE
        confirmed = self._chance.happens(share, *key, "yes")
        at = case.waiting_since + minutes(self._chance.lognormal(6, 0.5, *key))
        reason = "" if confirmed else "in-duties"
        command = RuleReturn(case=case.id, confirmed=confirmed, reason=reason)
        return Step(at, command, Role.SHIFT_LEADER)

    def _second(self, case: Case, asker: Assignment | None, orders: Sequence[Assignment]) -> Step:
        """To another unit of the district, back to the centre, or: it stays where it is."""
        key = self._key(case)
        drawn = self._chance.uniform(*key, "how")
        if drawn < REDIRECTED_SHARE:
            command = self._redirected(case, orders)
        elif drawn < REDIRECTED_SHARE + BACK_SHARE:
            command = RuleReturn(case=case.id, confirmed=True, reason=OPINIONS["back"])
        else:
            command = None
        if command is None:
            command = RuleReturn(case=case.id, confirmed=False, reason=OPINIONS["stays"])
        unit = asker.unit if asker is not None else None
        # What binds a unit from outside the district is the centre leader's.
        inside = command.confirmed or self._city.of_district(unit, case.district)
        role = Role.DUTY_CHIEF if inside else Role.CENTRE_LEADER
        return Step(case.waiting_since + self._late(*key), command, role)

    def _redirected(self, case: Case, orders: Sequence[Assignment]) -> RuleReturn | None:
        unit = self._named_in_district(case, {order.unit for order in orders})
        if unit is None:
            return None
        return RuleReturn(
            case=case.id,
            confirmed=True,
            reason=OPINIONS["redirected"],
            unit=unit,
            assignment=new_id(self._chance.seed, "ruled", case.id, case.waiting_since),
        )

    def _named_in_district(self, case: Case, tried: set[str | None]) -> str | None:
        """The town's or the district's unit, if the duties name it and it has not had the case."""
        duties = self._city.duties_by_subcategory.get(case.category, ())
        named = {duty.unit for duty in duties} - tried
        for area in (case.town, case.district):
            unit = self._city.unit_of_area.get(area or "")
            if unit is not None and unit.code in named:
                return unit.code
        return None

    # Requests

    def _request(self, case: Case, request: Request) -> Step:
        """First extensions the shift leader; the rest the duty chief endorses and the centre leader grants."""
        key = ("request", case.id, request.kind, request.number, request.asked_at)
        if request.first_standard:
            wait = minutes(self._chance.lognormal(SHIFT_LEADER_MIN, 0.4, *key, "wait"))
            return self._ruled(case, request.asked_at + wait, Role.SHIFT_LEADER, *key)
        if request.endorsed_at is None:
            at = request.asked_at + self._late(*key, "wait")
            return self._ruled(case, at, Role.DUTY_CHIEF, *key)
        wait = minutes(self._chance.lognormal(CENTRE_LEADER_MIN, 0.4, *key, "granted"))
        return self._ruled(case, request.endorsed_at + wait, Role.CENTRE_LEADER, *key)

    def _ruled(self, case: Case, at: datetime, role: Role, *key: object) -> Step:
        granted = self._chance.happens(EXTENDED_SHARE, *key, role)
        opinion = OPINIONS["granted" if granted else "refused"]
        return Step(at, RuleRequest(case=case.id, granted=granted, opinion=opinion), role)
