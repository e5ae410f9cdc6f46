"""Sessions: a password or an identity provider opens one, its refresh token keeps it, a reuse ends it."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from console.central.database import Database
from console.central.people import limits, passwords, person
from console.central.people.person import LOGIN, Person, person_of
from console.central.people.tables import people, sessions
from console.central.people.tokens import Access, Keys
from console.central.problems import Problem

REFRESH = timedelta(hours=12)
"""Life of a refresh token: a shift."""

GRACE = timedelta(seconds=60)
"""How long the previous refresh token is still taken: the reply with the new one may have been lost."""

KEPT = timedelta(days=90)
"""How long the row of a session that is over is kept."""

FREE_OF_ADDRESS = 50
"""Failed tries of one address before its first wait: many seats may stand behind it."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a console needs: the tokens, when they end (server time), and who it is."""

    access: str
    expires_at: datetime
    refresh: str
    refresh_expires_at: datetime
    person: Person


class Sessions:
    """Opens, keeps and ends sessions in one database; every method blocks."""

    def __init__(self, database: Database, keys: Keys) -> None:
        """Of this database."""
        self._database = database
        self._keys = keys

    def log_in(self, login: str, password: str, address: str, now: datetime) -> Session:
        """By password; raises `Problem` 401, or 429 when it was tried too often."""
        login = login.strip().lower()
        if not LOGIN.fullmatch(login):
            login = "?"  # nobody's, and nothing that a database could stumble over
        tries = f"login:{login}@{address}"
        with self._database.writing() as connection:
            limits.check(connection, tries, now)
            limits.check(connection, _of(address), now)
            # Counted before it is known to fail: a hundred tries at once are a hundred tries.
            limits.count(connection, tries, now)
            row = person.find(connection, login)
        known = row.password_hash if row is not None and not row.disabled else None
        if not passwords.fits(password, known):
            self.note_failure(address, now)
            raise Problem(401, "credentials", "the login or the password is wrong")
        assert known is not None
        renewed = passwords.hashed(password) if passwords.outdated(known) else None
        with self._database.writing() as connection:
            row = _unchanged(connection, login, known)
            limits.forget(connection, tries)
            if renewed is not None:
                query = update(people).where(people.c.login == login)
                connection.execute(query.values(password_hash=renewed))
            return self._begin(connection, person_of(row), now)

    def check_address(self, address: str, now: datetime) -> None:
        """Raises `Problem` 429 while nothing that may fail is heard from an address."""
        with self._database.reading() as connection:
            limits.check(connection, _of(address), now)

    def note_failure(self, address: str, now: datetime) -> None:
        """Somebody at an address was not who they said."""
        with self._database.writing() as connection:
            limits.count(connection, _of(address), now, FREE_OF_ADDRESS)

    def begin(self, who: Person, now: datetime) -> Session:
        """For somebody whom the identity provider has vouched for; raises `Problem` 403."""
        with self._database.writing() as connection:
            row = _locked(connection, who.login)
            if row is None or row.disabled:
                raise Problem(403, "not-known", "an administrator has closed this account")
            return self._begin(connection, person_of(row), now)

    def _begin(self, connection: Connection, who: Person, now: datetime) -> Session:
        session = secrets.token_urlsafe(12)
        refresh = _new_refresh(session)
        row = {
            "id": session,
            "login": who.login,
            "began": now,
            "refresh_hash": _hash(refresh),
            "previous_hash": None,
            "rotated": now,
            "expires_at": now + REFRESH,
            "ended": None,
        }
        connection.execute(insert(sessions), row)
        connection.execute(delete(sessions).where(sessions.c.expires_at < now - KEPT))
        return self._told(who, session, refresh, now)

    def _told(self, who: Person, session: str, refresh: str, now: datetime) -> Session:
        access, ends = self._keys.issue(Access(who.login, session), now)
        return Session(
            access=access,
            expires_at=ends,
            refresh=refresh,
            refresh_expires_at=now + REFRESH,
            person=who,
        )

    def refresh(self, token: str, address: str, now: datetime) -> Session:
        """New tokens for old ones; raises `Problem` 401, or 429.

        A token that was used before ends the session.
        """
        session = token.partition(".")[0]
        renewed = self._renewed(session, token, now) if self._stands(session) else None
        if renewed is None:
            # Only now: a good session is renewed whatever its neighbours have guessed.
            self.check_address(address, now)
            self.note_failure(address, now)
            raise Problem(401, "session-ended", "log in again")
        who, fresh = renewed
        return self._told(who, session, fresh, now)

    def _stands(self, session: str) -> bool:
        """Whether there is such a session: a guess must not wait for the writers' lock, nor hold it."""
        if not _ID.fullmatch(session):
            return False
        with self._database.reading() as connection:
            query = select(sessions.c.id).where(
                sessions.c.id == session, sessions.c.ended.is_(None)
            )
            return connection.execute(query).first() is not None

    def _renewed(self, session: str, token: str, now: datetime) -> tuple[Person, str] | None:
        """Whose session it is and its new refresh token; None where it has ended, or ends now."""
        with self._database.writing() as connection:
            query = select(sessions).where(sessions.c.id == session).with_for_update()
            row = connection.execute(query).one_or_none()
            if row is None or row.ended is not None or row.expires_at <= now:
                return None
            kept = update(sessions).where(sessions.c.id == session)
            known = person.find(connection, row.login)
            if known is None or known.disabled or not _good(row, token, now):
                connection.execute(kept.values(ended=now))
                return None
            newest = hmac.compare_digest(row.refresh_hash, _hash(token))
            fresh = _new_refresh(session)
            values = {
                "refresh_hash": _hash(fresh),
                "previous_hash": row.refresh_hash if newest else row.previous_hash,
                "rotated": now if newest else row.rotated,
                "expires_at": now + REFRESH,
            }
            connection.execute(kept.values(values))
            return person_of(known), fresh

    def end(self, session: str, now: datetime) -> None:
        """Log out."""
        with self._database.writing() as connection:
            query = update(sessions).where(sessions.c.id == session, sessions.c.ended.is_(None))
            connection.execute(query.values(ended=now))

    def change_password(self, login: str, old: str, new: str, address: str, now: datetime) -> None:
        """By the person; ends every session. Raises `Problem` 401, 422 or 429."""
        who = f"password:{login}@{address}"
        with self._database.writing() as connection:
            limits.check(connection, who, now)
            limits.count(connection, who, now)
            row = person.find(connection, login)
        if row is None or not passwords.fits(old, row.password_hash):
            raise Problem(401, "credentials", "the old password is wrong")
        with self._database.writing() as connection:
            limits.forget(connection, who)
        passwords.check_strength(new, login)
        if old == new:
            raise Problem(422, "weak-password", "it is the old one")
        kept = passwords.hashed(new)
        with self._database.writing() as connection:
            _unchanged(connection, login, row.password_hash)
            person.set_password(connection, login, kept, now, must_change=False)


def _locked(connection: Connection, login: str) -> Row[Any] | None:
    """The row of a person, which nobody else changes until the transaction ends."""
    query = select(people).where(people.c.login == login).with_for_update()
    return connection.execute(query).one_or_none()


def _unchanged(connection: Connection, login: str, known: str) -> Row[Any]:
    """The person, if the password that was looked at is theirs still: that took a while. Raises `Problem` 401."""
    row = _locked(connection, login)
    if row is None or row.disabled or row.password_hash != known:
        raise Problem(401, "credentials", "the login or the password is wrong")
    return row


def _of(address: str) -> str:
    return f"address:{address}"


def _good(row: Row[Any], token: str, now: datetime) -> bool:
    """The newest token, or just after its renewal the one before."""
    given = _hash(token)
    if hmac.compare_digest(row.refresh_hash, given):
        return True
    fresh = now - row.rotated <= GRACE
    return bool(row.previous_hash and fresh and hmac.compare_digest(row.previous_hash, given))


def _new_refresh(session: str) -> str:
    return f"{session}.{secrets.token_urlsafe(32)}"


def _hash(token: str) -> str:
    """A random token needs no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
