"""What passes between a console, the centre and the city's identity provider."""

from dataclasses import dataclass

from console.domain.role import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What a console needs to send somebody to the provider."""

    issuer: str
    authorization_endpoint: str
    client_id: str
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtBack:
    """What the browser brought back from the provider, and what was asked there."""

    code: str
    verifier: str
    redirect_uri: str
    nonce: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Who the provider says it is; `roles` None where the centre's own directory decides."""

    login: str
    name: str
    roles: tuple[Role, ...] | None
