"""Who may come in: bearer tokens, each with the roles it may take on."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from console.central.failure import StartFailure
from console.central.problems import Problem
from console.domain.role import Role

SHORTEST = 16
"""Characters a token has at least."""

_SEAT_LIMIT = 64
_GRANTABLE = frozenset(Role) - {Role.CENTRE}


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks: the seat's name and the role it has taken on, None when it named none."""

    name: str
    role: Role | None

    def need(self, *roles: Role) -> Role:
        """The role, which must be one of these (any when none is named); raises `Problem` 403."""
        if self.role is None:
            raise Problem(403, "role", "name your role in the header Baton-Role")
        if roles and self.role not in roles:
            names = ", ".join(role.value for role in roles)
            raise Problem(403, "role", f"{self.role.value} may not do this; needed: {names}")
        return self.role


@dataclass(frozen=True, slots=True)
class Grant:
    """One token and the roles it may take on."""

    token: bytes
    roles: frozenset[Role]


class Gate:
    """Checks the headers of a request."""

    def __init__(self, grants: Sequence[Grant]) -> None:
        """Only these tokens open it."""
        self._grants = tuple(grants)

    def admit(self, headers: Mapping[str, str]) -> Seat:
        """The seat that asks; raises `Problem` 401, 403 or 400."""
        roles = self._roles(headers.get("authorization", ""))
        return Seat(_name(headers.get("baton-seat", "")), _role(headers.get("baton-role"), roles))

    def _roles(self, authorization: str) -> frozenset[Role]:
        scheme, _, token = authorization.partition(" ")
        given = token.strip().encode("utf-8", "replace")
        # Every grant is compared, so that the time taken tells nothing about which one is close.
        found = [g.roles for g in self._grants if hmac.compare_digest(g.token, given)]
        if scheme.lower() != "bearer" or not found:
            detail = "the bearer token is missing or wrong"
            raise Problem(401, "token", detail, headers={"WWW-Authenticate": "Bearer"})
        return found[0]


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
    """Grants from lines `TOKEN [role,role…]`, `#` begins a comment; raises `StartFailure`."""
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
    unknown = [name for name in names if name not in {role.value for role in _GRANTABLE}]
    if unknown:
        raise StartFailure(
            "token",
            f"{where}：没有角色 {unknown[0]}。",
            f"{where}: there is no role {unknown[0]}.",
        )
    roles = frozenset(Role(name) for name in names) or _GRANTABLE
    return Grant(token.encode(), roles)
