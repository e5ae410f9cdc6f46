"""What a line of the timeline says: pure functions from an event of an incident to words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from console.domain.city import City
from console.domain.event import EntityKind, Event
from console.i18n import Texts
from console.store.picture import Picture
from console.tables.case_words import moment
from console.tables.rows import category_name
from console.views.incident.lanes import asked_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: local time, what happened, to whom or in which words; `loud` ones are seen from afar."""

    id: str
    time: str
    what: str
    detail: str
    loud: bool

    @property
    def spoken(self) -> str:
        """The line in words."""
        return " · ".join(part for part in (self.time, self.what, self.detail) if part)


_QUIET_CASES = frozenset({"case.attached", "case.detached", "case.reported", "case.closed"})
"""Of the cases' many steps those that matter to the operation."""
_LOUD = frozenset(
    {
        "incident.started",
        "incident.unconfirmed",
        "incident.level",
        "incident.reported",
        "incident.ended",
        "incident.noted",
        "assignment.escalated",
        "assignment.overdue",
        "assignment.arrived",
    }
)
_SAID_ELSEWHERE = frozenset({"assignment.sent", "assignment.announced"})
"""One call-in sends many orders: the incident's own line names them all."""


def belongs(event: Event, incident_id: str, picture: Picture) -> bool:
    """Whether the event is a line of this incident's timeline."""
    if event.type in _SAID_ELSEWHERE:
        return False
    if event.kind == EntityKind.INCIDENT:
        return event.entity_id == incident_id
    if event.kind == EntityKind.ASSIGNMENT:
        order = picture.assignments.get(event.entity_id)
        return order is not None and order.incident == incident_id
    if event.kind != EntityKind.CASE or event.type not in _QUIET_CASES:
        return False
    case = picture.cases.get(event.entity_id)
    said = {event.change.get("incident"), event.note.get("incident")}
    return incident_id in said or (case is not None and case.incident == incident_id)


def lines_of(
    events: Sequence[Event], picture: Picture, city: City, texts: Texts, now: datetime
) -> list[Line]:
    """The lines in order; cases attached one after the other are one line with their count."""
    lines: list[Line] = []
    for attached, together in groupby(events, key=lambda event: event.type == "case.attached"):
        run = list(together)
        told = [line(event, picture, city, texts, now) for event in run]
        if attached and len(run) > 1:
            told = [replace(told[0], detail=texts("incident.attached_n", n=len(run)))]
        lines += told
    return lines


def line(event: Event, picture: Picture, city: City, texts: Texts, now: datetime) -> Line:
    """The line of one event; `now` is aware UTC domain time."""
    key = f"event.{event.type}"
    return Line(
        id=str(event.rev),
        time=moment(event.occurred_at, now, city),
        what=texts(key if texts.has(key) else "event.unknown"),
        detail=_detail(event, picture, city, texts),
        loud=event.type in _LOUD,
    )


def _detail(event: Event, picture: Picture, city: City, texts: Texts) -> str:
    if event.kind == EntityKind.ASSIGNMENT:
        order = picture.assignments.get(event.entity_id)
        return asked_name(order, city, texts) if order is not None else ""
    if event.kind == EntityKind.CASE:
        case = picture.cases.get(event.entity_id)
        if case is None:
            return event.entity_id
        return texts("list.dot").join((category_name(case, city, texts), case.place))
    return _incident_detail(event, picture, city, texts)


def _incident_detail(event: Event, picture: Picture, city: City, texts: Texts) -> str:
    asked = event.note.get("assignments")
    if isinstance(asked, list):
        orders = (picture.assignments.get(str(one)) for one in asked)
        names = [asked_name(order, city, texts) for order in orders if order is not None]
        names.append(str(event.note.get("words") or ""))
        return texts("list.comma").join(name for name in names if name)
    level = event.change.get("level")
    if isinstance(level, dict):
        name = texts(f"incident.level.{level.get('level')}")
        return texts("list.dot").join((name, str(level.get("number", ""))))
    if event.type == "incident.reported":
        kind = texts(f"incident.report.{event.note.get('kind')}")
        return texts("list.dot").join((kind, str(event.note.get("words", ""))))
    return str(event.note.get("words") or event.change.get("name") or "")
