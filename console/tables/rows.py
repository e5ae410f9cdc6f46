"""What the rows of the desk's lists say: pure functions from domain objects to words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.assignment import Assignment, AssignmentState
from console.domain.case import Case, CaseState, life_state
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Level
from console.i18n.texts import Texts
from console.store.nearby import NearbyWorker
from console.store.ranking import RankedUnit
from console.tables.countdown import countdown_of, level_at

MINUS = "\u2212"

TICK_MARKS = {
    "stored": "✓",
    "held": "✓",
    "committed": "✓✓",
    "acknowledged": "✓✓✓",
    "refused": "✗",
    "lost": "✗",
}
"""Where an order is: stored here, committed centrally, acknowledged by the receiver, or turned back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One row of the case queue, ready to be drawn."""

    id: str
    level: Level
    minutes: str
    category: str
    urgent: bool
    place: str
    tail: str
    ticks: str
    unsigned: bool
    has_place: bool

    @property
    def second(self) -> str:
        """The second line: place, then channel and state with a dot before each."""
        return self.place + self.tail


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """The head of a group in a flood: the worst of its cases and how many there are."""

    id: str
    level: Level
    minutes: str
    category: str
    urgent: int
    second: str
    count: int
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRow:
    """One row of the nearby workers; `position_old` asks for amber, `on_duty` False dims."""

    id: str
    name: str
    owns_grid: str
    distance: str
    near: str
    position: str
    position_old: bool
    load: str
    busy: bool
    arrival: str
    second: str
    why: str
    on_duty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One row of the unit list; `depth` 1 is a team of the unit above."""

    id: str
    name: str
    reason: str
    proposed: bool
    load: str
    overdue: str
    teams: int
    depth: int = 0


