"""Administration of people: who there is, what they may do, a one-time password."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.auth import Seat
from console.central.centre import Centre
from console.central.directory import Entry, Kept, OneTime, Wish, entries, new_one_time
from console.central.gate import Guard
from console.central.inbound import body_of, json_response, parsed
from console.central.ledger import Signature
from console.central.reception import Reception
from console.domain.role import Role

_MAY = "administer_people"
_NO_STORE = {"Cache-Control": "no-store"}
_Act = Callable[[str, Wish, Signature, OneTime | None], Kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWish:
    """What a person shall be, whole; with `hand_password` they get a one-time password."""

    name: str
    roles: tuple[Role, ...]
    district: str | None = None
    unit: str | None = None
    disabled: bool = False
    hand_password: bool = False

    @property
    def wish(self) -> Wish:
        """Without the password."""
        return Wish(
            name=self.name,
            roles=self.roles,
            district=self.district,
            unit=self.unit,
            disabled=self.disabled,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody, by login."""

    people: list[Entry]


class PeopleDesk:
    """Answers administrators; what is asked twice is not done twice, so no key is needed."""

    def __init__(self, centre: Centre, reception: Reception) -> None:
        """Change the directory of this reception."""
        self._centre = centre
        self._reception = reception

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered."""
        return [
            guard.route("GET", "/v1/people", self.people),
            guard.route("POST", "/v1/people/{login}", self.add),
            guard.route("PUT", "/v1/people/{login}", self.change),
        ]

    async def people(self, _request: Request, seat: Seat) -> Response:
        """Everybody."""
        seat.need(_MAY)
        found = await self._centre.read(entries)
        return json_response(People(people=found), headers=_NO_STORE)

    async def add(self, request: Request, seat: Seat) -> Response:
        """Somebody new."""
        kept = await self._done(request, seat, self._reception.directory.add)
        return json_response(kept, 201, _NO_STORE)

    async def change(self, request: Request, seat: Seat) -> Response:
        """What somebody is from now on."""
        kept = await self._done(request, seat, self._reception.directory.change)
        return json_response(kept, headers=_NO_STORE)

    async def _done(self, request: Request, seat: Seat, act: _Act) -> Kept:
        by = Signature(seat.name, seat.need(_MAY), f"people:{uuid.uuid4().hex}")
        login = str(request.path_params["login"])
        asked = parsed(await body_of(request), PersonWish)
        one_time = await self._centre.work(new_one_time) if asked.hand_password else None
        kept = await self._centre.write(lambda: act(login, asked.wish, by, one_time))
        self._reception.standing.forget()
        return kept
