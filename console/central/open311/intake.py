"""A report becomes an `accept` command: in the log without a personal word, once however often it is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from console.central.answers import statuses
from console.central.auth import Seat
from console.central.centre import Centre
from console.central.open311.form import position_of, private_of
from console.central.open311.naming import names_of
from console.central.open311.render import Body
from console.central.open311.services import service_of
from console.central.people import limits
from console.central.problems import Problem
from console.central.reception import Reception
from console.central.routes.writing import Desk
from console.domain.case import Channel
from console.domain.command import Accept
from console.domain.role import Role
from console.wire.commands import Answer, wrap

FREE_GUESSES = 50
"""Wrong api_keys of one address before the first wait: many people may stand behind it."""

FREE_REPORTS = 20
"""Reports of one sender before the first wait; a sender is one device, account or number of one app."""

NOTICE = (
    "已收到，待核实后办理。有危险请立即拨打 110、119、120。"
    " Received; it will be verified. In danger call 110, 119 or 120 at once."
)


class Intake:
    """Takes reports in for apps with an api_key."""

    def __init__(self, centre: Centre, reception: Reception) -> None:
        """Into this centre."""
        self._centre = centre
        self._reception = reception
        self._desk = Desk(centre)

    async def check_guesses(self, address: str) -> None:
        """Raises `Problem` 429 for who has guessed api_keys, before their report is even read."""
        who, now = _guesser(address), self._centre.clock.server_now()
        await self._centre.read(lambda connection: limits.check(connection, who, now))

    async def check_key(self, form: Mapping[str, str], address: str) -> str:
        """The api_key; raises `Problem` 403 for a missing or wrong one."""
        key = form.get("api_key", "")
        if self._reception.gate.is_api_key(key):
            return key
        await self._count(_guesser(address), self._centre.clock.server_now(), FREE_GUESSES)
        raise Problem(403, "api-key", "api_key: it is missing or not one of this centre")

    async def take(
        self, api_key: str, form: Mapping[str, str], client_key: str | None, address: str
    ) -> tuple[int, Body]:
        """HTTP status and answer: 201 for a new case, 200 for one that was reported before.

        Raises `Problem` for what cannot be taken.
        """
        command = await self._command(form)
        seat = Seat(f"open311:{_digest(api_key)[:8]}", Role.CALL_TAKER)
        await self._sent_too_often(seat.name, form, address)
        names = names_of(api_key, form, client_key, self._centre.clock.now())
        name = await self._known_as(names) or names[0]
        command = replace(command, case=name)
        (answer,) = await self._desk.take(seat, [wrap(command, _key(name))])
        if not answer.committed:
            raise _problem(answer)
        request = {
            "service_request_id": name,
            "service_notice": NOTICE,
            "account_id": form.get("account_id", "")[:80] or None,
        }
        return answer.status, Body("service_requests", [request])

    async def _command(self, form: Mapping[str, str]) -> Accept:
        """The report as a command without a name; raises `Problem` 400."""
        service = service_of(self._centre.city, form.get("service_code", ""), 400)
        position, private = position_of(form), private_of(form)
        if position is None and not private.address:
            raise Problem(400, "place-needed", "lat and long, or address_string")
        if position is not None:
            (located,) = await self._centre.areas.locate([(position,)])
            if located.district is None:
                raise Problem(400, "place-outside", "lat, long: not in the city")
        return Accept(
            case="", channel=Channel.APP, category=service.code, position=position, private=private
        )

    async def _sent_too_often(self, app: str, form: Mapping[str, str], address: str) -> None:
        """Count a report of its sender; raises `Problem` 429 while there is to wait."""
        named = (form.get(name, "") for name in ("device_id", "account_id", "phone"))
        sender = next((one for one in named if one), address)
        who, now = f"{app}:{_digest(sender)[:16]}", self._centre.clock.server_now()
        await self._centre.read(lambda connection: limits.check(connection, who, now))
        await self._count(who, now, FREE_REPORTS)

    async def _count(self, who: str, now: datetime, free: int) -> None:
        def act() -> None:
            with self._centre.database.writing() as connection:
                limits.count(connection, who, now, free)

        await self._centre.work(act)

    async def _known_as(self, names: tuple[str, str]) -> str | None:
        """The name under which the report was committed already."""

        def query(connection: Connection) -> Mapping[str, Answer | None]:
            return statuses(connection, [_key(name) for name in names])

        known = await self._centre.read(query)
        found = ((name, known[_key(name)]) for name in names)
        return next((name for name, answer in found if answer and answer.committed), None)


def _guesser(address: str) -> str:
    return f"open311:{address}"[:120]


def _key(name: str) -> str:
    return f"open311:{name}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _problem(answer: Answer) -> Problem:
    headers = {"Retry-After": "1"} if answer.status == 409 else {}
    return Problem(
        answer.status, answer.problem or "malformed", answer.detail or "", headers=headers
    )
