"""What the case card says: pure functions from a case and its history to words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.case import TERMINAL, WAITING, Case, CaseState
from console.domain.city import City
from console.domain.clock import Clock, Level, citizen_minutes, holder_clock
from console.domain.event import EntityKind, Event
from console.i18n import Texts
from console.store.picture import Picture
from console.store.repeats import repeats
from console.tables.clock_box import ClockFace
from console.tables.rows import age_text, is_unsigned, place_text
from console.wire.frames import PrivateDetails


def span_text(minutes: int, texts: Texts) -> str:
    """Say "剩 12 分" before the deadline, "超 7 分" after it."""
    words = age_text(abs(minutes) * 60, texts) if minutes else texts("age.minutes", n=0)
    return texts("case.over" if minutes < 0 else "case.left", minutes=words)


def moment(at: datetime, now: datetime, city: City) -> str:
    """Local time of a moment, with the date when it is not today's."""
    local = at.astimezone(city.tz)
    today = local.date() == now.astimezone(city.tz).date()
    return local.strftime("%H:%M" if today else "%m-%d %H:%M")


def receiver_name(unit: str | None, worker: str | None, city: City, texts: Texts) -> str:
    """Unit and worker by name, whichever are given and known."""
    known_unit, person = city.units.get(unit or ""), city.workers.get(worker or "")
    names = [texts.pick(known_unit.name, known_unit.name_en)] if known_unit is not None else []
    if person is not None:
        names.append(texts.pick(person.name, person.name_en))
    return texts("list.dot").join(names)


def holder_words(case: Case, lead: Assignment | None, city: City, texts: Texts) -> str:
    """Whose clock runs now: the centre's, or that of who has the case."""
    if (
        lead is None
        or _with_centre(case, lead)
        or case.state in (CaseState.CHECKING, CaseState.CALLBACK)
    ):
        return texts("role.centre")
    return receiver_name(lead.unit, lead.worker, city, texts)


def holder_face(
    case: Case, lead: Assignment | None, city: City, texts: Texts, now: datetime
) -> ClockFace:
    """The clock of whoever holds the case, with their name below it."""
    clock = holder_clock(case, lead, city.policy)
    name = texts("case.centre_clock" if _with_centre(case, lead) else "case.holder_clock")
    note = texts("case.nobody")
    if lead is not None and case.state not in WAITING:
        note = receiver_name(lead.unit, lead.worker, city, texts) or note
    if clock is None:
        return ClockFace(level=Level.GREEN, name=name, figures=texts("case.ended"), note=note)
    suspended = case.state is CaseState.SUSPENDED
    return ClockFace(
        level=Level.SUSPENDED if suspended else clock.level(now, city.policy.dark_red_factor),
        name=name,
        figures=span_text(clock.minutes_left(now), texts),
        note=note,
        unsigned=is_unsigned(lead) and case.state is CaseState.DISPATCHED,
    )


def citizen_face(case: Case, city: City, texts: Texts, now: datetime) -> ClockFace:
    """The citizen's clock: how long they have waited, and when it is due."""
    minutes = citizen_minutes(case, now)
    if minutes < 1:
        waited = texts("case.waited_now")
    else:
        waited = texts("case.waited", age=age_text(minutes * 60, texts))
    name = texts("case.citizen_clock")
    if case.due_at is None:
        return ClockFace(level=Level.GREEN, name=name, figures=waited, note=texts("case.no_due"))
    key = "case.due_provisional" if case.due_provisional else "case.due"
    clock = Clock(case.received_at, case.due_at, city.policy.amber_handling)
    over = case.state in TERMINAL
    return ClockFace(
        level=Level.GREEN if over else clock.level(now, city.policy.dark_red_factor),
        name=name,
        figures=waited,
        note=texts(key, time=moment(case.due_at, now, city)),
    )


def _with_centre(case: Case, lead: Assignment | None) -> bool:
    return lead is None or case.state in WAITING or case.state is CaseState.RETURN_ASKED


def where_line(case: Case, private: PrivateDetails | None, city: City, texts: Texts) -> str:
    """The place; with the house number once the private details are there."""
    if private is not None and private.address.strip():
        return " ".join(private.address.split())
    return place_text(case, city, texts)


def grid_line(case: Case, city: City, texts: Texts) -> str:
    """District, town and grid."""
    areas = [city.area_name(code, texts.lang) for code in (case.district, case.town)]
    nowhere = texts("case.no_place" if case.position is None else "case.no_grid")
    grid = texts("case.grid", code=case.grid) if case.grid else nowhere
    return texts("list.dot").join([*(area for area in areas if area), grid])


def citizen_line(case: Case, private: PrivateDetails | None, texts: Texts) -> str:
    """How it came in, from whom (masked by the centre)."""
    channel = texts(f"channel.{case.channel.value}")
    if private is None:
        return channel + texts("list.dot") + texts("case.loading")
    citizen = private.citizen or texts("case.citizen_unknown")
    phone = private.phone or texts("case.phone_unknown")
    return texts("list.dot").join([channel, citizen, phone])


def marks(case: Case, picture: Picture, texts: Texts) -> str:
    """Facts that stand out: likely repeats, returns, reworks, a photo."""
    same = len(repeats(case, picture))
    facts: tuple[tuple[object, str, dict[str, object]], ...] = (
        (same, "case.repeats", {"n": same}),
        (case.repeat_of, "case.repeat_of", {"id": case.repeat_of}),
        (case.returns, "case.returns", {"n": case.returns}),
        (case.reworks, "case.reworks", {"n": case.reworks}),
        (case.calls, "case.calls", {"n": case.calls}),
        (case.has_photo, "case.photo", {}),
    )
    return texts("list.dot").join(texts(key, **values) for holds, key, values in facts if holds)


def step_lines(
    steps: Sequence[Event], picture: Picture, city: City, texts: Texts, now: datetime
) -> list[str]:
    """What happened last, newest first: time, what, and to whom."""
    lines = []
    for event in reversed(steps):
        key = f"event.{event.type}"
        what = texts(key if texts.has(key) else "event.unknown")
        whom = _whom(event, picture, city, texts)
        line = texts("case.step", time=moment(event.occurred_at, now, city), what=what)
        lines.append(line + (texts("list.dot") + whom if whom else ""))
    return lines


def _whom(event: Event, picture: Picture, city: City, texts: Texts) -> str:
    if event.kind != EntityKind.ASSIGNMENT:
        return ""
    order = picture.assignments.get(event.entity_id)
    if order is not None:
        return receiver_name(order.unit, order.worker, city, texts)
    change: Mapping[str, object] = event.change
    unit, worker = change.get("unit"), change.get("worker")
    return receiver_name(
        unit if isinstance(unit, str) else None,
        worker if isinstance(worker, str) else None,
        city,
        texts,
    )
