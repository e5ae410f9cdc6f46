"""People's rights against the log: a role that somebody wrote into the database was given by nobody."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from console.central.audit.findings import Finding
from console.central.audit.raw import RAW, plain
from console.central.people.tables import people
from console.domain.event import EntityKind, entity_ref

_KEPT = ("roles", "district", "unit", "disabled")
_PREFIX = entity_ref(EntityKind.PERSON, "")

Rights = Mapping[str, Any]
"""Roles (sorted names), district, unit, and whether the account is closed."""


def wrong_people(connection: Connection) -> Iterator[Finding]:
    """People whose rights are not those of their last change in the log, or who are in one of the two alone."""
    told = _told(connection)
    query = select(people.c.login, *(people.c[name] for name in _KEPT))
    kept = {row["login"]: row for row in connection.execute(query).mappings()}
    for login in sorted(told.keys() | kept.keys()):
        about = entity_ref(EntityKind.PERSON, login)
        if login not in kept:
            yield Finding("entity-missing", told[login][0], about)
        elif login not in told:
            yield Finding("entity-extra", None, about)
        elif differs := _difference(told[login][1], kept[login]):
            yield Finding("entity", told[login][0], f"{about}: {differs}")


def _told(connection: Connection) -> dict[str, tuple[int, Rights]]:
    """Login → the rev of the last event, and the rights that all of them add up to."""
    query = select(RAW).where(RAW.c.entity.startswith(_PREFIX, autoescape=True)).order_by(RAW.c.rev)
    found: dict[str, tuple[int, Rights]] = {}
    for row in connection.execute(query).mappings():
        login = row["entity"].removeprefix(_PREFIX)
        before = found[login][1] if login in found else {}
        found[login] = row["rev"], {**before, **plain(row["change"])}
    return found


def _difference(told: Rights, kept: RowMapping) -> str:
    """The first thing that is not as it should be, nothing for a good row."""
    rights = {**kept, "roles": sorted(kept["roles"])}
    return next((name for name in _KEPT if rights[name] != told.get(name)), "")
