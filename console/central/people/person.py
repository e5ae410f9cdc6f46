"""A person of the directory, as rows tell it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from console.central.people.tables import people, sessions
from console.domain.role import Role
from console.domain.scope import Scope

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
"""What a login looks like: it stands in the log for ever, so it is plain."""

PERSONAL = frozenset(Role) - {Role.CENTRE, Role.FIELD}
"""Roles that a person may hold; the field is a system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody is; `district` and `unit` bind a duty chief."""

    login: str
    name: str
    roles: tuple[Role, ...]
    district: str | None = None
    unit: str | None = None
    must_change_password: bool = False

    @property
    def scope(self) -> Scope:
        """What the person decides for."""
        return Scope(self.district, self.unit)


def find(connection: Connection, login: str) -> Row[Any] | None:
    """The row of a person, None when there is none."""
    return connection.execute(select(people).where(people.c.login == login)).one_or_none()


def person_of(row: Row[Any]) -> Person:
    """A row as a person."""
    return Person(
        login=row.login,
        name=row.name,
        roles=tuple(Role(role) for role in row.roles if role in set(Role)),
        district=row.district,
        unit=row.unit,
        must_change_password=row.must_change_password,
    )


def add(connection: Connection, person: Person, password_hash: str | None, now: datetime) -> None:
    """Write a new person."""
    connection.execute(
        insert(people),
        {**_columns(person), "password_hash": password_hash, "disabled": False, "changed": now},
    )


def change(connection: Connection, person: Person, now: datetime) -> None:
    """Write what a person is now, but the password; what they may do changes within seconds."""
    values = _columns(person)
    del values["must_change_password"]
    query = update(people).where(people.c.login == person.login)
    connection.execute(query.values(**values, changed=now))


def _columns(person: Person) -> dict[str, Any]:
    return {
        "login": person.login,
        "name": person.name,
        "roles": [role.value for role in person.roles],
        "district": person.district,
        "unit": person.unit,
        "must_change_password": person.must_change_password,
    }


def set_password(
    connection: Connection, login: str, password_hash: str, now: datetime, *, must_change: bool
) -> None:
    """A new password ends every session: whoever knew the old one is out."""
    query = update(people).where(people.c.login == login)
    connection.execute(
        query.values(password_hash=password_hash, must_change_password=must_change, changed=now)
    )
    end_sessions(connection, login, now)


def set_disabled(connection: Connection, login: str, now: datetime, *, disabled: bool) -> None:
    """Let a person in no more, or again."""
    query = update(people).where(people.c.login == login)
    connection.execute(query.values(disabled=disabled, changed=now))
    if disabled:
        end_sessions(connection, login, now)


def end_sessions(connection: Connection, login: str, now: datetime) -> None:
    """End every session of a person."""
    open_ones = (sessions.c.login == login) & sessions.c.ended.is_(None)
    connection.execute(update(sessions).where(open_ones).values(ended=now))
