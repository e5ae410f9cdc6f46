"""Personal data of one case: masked, in full for a minute, by telephone, erased; and who did what."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central import private
from console.central.auth import Seat
from console.central.centre import Centre
from console.central.gate import Guard
from console.central.hygiene import cut
from console.central.inbound import body_of, json_response, number, parsed
from console.central.private import Act, Visitor
from console.central.problems import Problem
from console.central.telephone import Call, Telephone, TelephoneFailed
from console.domain.command import Private

log = logging.getLogger(__name__)

WHY_LIMIT, ID_LIMIT = 200, 80
"""Characters of the reason and of the id that are kept in the record."""

LINES = 4
"""Calls that the telephone system is asked for in one moment, on threads of their own: while it hangs
for seconds, nothing else may wait for it."""

RECORDS = 100
"""Lines of the record of access unless another number is asked for."""

_CLOSED = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody must see, or erase, a citizen's data."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """The telephone system rings the seat."""

    ringing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Whether there was anything left to erase."""

    erased: bool


class PrivateData:
    """Answers the audited routes."""

    def __init__(self, centre: Centre, telephone: Telephone | None = None) -> None:
        """Look into this centre; without a telephone system nobody is connected."""
        self._centre = centre
        self._telephone = telephone
        self._lines = ThreadPoolExecutor(LINES, "central-telephone")

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered."""
        case = "/v1/private/cases/{case_id}"
        return [
            guard.route("GET", case, self.look),
            guard.route("POST", f"{case}/reveal", self.reveal),
            guard.route("POST", f"{case}/dial", self.dial),
            guard.route("POST", f"{case}/erase", self.erase),
            guard.route("GET", "/v1/private/access", self.access),
        ]

    async def look(self, request: Request, seat: Seat) -> Response:
        """A case's personal data, masked."""
        who = _visitor(seat, Act.LOOK)
        why = cut(request.query_params.get("why", ""), WHY_LIMIT)
        found, _ = await self._visit(Act.LOOK, _case_id(request), who, why)
        return json_response(private.masked(found), headers=_CLOSED)

    async def reveal(self, request: Request, seat: Seat) -> Response:
        """In full, for a minute."""
        who = _visitor(seat, Act.REVEAL)
        why = await _reason(request)
        found, now = await self._visit(Act.REVEAL, _case_id(request), who, why)
        return json_response(private.revealed(found, now), headers=_CLOSED)

    async def dial(self, request: Request, seat: Seat) -> Response:
        """The seat and the citizen are connected; the number stays here."""
        who = _visitor(seat, Act.DIAL)
        telephone = self._telephone
        if telephone is None:
            raise Problem(503, "no-telephone", "the centre has no telephone system")
        case_id = _case_id(request)
        found, _ = await self._visit(Act.DIAL, case_id, who, "")
        if not found.phone:
            raise Problem(422, "no-number", "the citizen left no number")
        call = Call(seat=seat.name, case=case_id, number=found.phone)
        try:
            await asyncio.get_running_loop().run_in_executor(self._lines, telephone.connect, call)
        except TelephoneFailed as error:
            log.warning("the telephone system did not connect: %s", error)
            raise Problem(502, "telephone-failed", str(error)) from error
        return json_response(Ringing())

    async def erase(self, request: Request, seat: Seat) -> Response:
        """For ever; the log and its chain stay whole, they hold nothing of it."""
        who = _visitor(seat, Act.ERASE)
        why, case_id = await _reason(request), _case_id(request)
        now = self._centre.clock.server_now

        def act() -> bool:
            with self._centre.database.writing() as connection:
                return private.erase(connection, case_id, who, why, now())

        return json_response(Erased(erased=await self._centre.write(act)))

    async def access(self, request: Request, seat: Seat) -> Response:
        """The record of who did what with whose data."""
        seat.need("read_access")
        asked = request.query_params
        before = number(request, "before") if "before" in asked else None
        limit = min(max(number(request, "limit", RECORDS), 1), private.MOST_RECORDS)
        case, by = _wanted(request, "case"), _wanted(request, "seat")

        def query(connection: Connection) -> private.AccessRecord:
            return private.record_of_access(connection, before, limit, case, by)

        return json_response(await self._centre.read(query), headers=_CLOSED)

    async def _visit(
        self, act: Act, case_id: str, who: Visitor, why: str
    ) -> tuple[Private, datetime]:
        """The data and when they were seen (server time); raises `Problem` where there are none."""
        now = self._centre.clock.server_now

        def visit() -> tuple[Private | None, datetime]:
            with self._centre.database.writing() as connection:
                seen = now()
                return private.visit(connection, act, case_id, who, why, seen), seen

        found, seen = await self._centre.write(visit)
        if found is None:
            # Only now: the visit in vain is on record, a refusal inside would have undone it.
            raise await self._centre.read(lambda c: private.missing(c, case_id))
        return found, seen


def _visitor(seat: Seat, act: Act) -> Visitor:
    role = seat.need(act)
    return Visitor(seat.name, role, seat.person.login if seat.person is not None else seat.name)


def _wanted(request: Request, name: str) -> str | None:
    """What the record shall be about, as the record would have kept it."""
    asked = request.query_params.get(name)
    return None if asked is None else cut(asked, WHY_LIMIT)


def _case_id(request: Request) -> str:
    return cut(str(request.path_params["case_id"]), ID_LIMIT)


async def _reason(request: Request) -> str:
    return cut(private.need_reason(parsed(await body_of(request), Reason).why), WHY_LIMIT)
