"""What a lane says: pure functions from one order of an incident to words, and the order of the lanes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.assignment import Assignment, AssignmentState
from console.domain.city import City
from console.domain.clock import Clock, Level
from console.domain.incident import Incident
from console.domain.ladder import Rung, next_rung, rung
from console.domain.roster import Roster
from console.i18n import Texts
from console.tables.case_words import moment
from console.tables.rows import age_text
from console.views.names import receiver_name

STAGES = (
    AssignmentState.ACKNOWLEDGED,
    AssignmentState.RESPONDED,
    AssignmentState.ON_SCENE,
    AssignmentState.DONE,
)
"""The lanes after 未签收."""

_BACK = frozenset({AssignmentState.RETURNED, AssignmentState.RECALLED, AssignmentState.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One receiver. `waits` are minutes unsigned ("" once signed), `stages` the times in the four lanes.

    `next_when` and `next_who` say whom the ladder reaches next. `reached` counts the lanes passed, 0 unsigned to 4 done; `level` is the worst of its clock and
    the ladder's; `late` that it signed only after the ladder had called.
    """

    id: str
    name: str
    second: str
    waits: str
    level: Level
    next_when: str
    next_who: str
    signed: str
    stages: tuple[str, ...]
    reached: int
    late: bool
    gone: str

    @property
    def unsigned(self) -> bool:
        """Whether nobody has signed yet."""
        return self.reached == 0 and not self.gone

    @property
    def spoken(self) -> str:
        """The row in words."""
        parts = (self.name, self.second, self.waits, self.next_when, self.next_who, self.signed)
        return " · ".join(part for part in (*parts, *self.stages, self.gone) if part)


def order_of(orders: Iterable[Assignment]) -> list[Assignment]:
    """Unsigned first, the longest wait on top; then whoever is least far; those taken back last."""
    return sorted(orders, key=lambda o: (o.state in _BACK, reached(o), o.sent_at, o.id))


def unsigned(orders: Iterable[Assignment]) -> list[Assignment]:
    """Orders that nobody has signed for."""
    return [order for order in orders if order.state is AssignmentState.SENT]


def reached(order: Assignment) -> int:
    """How many of the four lanes it has come through."""
    if order.state in STAGES:
        return STAGES.index(order.state) + 1
    moments = (order.acknowledged_at, order.responded_at, order.arrived_at)
    return sum(at is not None for at in moments)


def is_late(order: Assignment, city: City) -> bool:
    """Whether it was (or is not yet) signed after the ladder's first rung."""
    if order.acknowledged_at is None:
        return order.step > 0
    waited = (order.acknowledged_at - order.sent_at).total_seconds()
    return waited >= 60 * city.policy.ladder_min[0]


def wait_level(order: Assignment, city: City, now: datetime) -> Level:
    """The level of an unsigned order: its clock's, and amber and red once the ladder has called."""
    clock = Clock(order.sent_at, order.response_due, city.policy.amber_response)
    climbed = (Level.GREEN, Level.AMBER, Level.RED, Level.RED)[min(order.step, 3)]
    return max(clock.level(now, city.policy.dark_red_factor), climbed)


def lane(
    order: Assignment, incident: Incident, city: City, roster: Roster, texts: Texts, now: datetime
) -> Lane:
    """The lane of one order at `now` (aware UTC domain time)."""
    open_wait = order.state is AssignmentState.SENT
    when, who = _ladder(order, incident, city, roster, texts, now) if open_wait else ("", "")
    waited = int((now - order.sent_at).total_seconds() // 60)
    gone = texts(f"assignment.{order.state.value}") if order.state in _BACK else ""
    return Lane(
        id=order.id,
        name=asked_name(order, city, texts),
        second=_second(order, city, texts),
        waits=str(max(0, waited)) if open_wait else "",
        level=wait_level(order, city, now) if open_wait else Level.GREEN,
        next_when=when,
        next_who=who,
        signed=_signed(order, texts),
        stages=_stages(order, city, texts, now),
        reached=reached(order),
        late=is_late(order, city),
        gone=gone,
    )


def asked_name(order: Assignment, city: City, texts: Texts) -> str:
    """Who was asked: the team, the worker or the unit."""
    team = city.teams.get(order.team or "")
    if team is not None:
        return texts.pick(team.name, team.name_en)
    name = receiver_name(city, "worker", order.worker, texts)
    return name or receiver_name(city, "unit", order.unit, texts) or order.id


def _second(order: Assignment, city: City, texts: Texts) -> str:
    if order.team is not None:
        return receiver_name(city, "unit", order.unit, texts)
    if order.worker is not None:
        worker = city.workers.get(order.worker)
        return city.area_name(worker.town, texts.lang) if worker is not None else ""
    unit = city.units.get(order.unit or "")
    return unit.phone if unit is not None else ""


def _signed(order: Assignment, texts: Texts) -> str:
    if order.acknowledged_at is None:
        return ""
    took = (order.acknowledged_at - order.sent_at).total_seconds()
    return texts("incident.lane.took", age=age_text(took, texts))


def _stages(order: Assignment, city: City, texts: Texts, now: datetime) -> tuple[str, ...]:
    done = order.ended_at if order.state is AssignmentState.DONE else None
    moments = (order.acknowledged_at, order.responded_at, order.arrived_at, done)
    return tuple("" if at is None else moment(at, now, city) for at in moments)


def _ladder(
    order: Assignment, incident: Incident, city: City, roster: Roster, texts: Texts, now: datetime
) -> tuple[str, str]:
    """When the ladder goes on and whom it reaches then; at the top, whom it has reached."""
    coming = next_rung(order, city.policy)
    step = coming.rung if coming is not None else rung(max(1, order.step))
    who = rung_name(step, order, incident, city, roster, texts, now)
    if coming is None:
        return texts("incident.lane.top"), who
    return texts("incident.lane.next", time=moment(coming.at, now, city)), who


def rung_name(
    step: Rung,
    order: Assignment,
    incident: Incident,
    city: City,
    roster: Roster,
    texts: Texts,
    now: datetime,
) -> str:
    """Whom a rung reaches, by name where the city pack or the roster knows one."""
    unit = city.units.get(order.unit or _town_unit(order, city))
    words = texts(f"incident.rung.{step.value}")
    if step is Rung.DUTY_PHONE:
        return words if unit is None else f"{words} {unit.phone}"
    if step is Rung.UNIT_LEADER:
        return words if unit is None else f"{words} {unit.duty_leader}"
    turn = None
    for code in _chief_units(order, incident, city):
        turn = turn or roster.now(code, now)
    return words if turn is None else f"{words} {turn.name}"


def _town_unit(order: Assignment, city: City) -> str:
    """A worker's leader is the town's."""
    worker = city.workers.get(order.worker or "")
    unit = city.unit_of_area.get(worker.town) if worker is not None else None
    return unit.code if unit is not None else ""


def _chief_units(order: Assignment, incident: Incident, city: City) -> list[str]:
    """Units whose chief may decide: the asked unit itself, its district, the incident's."""
    asked = order.unit or _town_unit(order, city)
    unit = city.units.get(asked)
    area = city.areas.get((unit.area if unit is not None else None) or "")
    districts = (area.parent if area is not None else None, incident.district)
    above = (city.unit_of_area.get(code or "") for code in districts)
    return [asked, *(found.code for found in above if found is not None)]
