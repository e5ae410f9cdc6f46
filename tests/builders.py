"""Small factories for tests: one plain object each, every field open to be said otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState, Channel
from console.domain.category import DeadlineUnit, Subcategory, Urgency
from console.domain.city import City, Policy, WorkCalendar
from console.domain.clock import Holidays, WorkTime
from console.domain.command import Command
from console.domain.event import EntityKind, Event, Fact, entity_ref
from console.domain.grid import Area, Grid
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules import Decision, Scene, decide
from console.domain.shift import Shift
from console.domain.unit import Duty, Team, Unit, UnitKind
from console.domain.worker import Fix, Worker, WorkerDuty, WorkerKind
from console.store.reducer import change_of
from console.wire.frames import SCHEMA, Bookmark, DayVolumes, DomainClock, Snapshot

TZ = ZoneInfo("Asia/Shanghai")
T0 = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
"""Wednesday 3 June 2026, 10:00 in Haikou."""
EPOCH = "epoch-1"

RUBBISH, NOISE, SIGNAL, GAS = "0101", "0301", "0702", "0402"
"""Subcategories of the tiny city: the town's with check; without check; urgent; a hazard."""
BUREAU, POLICE, GAS_WORKS, DISTRICT, TOWN = "B.urban", "B.police", "U.gas", "D.1", "T.1"
WORKER, OTHER_WORKER, LOST_WORKER = "W1", "W2", "W9"
"""Two of the town, and one whose town has no unit."""


def at(minutes: float) -> datetime:
    """So many minutes after T0."""
    return T0 + timedelta(minutes=minutes)


def case(**fields: Any) -> Case:
    """A registered case of rubbish in town 1."""
    known: dict[str, Any] = {
        "id": "C1",
        "version": 1,
        "state": CaseState.REGISTERED,
        "urgency": Urgency.NORMAL,
        "channel": Channel.PHONE,
        "category": RUBBISH,
        "place": "海秀中路",
        "received_at": T0,
        "waiting_since": T0,
        "position": Position(110.32, 20.03),
        "district": "1",
        "town": "11",
        "registered_at": T0,
        "due_at": at(240),
    }
    return Case(**(known | fields))


def order(**fields: Any) -> Assignment:
    """The lead's order of case C1, just sent and announced."""
    known: dict[str, Any] = {
        "id": "A1",
        "version": 2,
        "case": "C1",
        "role": AssignmentRole.LEAD,
        "state": AssignmentState.SENT,
        "urgency": Urgency.NORMAL,
        "unit": TOWN,
        "worker": None,
        "sent_at": T0,
        "response_due": at(30),
        "announced_at": T0,
    }
    return Assignment(**(known | fields))


def duty(worker: str = WORKER, *, on_duty: bool = True, version: int = 1) -> WorkerDuty:
    """A worker on duty since T0."""
    return WorkerDuty(id=worker, version=version, on_duty=on_duty, since=T0)


def fix(worker: str = WORKER, minutes: float = 0) -> Fix:
    """A position of a worker, measured so many minutes after T0."""
    when = at(minutes)
    return Fix(worker=worker, position=Position(110.3, 20.0), fix_at=when, received_at=when)


def subcategory(code: str, **fields: Any) -> Subcategory:
    """A normal subcategory led by the case's town, with a check, due in four work hours."""
    known: dict[str, Any] = {
        "code": code,
        "category": code[:2],
        "name": f"小类{code}",
        "name_en": f"Class {code}",
        "category_name": "大类",
        "category_name_en": "Category",
        "urgency": Urgency.NORMAL,
        "hazard": False,
        "sensitive": False,
        "check": True,
        "lead": "@town",
        "deadline": 4,
        "deadline_unit": DeadlineUnit.WORK_HOURS,
        "weight": 1.0,
    }
    return Subcategory(**(known | fields))


def unit(code: str, kind: UnitKind, **fields: Any) -> Unit:
    """A unit without area or parent."""
    known: dict[str, Any] = {
        "code": code,
        "parent": None,
        "name": f"单位{code}",
        "name_en": f"Unit {code}",
        "kind": kind,
        "area": None,
        "phone": "0898-0000-0000",
        "duty_leader": "值班员",
    }
    return Unit(**(known | fields))


