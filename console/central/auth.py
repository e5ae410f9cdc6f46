"""Who may come in: people with access tokens, systems with service tokens, each in the roles they hold."""

import asyncio
import hmac
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from sqlalchemy.exc import SQLAlchemyError

from console.central.failure import StartFailure
from console.central.people.person import Person
from console.central.people.standing import Standing
from console.central.people.tokens import Access, BadToken, Keys
from console.central.problems import Problem
from console.domain.role import Role, may, not_allowed, who_may
from console.domain.scope import WHOLE, Scope

log = logging.getLogger(__name__)

SHORTEST = 16
"""Characters a token has at least."""

API_KEY = "open311"
"""The word beside a token that is an api_key: an app that holds it may report and do nothing else."""

_SEAT_LIMIT = 64
_GRANTABLE = frozenset(Role) - {Role.CENTRE}


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks: the name that the log keeps, the role taken on (None when none was named), and for a person the rest.

    `name` is `login@seat` for a person, the seat's own for a system.
    """

    name: str
    role: Role | None
    scope: Scope = WHOLE
    access: Access | None = None
    person: Person | None = None

    def need(self, operation: str | None = None) -> Role:
        """The role, which must be one that may do the operation (of `domain.role`); raises `Problem` 403."""
        if self.role is None:
            raise Problem(403, "role", "name your role in the header Baton-Role")
        if operation is not None and not may(self.role, operation):
            raise Problem(
                403, "role", not_allowed(self.role, operation), who_may=sorted(who_may(operation))
            )
        return self.role


@dataclass(frozen=True, slots=True)
class Grant:
    """One token and the roles it may take on; an api_key of Open311 takes on none and opens nothing else."""

    token: bytes
    roles: frozenset[Role]
    open311: bool = False


class Gate:
    """Checks the headers of a request."""

    def __init__(
        self,
        grants: Sequence[Grant],
        keys: Keys,
        standing: Standing,
        now: Callable[[], datetime],
    ) -> None:
        """`now` is server time."""
        self._grants = tuple(grants)
        self._keys = keys
        self._standing = standing
        self._now = now

    async def admit(self, headers: Mapping[str, str], *, renewing: bool = False) -> Seat:
        """The seat that asks; raises `Problem` 401, 403 or 400.

        Who must change their password gets no further than that (`renewing`).
        """
        token = _bearer(headers.get("authorization", ""))
        seat = headers.get("baton-seat", "")
        roles = self._service(token)
        if roles is not None:
            return Seat(_name(seat), _role(headers.get("baton-role"), roles))
        access = self._access(token)
        who = await self._person(access)
        if who.must_change_password and not renewing:
            raise Problem(403, "must-change-password", "change your password first")
        return Seat(
            name=f"{who.login}@{_name(seat)}",
            role=_role(headers.get("baton-role"), frozenset(who.roles)),
            scope=who.scope,
            access=access,
            person=who,
        )

    async def still(self, seat: Seat) -> bool:
        """Whether a seat that came in long ago may stay."""
        if seat.access is None:
            return True
        try:
            who = await self._person(seat.access)
        except Problem:
            return False
        except SQLAlchemyError as error:
            # While the database is away nothing can be read in it, and nobody be put out.
            log.warning("whether %s may stay is asked again: %s", seat.name, type(error).__name__)
            return True
        return seat.role is None or seat.role in who.roles

    def _service(self, token: bytes) -> frozenset[Role] | None:
        """The roles of a service token, None for another one."""
        # Every grant is compared, so that the time taken tells nothing about which one is close.
        found = [g for g in self._grants if hmac.compare_digest(g.token, token)]
        return found[0].roles if found and not found[0].open311 else None

    def is_api_key(self, key: str) -> bool:
        """Whether this is an api_key of Open311."""
        token = key.encode("utf-8", "replace")
        found = [g for g in self._grants if hmac.compare_digest(g.token, token)]
        return bool(found) and found[0].open311

    def _access(self, token: bytes) -> Access:
        try:
            return self._keys.read(token.decode("ascii", "replace"), self._now())
        except BadToken as error:
            raise _unknown() from error

    async def _person(self, access: Access) -> Person:
        found = self._standing.fresh(access)
        if isinstance(found, bool):
            found = await asyncio.to_thread(self._standing.find, access)
        if found is None:
            raise Problem(401, "session-ended", "log in again")
        return found


def _bearer(authorization: str) -> bytes:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unknown()
    return token.strip().encode("utf-8", "replace")


def _unknown() -> Problem:
    return Problem(401, "token", "the bearer token is missing, wrong or over")


def _name(raw: str) -> str:
    """The seat's name; other than ASCII arrives percent-encoded."""
    name = unquote(raw).strip()
    if not name or len(name) > _SEAT_LIMIT or not name.isprintable():
        raise Problem(
            400, "seat", "Baton-Seat: 1 to 64 printable characters (percent-encoded UTF-8)"
        )
    return name


def _role(raw: str | None, granted: frozenset[Role]) -> Role | None:
    if raw is None:
        return None
    try:
        role = Role(raw.strip())
    except ValueError:
        raise Problem(403, "role", f"Baton-Role: there is no role {raw[:40]!r}") from None
    if role not in granted:
        raise Problem(403, "role", f"this token may not take on the role {role.value}")
    return role


def read_grants(text: str, source: str) -> list[Grant]:
    """Grants from lines `TOKEN [role,role…]` or `TOKEN open311`, `#` begins a comment; raises `StartFailure`."""
    grants = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if words:
            grants.append(_grant(words, f"{source}:{number}"))
    if not grants:
        raise StartFailure(
            "token",
            f"{source} 里没有令牌。每行一个：令牌 [角色,角色…]。",
            f"There is no token in {source}. One a line: TOKEN [role,role…].",
        )
    return grants


def _grant(words: list[str], where: str) -> Grant:
    token, *rest = words
    if len(token) < SHORTEST:
        raise StartFailure(
            "token",
            f"{where}：令牌太短，至少 {SHORTEST} 个字符。",
            f"{where}: the token is too short, at least {SHORTEST} characters.",
        )
    names = [name for name in ",".join(rest).split(",") if name]
    if names == [API_KEY]:
        return Grant(token.encode(), frozenset(), open311=True)
    unknown = [name for name in names if name not in {role.value for role in _GRANTABLE}]
    if unknown:
        raise StartFailure(
            "token",
            f"{where}：没有角色 {unknown[0]}。",
            f"{where}: there is no role {unknown[0]}.",
        )
    roles = frozenset(Role(name) for name in names) or _GRANTABLE
    return Grant(token.encode(), roles)
