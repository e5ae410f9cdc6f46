"""Who lets people and systems in, put together on one opened centre."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from console.central.auth import Gate, Grant
from console.central.centre import Centre
from console.central.people.sessions import Sessions
from console.central.people.standing import Standing
from console.central.people.tokens import load_keys


@dataclass(frozen=True, slots=True)
class Reception:
    """The gate and what opens it; `behind_proxy` says that a proxy of ours tells who asks."""

    gate: Gate
    sessions: Sessions
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
    centre: Centre, grants: Sequence[Grant], *, behind_proxy: bool = False
) -> Reception:
    """The reception of an opened centre; a new database gets its signing key now."""
    database, now = centre.database, centre.clock.server_now
    with database.writing() as connection:
        database.store.alone(connection)
        keys = load_keys(connection, now())
    gate = Gate(grants, keys, Standing(database), now)
    return Reception(gate, Sessions(database, keys), behind_proxy)