def worker(worker_id: str = WORKER, town: str = "11", **fields: Any) -> Worker:
    """A grid worker of town 1 on the day shift."""
    known: dict[str, Any] = {
        "id": worker_id,
        "name": "王榕涛",
        "name_en": "Wang Rongtao",
        "kind": WorkerKind.GRID_WORKER,
        "district": "1",
        "town": town,
        "grids": ("111",),
        "home": Position(110.3, 20.0),
        "shift": "day",
    }
    return Worker(**(known | fields))


def tiny_city(**fields: Any) -> City:
    """A city of one district and town, five units, four subcategories, three workers."""
    units = (
        unit(BUREAU, UnitKind.BUREAU),
        unit(POLICE, UnitKind.BUREAU),
        unit(GAS_WORKS, UnitKind.UTILITY),
        unit(DISTRICT, UnitKind.DISTRICT, area="1"),
        unit(TOWN, UnitKind.TOWN, area="11", parent=DISTRICT),
    )
    categories = (
        subcategory(RUBBISH),
        subcategory(NOISE, check=False, lead=BUREAU),
        subcategory(
            SIGNAL, urgency=Urgency.URGENT, lead=POLICE, deadline_unit=DeadlineUnit.URGENT_HOURS
        ),
        subcategory(GAS, urgency=Urgency.URGENT, hazard=True, lead=GAS_WORKS),
    )
    areas = (("1", None), ("11", "1"), ("111", "11"))
    workers = (worker(WORKER), worker(OTHER_WORKER), worker(LOST_WORKER, town="99"))
    centre = Position(110.35, 20.03)
    known: dict[str, Any] = {
        "code": "000000",
        "name": "小城",
        "name_en": "Tiny",
        "tz": TZ,
        "case_word": "办件",
        "case_word_en": "case",
        "map_approval": None,
        "production": False,
        "centre": centre,
        "credits": (),
        "policy": Policy(),
        "calendar": WorkCalendar(),
        "areas": {
            code: Area(code=code, parent=parent, name=f"区{code}", name_en=code, synthetic=True)
            for code, parent in areas
        },
        "grids": {
            "1111": Grid(
                code="1111",
                community="111",
                town="11",
                district="1",
                households=300,
                head=WORKER,
                teams=(),
                synthetic=True,
            )
        },
        "units": {u.code: u for u in units},
        "duties": (
            Duty(unit=GAS_WORKS, subcategory=GAS, article=1),
            Duty(unit=POLICE, subcategory=GAS, article=2),
            Duty(unit=TOWN, subcategory=RUBBISH, article=1),
        ),
        "teams": {
            "M1": Team(
                code="M1",
                unit=GAS_WORKS,
                name="抢修一队",
                name_en="Crew 1",
                size=5,
                position=centre,
                phone="0898-0000-0000",
            )
        },
        "categories": {c.code: c for c in categories},
        "places": (),
        "shifts": {
            "day": Shift(code="day", name="白班", name_en="Day", start=time(7), end=time(15))
        },
        "workers": {w.id: w for w in workers},
        "simulator": {},
        "pack_hash": "0" * 64,
    }
    return City(**(known | fields))


CITY = tiny_city()


def no_holidays(day: date) -> bool | None:
    """A year without public holidays."""
    return day.weekday() < 5


def work_time(
    holidays: Holidays = no_holidays, workdays: Mapping[date, bool] | None = None
) -> WorkTime:
    """The tiny city's work time: 08:30–12:00 and 14:30–17:30."""
    return WorkTime(WorkCalendar(workdays=workdays or {}), TZ, holidays)


def scene(**fields: Any) -> Scene:
    """What the rules may know ten minutes after T0, asked by a dispatcher; the worker is on duty."""
    known: dict[str, Any] = {
        "city": CITY,
        "work_time": work_time(),
        "now": at(10),
        "server_now": at(10),
        "occurred_at": at(10),
        "actor": "seat-1",
        "role": Role.DISPATCHER,
        "duty": duty(),
    }
    return Scene(**(known | fields))


