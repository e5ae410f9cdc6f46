"""Personal data of cases: erasable rows outside the log; every look, reveal, call and erasure on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from console.central.answers import forget_bodies
from console.central.masking import masked_name, masked_number, masked_text, scrubbed_text
from console.central.people import limits
from console.central.problems import Problem
from console.central.tables import case_private, private_access
from console.domain.command import Private
from console.domain.role import Role
from console.wire.frames import PrivateDetails, Revealed

SHOWN = timedelta(seconds=60)
"""How long a console may show what was revealed."""

SHORTEST_WHY = 2
"""Characters of a reason: 回访 is one."""

FREE = 10
"""Reveals, and calls, before the first wait of `people.limits`: nobody reads a city's names in a row."""

MOST_RECORDS = 500
"""Lines of the record of access in one answer."""


_AT_ONCE = 500


class Act(StrEnum):
    """What was done with personal data, by the names of `domain.role`."""

    LOOK = "look"
    REVEAL = "reveal"
    DIAL = "dial"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: the seat's name and role as the record keeps them; `counted` is whom the limits count."""

    seat: str
    role: Role
    counted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One line of the record; `at` is server time."""

    id: int
    at: datetime
    seat: str
    role: str
    what: str
    case: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRecord:
    """Lines, newest first; `next` goes into `before` for the ones before them, None at the end."""

    entries: list[Access]
    next: int | None


def keep(connection: Connection, case_id: str, private: Private) -> None:
    """Store a new case's personal data."""
    row = {
        "case_id": case_id,
        "citizen": private.citizen,
        "phone": private.phone,
        "words": private.words,
        "address": private.address,
    }
    connection.execute(insert(case_private), row)


def find(connection: Connection, case_id: str) -> Private | None:
    """A case's personal data, for the centre's own use: nothing is recorded."""
    query = select(case_private).where(case_private.c.case_id == case_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _private(row)


def _private(row: Any) -> Private:
    return Private(citizen=row.citizen, phone=row.phone, words=row.words, address=row.address)


def find_all(connection: Connection, case_ids: Sequence[str]) -> list[Private]:
    """Those of many cases, as far as there are any."""
    found: list[Private] = []
    for start in range(0, len(case_ids), _AT_ONCE):
        part = case_ids[start : start + _AT_ONCE]
        rows = connection.execute(select(case_private).where(case_private.c.case_id.in_(part)))
        found += [_private(row) for row in rows]
    return found


def visit(
    connection: Connection, act: Act, case_id: str, who: Visitor, why: str, now: datetime
) -> Private | None:
    """The data, None when there are none; the visit is recorded, also one in vain.

    Raises `Problem` 429 for a reveal or a call too many; `now` is server time. Commit what it wrote
    before anybody hears what it found.
    """
    if act in (Act.REVEAL, Act.DIAL):
        counted = f"{act}:{who.counted or who.seat}"
        limits.check(connection, counted, now)
        limits.count(connection, counted, now, FREE)
    found = find(connection, case_id)
    _record(connection, act, case_id, who, scrubbed_text(why, found or Private()), now)
    return found


def erase(connection: Connection, case_id: str, who: Visitor, why: str, now: datetime) -> bool:
    """Erase a case's personal data for ever; whether there were any, for it may be repeated.

    Raises `Problem` 404 for a case that never was.
    """
    found = find(connection, case_id)
    if found is None and not _was_erased(connection, case_id):
        raise unknown()
    connection.execute(delete(case_private).where(case_private.c.case_id == case_id))
    forget_bodies(connection, case_id)
    why = scrubbed_text(why, found or Private())
    _record(connection, Act.ERASE, case_id, who, why, now)
    return found is not None


def _record(
    connection: Connection, act: Act, case_id: str, who: Visitor, why: str, now: datetime
) -> None:
    row = {
        "at": now,
        "seat": who.seat,
        "role": who.role.value,
        "what": act.value,
        "case_id": case_id,
        "why": why,
    }
    connection.execute(insert(private_access), row)


def missing(connection: Connection, case_id: str) -> Problem:
    """Why there is nothing to see of a case: it was erased, or there is no such case."""
    if _was_erased(connection, case_id):
        return Problem(410, "erased", "the personal data of this case were erased", reason="erased")
    return unknown()


def unknown() -> Problem:
    """There is no such case."""
    return Problem(404, "unknown-case", "there is no such case")


def _was_erased(connection: Connection, case_id: str) -> bool:
    query = select(private_access.c.id).where(private_access.c.case_id == case_id)
    query = query.where(private_access.c.what == Act.ERASE.value)
    return connection.execute(query.limit(1)).first() is not None


def need_reason(why: str) -> str:
    """The reason without its margins; raises `Problem` 422 for none."""
    why = why.strip()
    if len(why) < SHORTEST_WHY:
        raise Problem(422, "reason-needed", f"why: {SHORTEST_WHY} characters at least")
    return why


def masked(found: Private) -> PrivateDetails:
    """As it leaves the server otherwise: the words as they were said, without numbers."""
    return PrivateDetails(
        citizen=masked_name(found.citizen),
        phone=masked_number(found.phone),
        words=masked_text(found.words),
        address=masked_text(found.address),
    )


def revealed(found: Private, now: datetime) -> Revealed:
    """In full, until a minute from `now` (server time)."""
    return Revealed(
        citizen=found.citizen,
        phone=found.phone,
        words=found.words,
        address=found.address,
        shown_until=now + SHOWN,
    )


def record_of_access(
    connection: Connection,
    before: int | None,
    limit: int,
    case_id: str | None = None,
    seat: str | None = None,
) -> AccessRecord:
    """At most `limit` lines older than line `before`, of one case or one seat where these are named."""
    query = select(private_access).order_by(private_access.c.id.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(private_access.c.id < before)
    if case_id is not None:
        query = query.where(private_access.c.case_id == case_id)
    if seat is not None:
        query = query.where(private_access.c.seat == seat)
    rows = connection.execute(query).all()
    entries = [
        Access(
            id=row.id,
            at=row.at,
            seat=row.seat,
            role=row.role,
            what=row.what,
            case=row.case_id,
            why=row.why,
        )
        for row in rows[:limit]
    ]
    return AccessRecord(entries=entries, next=entries[-1].id if len(rows) > limit else None)
