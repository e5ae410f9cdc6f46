"""Who came in, and the tokens that come with it, as the centre tells them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from console.domain.role import Role
from console.domain.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a login; `scope` is what they decide for as a duty chief.

    A role that this program does not know is left out.
    """

    login: str
    name: str
    roles: tuple[Role, ...]
    scope: Scope
    must_change_password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPerson:
    """A person on the wire."""

    login: str
    name: str
    roles: list[str]
    district: str | None = None
    unit: str | None = None
    must_change_password: bool = False

    def person(self) -> Person:
        """As this program knows people."""
        return Person(
            login=self.login,
            name=self.name,
            roles=tuple(Role(role) for role in self.roles if role in set(Role)),
            scope=Scope(self.district, self.unit),
            must_change_password=self.must_change_password,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSession:
    """A session on the wire; both ends in server time (UTC)."""

    access: str
    expires_at: datetime
    refresh: str
    refresh_expires_at: datetime
    person: ToldPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The city's identity provider, as the centre names it."""

    issuer: str
    authorization_endpoint: str
    client_id: str
    scope: str = "openid"

    @property
    def host(self) -> str:
        """Where the browser will ask."""
        return urlsplit(self.authorization_endpoint).hostname or self.issuer