def minutes_text(minutes: int, texts: Texts) -> str:
    """Minutes in figures, "−7" when over; from 100 on in hours, from two days on in days."""
    sign = MINUS if minutes < 0 else ""
    size = abs(minutes)
    if size < 100:
        return f"{sign}{size}"
    if size < 48 * 60:
        return sign + texts("age.hours_short", n=size // 60)
    return sign + texts("age.days_short", n=size // 1440)


def age_text(seconds: float, texts: Texts) -> str:
    """How long ago, in the largest fitting unit."""
    if seconds < 60:
        return texts("age.seconds", n=max(0, int(seconds)))
    if seconds < 6000:
        return texts("age.minutes", n=int(seconds // 60))
    if seconds < 48 * 3600:
        return texts("age.hours", n=int(seconds // 3600))
    return texts("age.days", n=int(seconds // 86400))


def distance_text(metres: float, texts: Texts) -> str:
    """Metres to the nearest ten, from one kilometre on in kilometres."""
    if metres < 1000:
        return texts("worker.metres", n=round(metres / 10) * 10)
    return texts("worker.kilometres", n=f"{metres / 1000:.1f}")


def category_name(case: Case, city: City, texts: Texts) -> str:
    """The subcategory's name in the language, its code when the city pack does not know it."""
    found = city.categories.get(case.category)
    return texts.pick(found.name, found.name_en) if found is not None else case.category


def case_minutes(
    case: Case, lead: Assignment | None, city: City, texts: Texts, now: datetime
) -> str:
    """The present holder's minutes as a row or the ghost shows them; a dash when nothing is owed."""
    countdown = countdown_of(case, lead, city.policy)
    if countdown is None:
        return "–"
    return minutes_text(countdown.minutes_left(now.timestamp()), texts)


def place_text(case: Case, city: City, texts: Texts) -> str:
    """Where it is: the address without a house number, else town or district, else "no place"."""
    where = case.place.strip()
    if not where:
        where = city.area_name(case.town, texts.lang) or city.area_name(case.district, texts.lang)
    if case.position is not None:
        return where or texts("case.place_on_map")
    return texts("case.no_place") + (texts("list.dot") + where if where else "")


def is_unsigned(lead: Assignment | None) -> bool:
    """Whether somebody has the order and has not signed for it."""
    return lead is not None and lead.state is AssignmentState.SENT


def ticks_of(lead: Assignment | None, told: str | None) -> str:
    """The ticks of a case: what this console was told last, else what the log says of the lead."""
    if told in ("stored", "held", "refused", "lost"):
        return TICK_MARKS[told]
    if lead is None:
        return TICK_MARKS.get(told or "", "")
    signed = lead.acknowledged_at is not None or told == "acknowledged"
    return TICK_MARKS["acknowledged" if signed else "committed"]


def queue_row(
    case: Case,
    lead: Assignment | None,
    city: City,
    texts: Texts,
    now: datetime,
    told: str | None = None,
) -> QueueRow:
    """The row of a case at `now` (aware UTC domain time); `told` is the last tick of an own command."""
    state = life_state(case, lead)
    dot = texts("list.dot")
    parts = (texts(f"channel.{case.channel.value}"), texts(f"state.{state.value}"))
    return QueueRow(
        id=case.id,
        level=level_at(case, countdown_of(case, lead, city.policy), now),
        minutes=case_minutes(case, lead, city, texts, now),
        category=category_name(case, city, texts),
        urgent=case.urgency is Urgency.URGENT,
        place=place_text(case, city, texts),
        tail="".join(dot + part for part in parts),
        ticks=ticks_of(lead, told),
        unsigned=is_unsigned(lead) and case.state is CaseState.DISPATCHED,
        has_place=case.position is not None,
    )


def group_row(
    reference: str,
    first: QueueRow,
    case: Case,
    city: City,
    texts: Texts,
    *,
    level: Level,
    count: int,
    urgent: int,
    opened: bool,
) -> GroupRow:
    """The head of a group whose worst case is `case` with the row `first`."""
    area = city.area_name(case.town, texts.lang) or city.area_name(case.district, texts.lang)
    parts = [area or texts("case.no_place")]
    if urgent:
        parts.append(texts("queue.group_urgent", n=urgent))
    return GroupRow(
        id=reference,
        level=level,
        minutes=first.minutes,
        category=first.category,
        urgent=urgent,
        second=texts("list.dot").join(parts),
        count=count,
        opened=opened,
    )


def worker_row(near: NearbyWorker, city: City, texts: Texts, now: datetime) -> WorkerRow:
    """The row of a nearby worker at `now` (aware UTC domain time)."""
    age = near.fix_age_s
    old = age is None or age > city.policy.position_stale_s
    position = texts("worker.position_unknown")
    if age is not None:
        position = texts("worker.position_age", age=age_text(age, texts))
    town = city.area_name(near.worker.town, texts.lang)
    kind = texts(f"worker.{near.worker.kind.value}")
    distance = "" if near.distance_m is None else distance_text(near.distance_m, texts)
    load = texts("worker.load", n=near.load) if near.load else texts("worker.free")
    second = "".join(texts("list.dot") + part for part in (kind, town) if part)
    return WorkerRow(
        id=near.worker.id,
        name=texts.pick(near.worker.name, near.worker.name_en),
        owns_grid=texts("worker.owns_grid") if near.owns_grid else "",
        distance=distance,
        near=texts("list.dot").join(part for part in (distance, load) if part),
        position=position,
        position_old=old,
        load=load,
        busy=near.load > 0,
        arrival=_arrival(near, city, texts, now),
        second=second,
        why=texts("worker.why", reasons=texts("list.comma").join(reasons_of(near, texts))),
        on_duty=near.on_duty,
    )


def _arrival(near: NearbyWorker, city: City, texts: Texts, now: datetime) -> str:
    if not near.on_duty:
        return texts("worker.off_duty")
    if near.travel_s is None:
        return texts("worker.arrival_unknown")
    at = (now + timedelta(seconds=near.travel_s)).astimezone(city.tz)
    return texts("worker.arrival", time=at.strftime("%H:%M"))


def reasons_of(near: NearbyWorker, texts: Texts) -> list[str]:
    """Why a worker stands where they stand in the list, in words."""
    return [texts(f"worker.reason.{code}") for code in near.reasons]


def unit_row(ranked: RankedUnit, city: City, texts: Texts) -> UnitRow:
    """The row of a ranked unit."""
    unit = ranked.unit
    reason = texts(f"unit.reason.{ranked.reason}", n=ranked.article or 0)
    if ranked.proposed:
        reason = texts("unit.proposed") + texts("list.dot") + reason
    return UnitRow(
        id=unit.code,
        name=texts.pick(unit.name, unit.name_en),
        reason=reason,
        proposed=ranked.proposed,
        load=texts("unit.load", n=ranked.load) if ranked.load else texts("unit.free"),
        overdue=texts("unit.overdue", n=ranked.overdue) if ranked.overdue else "",
        teams=len(city.teams_of_unit.get(unit.code, ())),
    )


def team_rows(unit: str, city: City, texts: Texts) -> list[UnitRow]:
    """The rows of a unit's teams, which unfold below it."""
    return [
        UnitRow(
            id=team.code,
            name=texts.pick(team.name, team.name_en),
            reason=texts("unit.team_size", n=team.size),
            proposed=False,
            load=team.phone,
            overdue="",
            teams=0,
            depth=1,
        )
        for team in city.teams_of_unit.get(unit, ())
    ]
