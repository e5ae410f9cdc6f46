"""The directory of people as administrators keep it: every change stands in the log, without names."""

import logging
import secrets
import string
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from console.central.database import Database
from console.central.ledger import CENTRE_SEAT, Ledger, Signature
from console.central.people import passwords, person
from console.central.people.person import LOGIN, PERSONAL, Person, person_of
from console.central.people.provider import Vouched
from console.central.people.tables import people
from console.central.problems import Problem
from console.central.writer import Writer
from console.domain.city import City
from console.domain.event import EntityKind, entity_ref
from console.domain.role import Role
from console.wire.codec import to_builtins

log = logging.getLogger(__name__)

NAME_LIMIT = 80
"""Characters of a person's name."""

_LETTERS = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))
_LENGTH = 14
"""Letters and length of a one-time password: 80 bits, nothing that is read wrongly from paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person as an administrator sees them; `changed` is server time (UTC)."""

    login: str
    name: str
    roles: tuple[Role, ...]
    district: str | None
    unit: str | None
    disabled: bool
    has_password: bool
    must_change_password: bool
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person shall be; roles may be none, which lets nobody do anything."""

    name: str
    roles: tuple[Role, ...]
    district: str | None = None
    unit: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A person after a change; a one-time password is told once, and changed at the first login."""

    person: Entry
    one_time: str | None = None


@dataclass(frozen=True, slots=True)
class OneTime:
    """A password and its hash."""

    password: str = field(repr=False)
    kept: str = field(repr=False)


def new_one_time() -> OneTime:
    """A new random password; takes 50 ms, so not on the writer's thread."""
    password = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return OneTime(password, passwords.hashed(password))


def entries(connection: Connection) -> list[Entry]:
    """Everybody, by login."""
    rows = connection.execute(select(people).order_by(people.c.login))
    return [_entry(row) for row in rows]


def _entry(row: Row[Any]) -> Entry:
    who = person_of(row)
    return Entry(
        login=who.login,
        name=who.name,
        roles=who.roles,
        district=who.district,
        unit=who.unit,
        disabled=row.disabled,
        has_password=row.password_hash is not None,
        must_change_password=who.must_change_password,
        changed=row.changed,
    )


class Directory:
    """Changes people; each method is one transaction, blocks, and belongs on the writer's thread.

    Raises `Problem` 422 with what does not fit, 404 `unknown-person`.
    """

    def __init__(self, database: Database, writer: Writer) -> None:
        """The directory of this database."""
        self._database = database
        self._writer = writer

    def add(self, login: str, wish: Wish, by: Signature, one_time: OneTime | None = None) -> Kept:
        """A new person; without a password they come in by the identity provider alone."""
        if not LOGIN.fullmatch(login):
            raise Problem(422, "bad-login", "2 to 40 of a-z, 0-9, '.', '_', '-'")
        _check(wish, self._writer.setting.city)
        with self._writer.transaction() as ledger:
            connection, now = ledger.connection, ledger.server_now
            if person.find(connection, login) is not None:
                raise Problem(422, "person-exists", f"{login} is there already")
            person.add(connection, _person(login, wish), None, now)
            person.set_disabled(connection, login, now, disabled=wish.disabled)
            _log(ledger, "person.added", login, _rights(wish), by)
            return self._kept(ledger, login, one_time, by)

    def change(
        self, login: str, wish: Wish, by: Signature, one_time: OneTime | None = None
    ) -> Kept:
        """What a person is from now on; a new password, or being disabled, ends their sessions."""
        _check(wish, self._writer.setting.city)
        with self._writer.transaction() as ledger:
            connection, now = ledger.connection, ledger.server_now
            before = _known(connection, login)
            _keep_an_admin(connection, login, wish)
            person.change(connection, _person(login, wish), now)
            if wish.disabled != before.disabled:
                person.set_disabled(connection, login, now, disabled=wish.disabled)
            old, new = _rights(_wish(before)), _rights(wish)
            changed = {name: value for name, value in new.items() if value != old[name]}
            if changed:
                _log(ledger, "person.changed", login, changed, by)
            return self._kept(ledger, login, one_time, by)

    def _kept(self, ledger: Ledger, login: str, one_time: OneTime | None, by: Signature) -> Kept:
        connection, now = ledger.connection, ledger.server_now
        if one_time is not None:
            person.set_password(connection, login, one_time.kept, now, must_change=True)
            _log(ledger, "person.password_handed", login, {}, by)
        entry = _entry(_known(connection, login))
        return Kept(person=entry, one_time=None if one_time is None else one_time.password)

    def wish_of(self, login: str) -> Wish:
        """What a person is, as it could be wished for."""
        with self._database.reading() as connection:
            return _wish(_known(connection, login))

    def vouched(self, told: Vouched) -> Person:
        """Somebody the identity provider has vouched for; raises `Problem` 403 `not-known`.

        Where the provider gives the roles, they are taken on and an unknown person is added.
        """
        login, roles = told.login, told.roles
        if not LOGIN.fullmatch(login):
            raise Problem(403, "not-known", f"{login[:40]!r} cannot be a login here")
        with self._database.reading() as connection:
            row = person.find(connection, login)
        if row is None and not roles:
            raise Problem(403, "not-known", "ask an administrator to add you")
        if row is not None and row.disabled:
            raise Problem(403, "not-known", "an administrator has closed this account")
        by = Signature(CENTRE_SEAT, Role.CENTRE, f"oidc:{uuid.uuid4().hex}")
        if row is None:
            self.add(login, Wish(name=told.name or login, roles=roles or ()), by)
        else:
            wish = _wish(row)
            new = replace(
                wish,
                name=told.name or wish.name,
                roles=wish.roles if roles is None else roles,
            )
            if new != wish:
                self._follow(login, new, by)
        with self._database.reading() as connection:
            return person_of(_known(connection, login))

    def _follow(self, login: str, wish: Wish, by: Signature) -> None:
        """Take on what the provider says, but for the one thing that nobody here could undo."""
        try:
            self.change(login, wish, by)
        except Problem as problem:
            if problem.code != "last-admin":
                raise
            log.warning("%s stays administrator against the provider: nobody else is", login)


