"""Sessions: a password or an identity provider opens one, its refresh token keeps it, a reuse ends it."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from console.central.database import Database
from console.central.people import limits, passwords, person
from console.central.people.person import Person, person_of
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
        tries = (f"login:{login[:60]}@{address}", f"address:{address}")
        with self._database.writing() as connection:
            for who in tries:
                limits.check(connection, who, now)
            # Counted before it is known to fail: a hundred tries at once are a hundred tries.
            limits.count(connection, tries[0], now)
            limits.count(connection, tries[1], now, FREE_OF_ADDRESS)
            row = person.find(connection, login)
        known = row.password_hash if row is not None and not row.disabled else None
        if not passwords.fits(password, known):
            raise Problem(401, "credentials", "the login or the password is wrong")
        assert row is not None
        assert known is not None
        renewed = passwords.hashed(password) if passwords.outdated(known) else None
        with self._database.writing() as connection:
            for who in tries:
                limits.forget(connection, who)
            if renewed is not None:
                query = update(people).where(people.c.login == login)
                connection.execute(query.values(password_hash=renewed))
            return self._begin(connection, person_of(row), now)

    def begin(self, who: Person, now: datetime) -> Session:
        """For somebody whom the identity provider has vouched for."""
        with self._database.writing() as connection:
            return self._begin(connection, who, now)

    def _begin(self, connection: Connection, who: Person, now: datetime) -> Session:
        session, refresh = secrets.token_urlsafe(12), ""
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

    def refresh(self, token: str, now: datetime) -> Session:
        """New tokens for old ones; raises `Problem` 401. A token that was used before ends the session."""
        session = token.partition(".")[0][:40]
        with self._database.writing() as connection:
            query = select(sessions).where(sessions.c.id == session).with_for_update()
            row = connection.execute(query).one_or_none()
            if row is None or row.ended is not None or row.expires_at <= now:
                raise _ended()
            known = person.find(connection, row.login)
            good = known is not None and not known.disabled and _good(row, token, now)
            if good:
                again = hmac.compare_digest(row.refresh_hash, _hash(token))
                fresh = _new_refresh(session)
                values = {
                    "refresh_hash": _hash(fresh),
                    "previous_hash": row.refresh_hash if again else row.previous_hash,
                    "rotated": now if again else row.rotated,
                    "expires_at": now + REFRESH,
                }
            else:
                values = {"ended": now}
            connection.execute(update(sessions).where(sessions.c.id == session).values(values))
        # Outside: what ends a stolen session must be committed before it is told.
        if not good:
            raise _ended()
        return self._told(person_of(known), session, fresh, now)

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
        passwords.check_strength(new, login)
        if old == new:
            raise Problem(422, "weak-password", "it is the old one")
        kept = passwords.hashed(new)
        with self._database.writing() as connection:
            limits.forget(connection, who)
            person.set_password(connection, login, kept, now, must_change=False)


def _good(row: object, token: str, now: datetime) -> bool:
    """The newest token, or just after its renewal the one before."""
    given = _hash(token)
    if hmac.compare_digest(row.refresh_hash, given):  # type: ignore[attr-defined]
        return True
    previous = row.previous_hash  # type: ignore[attr-defined]
    fresh = now - row.rotated <= GRACE  # type: ignore[attr-defined]
    return previous is not None and fresh and hmac.compare_digest(previous, given)


def _new_refresh(session: str) -> str:
    return f"{session}.{secrets.token_urlsafe(32)}"


def _hash(token: str) -> str:
    """A random token needs no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _ended() -> Problem:
    return Problem(401, "session-ended", "log in again")