def event(rev: int, kind: EntityKind, entity_id: str, **fields: Any) -> Event:
    """An event of the log; what it changes is `change`."""
    known: dict[str, Any] = {
        "rev": rev,
        "epoch": EPOCH,
        "at": T0,
        "occurred_at": T0,
        "actor": "seat-1",
        "role": Role.DISPATCHER,
        "command_id": f"k{rev}",
        "type": f"{kind.value}.changed",
        "entity": entity_ref(kind, entity_id),
        "entity_version": rev,
        "change": {},
    }
    return Event(**(known | fields))


def event_of(rev: int, fact: Fact, **fields: Any) -> Event:
    """The event that commits a fact."""
    return event(rev, fact.kind, fact.id, type=fact.type, change=change_of(fact), **fields)


def created(rev: int, entity: Case | Assignment | WorkerDuty, **fields: Any) -> Event:
    """The event that brings an entity into the log."""
    kinds: dict[type[object], EntityKind] = {
        Case: EntityKind.CASE,
        Assignment: EntityKind.ASSIGNMENT,
        WorkerDuty: EntityKind.WORKER,
    }
    kind = kinds[type(entity)]
    return event_of(rev, Fact(type="created", kind=kind, id=entity.id, created=entity), **fields)


def clock(minutes: float = 0, *, rate: float = 1.0, simulated: bool = False) -> DomainClock:
    """Domain time equal to server time, so many minutes after T0."""
    return DomainClock(
        domain_time=at(minutes), server_time=at(minutes), rate=rate, simulated=simulated
    )


def snapshot(rev: int = 0, **fields: Any) -> Snapshot:
    """An empty picture at a rev, on one page."""
    known: dict[str, Any] = {
        "schema": SCHEMA,
        "epoch": EPOCH,
        "rev": rev,
        "city": "000000",
        "clock": clock(),
        "day": DayVolumes(day="2026-06-03"),
        "page": 0,
        "pages": 1,
        "digest": "0",
        "cases": [],
        "assignments": [],
        "workers": [],
        "fixes": [],
    }
    return Snapshot(**(known | fields))


def bookmark(rev: int, epoch: str = EPOCH, digest: str = "0") -> Bookmark:
    """Everything up to rev was sent."""
    return Bookmark(epoch=epoch, rev=rev, clock=clock(), digest=digest)


class Story:
    """One case and its orders as commands move them: facts are applied at once, as the centre does."""

    def __init__(self, city: City = CITY, first: Case | None = None) -> None:
        """Begin with no case, or with one."""
        self.city = city
        self.case = first
        self.orders: dict[str, Assignment] = {}
        self.duties = {w: duty(w) for w in city.workers}
        self.minutes = 0.0

    def scene_of(self, command: Command, role: Role, **fields: Any) -> Scene:
        """The scene of a command at the story's time."""
        now = at(self.minutes)
        return scene(
            city=self.city,
            now=now,
            server_now=now,
            occurred_at=now,
            role=role,
            case=self.case,
            assignments=tuple(self.orders.values()),
            assignment=self.orders.get(getattr(command, "assignment", "")),
            duty=self.duties.get(getattr(command, "worker", None) or ""),
            **fields,
        )

    def do(self, command: Command, role: Role = Role.DISPATCHER, **fields: Any) -> Decision:
        """One minute later the command happens; raises `Refused`."""
        self.minutes += 1
        decision = decide(command, self.scene_of(command, role, **fields))
        for fact in decision.facts:
            self._apply(fact)
        return decision

    def _apply(self, fact: Fact) -> None:
        if isinstance(fact.created, Case):
            self.case = fact.created
        elif isinstance(fact.created, Assignment):
            self.orders[fact.id] = fact.created
        elif fact.kind is EntityKind.CASE and self.case is not None and fact.id == self.case.id:
            self.case = replace(self.case, **fact.change)
        elif fact.kind is EntityKind.ASSIGNMENT:
            self.orders[fact.id] = replace(self.orders[fact.id], **fact.change)

    @property
    def lead(self) -> Assignment | None:
        """The order the case names as its lead."""
        if self.case is None or self.case.lead is None:
            return None
        return self.orders[self.case.lead]