def _wish(row: Row[Any]) -> Wish:
    """What a person is, as it could be wished for."""
    who = person_of(row)
    return Wish(
        name=who.name,
        roles=who.roles,
        district=who.district,
        unit=who.unit,
        disabled=row.disabled,
    )


def _person(login: str, wish: Wish) -> Person:
    return Person(
        login=login, name=wish.name, roles=wish.roles, district=wish.district, unit=wish.unit
    )


def _rights(wish: Wish) -> dict[str, object]:
    """What the log keeps of a person: no name."""
    fields: dict[str, object] = to_builtins(wish)
    del fields["name"]
    return {**fields, "roles": sorted(role.value for role in wish.roles)}


def _log(ledger: Ledger, kind: str, login: str, change: dict[str, object], by: Signature) -> None:
    ledger.append(kind, entity_ref(EntityKind.PERSON, login), change, by)


def _known(connection: Connection, login: str) -> Row[Any]:
    row = person.find(connection, login) if LOGIN.fullmatch(login) else None
    if row is None:
        raise Problem(404, "unknown-person", f"there is no {login[:40]!r}")
    return row


def _check(wish: Wish, city: City) -> None:
    if not wish.name.strip() or len(wish.name) > NAME_LIMIT or not wish.name.isprintable():
        raise Problem(422, "name-needed", f"name: 1 to {NAME_LIMIT} printable characters")
    wrong = sorted(set(wish.roles) - PERSONAL)
    if wrong:
        raise Problem(422, "bad-role", f"no person can be {', '.join(wrong)}")
    if wish.district is not None and wish.unit is not None:
        raise Problem(422, "bad-scope", "a district or a unit, not both")
    if wish.district is not None and not _is_district(city, wish.district):
        raise Problem(422, "bad-scope", f"there is no district {wish.district[:40]!r}")
    if wish.unit is not None and wish.unit not in city.units:
        raise Problem(422, "bad-scope", f"there is no unit {wish.unit[:40]!r}")


def _keep_an_admin(connection: Connection, login: str, wish: Wish) -> None:
    """Raises `Problem` 422 where nobody could let anybody in any more."""
    if Role.ADMIN in wish.roles and not wish.disabled:
        return
    admins = {
        row.login
        for row in connection.execute(select(people).where(~people.c.disabled))
        if Role.ADMIN in person_of(row).roles
    }
    if admins == {login}:
        raise Problem(422, "last-admin", f"{login} is the only administrator")


def _is_district(city: City, code: str) -> bool:
    area = city.areas.get(code)
    return area is not None and area.parent is None
