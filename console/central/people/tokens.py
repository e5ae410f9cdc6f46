"""Access tokens: short-lived JWTs (RFC 7519, HS256) that every process on the database can check."""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, select

from console.central.people.tables import signing_keys

ACCESS = timedelta(minutes=10)
"""Life of an access token."""

_ISSUER = "baton"
_ALGORITHM = "HS256"
_LEEWAY_S = 2


class BadToken(Exception):
    """The token is not one of ours, or no longer."""


@dataclass(frozen=True, slots=True)
class Access:
    """What an access token says: who, and in which session."""

    login: str
    session: str


class Keys:
    """The keys of one database; safe to use from several threads."""

    def __init__(self, keys: dict[str, bytes], newest: str) -> None:
        """`newest` signs; all of them check."""
        self._keys = keys
        self._newest = newest

    def issue(self, access: Access, now: datetime) -> tuple[str, datetime]:
        """A token, and when it ends (server time)."""
        ends = now + ACCESS
        claims = {
            "iss": _ISSUER,
            "sub": access.login,
            "sid": access.session,
            "iat": now,
            "exp": ends,
        }
        import jwt  # here and below: a start without people saves its 60 ms

        headers = {"kid": self._newest}
        token = jwt.encode(claims, self._keys[self._newest], _ALGORITHM, headers=headers)
        return token, ends

    def read(self, token: str, now: datetime) -> Access:
        """What the token says; raises `BadToken`. `now` is server time, not this machine's."""
        import jwt

        try:
            key = self._keys[str(jwt.get_unverified_header(token).get("kid"))]
            claims = jwt.decode(
                token,
                key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                options={
                    "require": ["exp", "sub", "sid"],
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
            ends = datetime.fromtimestamp(float(claims["exp"]), UTC)
            found = Access(str(claims["sub"]), str(claims["sid"]))
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError) as error:
            raise BadToken("not a token of this centre") from error
        if now > ends + timedelta(seconds=_LEEWAY_S):
            raise BadToken("the token has expired")
        return found


def load_keys(connection: Connection, now: datetime) -> Keys:
    """The database's keys; the first process makes one. Call it where no other process does the same."""
    rows = connection.execute(select(signing_keys).order_by(signing_keys.c.made)).all()
    if not rows:
        row = {
            "id": secrets.token_hex(4),
            "secret": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "made": int(now.timestamp()),
        }
        connection.execute(insert(signing_keys), row)
        rows = connection.execute(select(signing_keys)).all()
    keys = {row.id: base64.urlsafe_b64decode(row.secret) for row in rows}
    return Keys(keys, rows[-1].id)
