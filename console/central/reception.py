"""Who lets people and systems in, put together on one opened centre."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from console.central.auth import Gate, Grant
from console.central.centre import Centre
from console.central.directory import Directory
from console.central.people.provider_settings import ProviderSettings
from console.central.people.sessions import Sessions
from console.central.people.standing import Standing
from console.central.people.tokens import load_keys

if TYPE_CHECKING:
    from console.central.people.oidc import IdentityProvider


@dataclass(frozen=True, slots=True)
class Reception:
    """The gate and what opens it.

    `provider` is the city's identity provider, if it has one; `behind_proxy` says that a proxy of
    ours tells who asks.
    """

    gate: Gate
    sessions: Sessions
    standing: Standing
    directory: Directory
    provider: "IdentityProvider | None" = None
    behind_proxy: bool = False

    def address(self, request: Request) -> str:
        """Where a request comes from, for what is counted by address.

        Only the last entry of X-Forwarded-For is the proxy's own word: those before it anybody
        may have written.
        """
        if self.behind_proxy:
            told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
            if told:
                return told[:60]
        return "unknown" if request.client is None else request.client.host


def open_reception(
    centre: Centre,
    grants: Sequence[Grant],
    provider: ProviderSettings | None = None,
    *,
    behind_proxy: bool = False,
) -> Reception:
    """The reception of an opened centre; a new database gets its signing key now."""
    database, now = centre.database, centre.clock.server_now
    with database.writing() as connection:
        database.store.alone(connection)
        keys = load_keys(connection, now())
    standing = Standing(database)
    return Reception(
        Gate(grants, keys, standing, now),
        Sessions(database, keys),
        standing,
        Directory(database, centre.writer),
        None if provider is None else _asked(provider),
        behind_proxy,
    )


def _asked(settings: ProviderSettings) -> "IdentityProvider":
    # Here: a centre without a provider need not load requests and cryptography, 150 ms.
    from console.central.people.oidc import IdentityProvider

    return IdentityProvider(settings)
