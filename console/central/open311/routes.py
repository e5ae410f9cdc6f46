"""Answers under /open311: who reports needs an api_key, who asks what became of a report needs nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.centre import Centre
from console.central.gate import Guard, plain_route
from console.central.inbound import origin
from console.central.open311 import records, services
from console.central.open311.discovery import ROOT, discovery
from console.central.open311.form import read_form
from console.central.open311.intake import Intake
from console.central.open311.render import Body, Format, refused, rendered
from console.central.open311.search import read_ids, read_search
from console.central.open311.status import public
from console.central.problems import Problem
from console.central.reception import Reception
from console.domain.case import Case

log = logging.getLogger(__name__)

Answer = Callable[[Request], Awaitable[tuple[int, Body]]]

_KEY_LIMIT = 200

AT_ONCE = 2
"""Questions of people without a key that are looked up in one moment: a search reads three months of
reports, and all threads of the centre must not be at it."""


class Open311:
    """GeoReport v2 of one centre."""

    def __init__(self, centre: Centre, reception: Reception) -> None:
        """Of this centre; the reception knows the api_keys and where a request comes from."""
        self._centre = centre
        self._reception = reception
        self._intake = Intake(centre, reception)
        self._lookups = asyncio.Semaphore(AT_ONCE)

    def routes(self, _guard: Guard) -> list[Route]:
        """Where they are answered, each as XML and as JSON."""
        answers: tuple[tuple[str, str, Answer], ...] = (
            ("GET", "/open311/discovery", self.discovery),
            ("GET", f"{ROOT}/services", self.services),
            ("GET", f"{ROOT}/services/{{service_code}}", self.definition),
            ("POST", f"{ROOT}/requests", self.report),
            ("GET", f"{ROOT}/requests", self.requests),
            ("GET", f"{ROOT}/requests/{{service_request_id}}", self.request),
            ("GET", f"{ROOT}/tokens/{{token}}", self.token),
        )
        return [
            plain_route(method, f"{path}.{form.value}", _spoken(answer, form))
            for method, path, answer in answers
            for form in Format
        ]

    async def discovery(self, request: Request) -> tuple[int, Body]:
        """Where the endpoint is."""
        return 200, discovery(self._centre.city, origin(request))

    async def services(self, request: Request) -> tuple[int, Body]:
        """What can be reported."""
        self._jurisdiction(request)
        return 200, services.services(self._centre.city)

    async def definition(self, request: Request) -> tuple[int, Body]:
        """One service."""
        self._jurisdiction(request)
        code = str(request.path_params["service_code"])
        return 200, services.definition(self._centre.city, code)

    async def report(self, request: Request) -> tuple[int, Body]:
        """Take a report in."""
        address = self._reception.address(request)
        await self._intake.check_guesses(address)
        form = await read_form(request)
        key = await self._intake.check_key(form, address)
        services.check_jurisdiction(self._centre.city, form.get("jurisdiction_id"))
        client_key = request.headers.get("idempotency-key", "")[:_KEY_LIMIT] or None
        return await self._intake.take(key, form, client_key, address)

    async def requests(self, request: Request) -> tuple[int, Body]:
        """Reports by id, or by service, status and time."""
        self._jurisdiction(request)
        ids = read_ids(request.query_params)
        if ids:
            return 200, await self._shown(lambda connection: records.by_id(connection, ids))
        search, city = (
            read_search(request.query_params, self._centre.clock.now()),
            self._centre.city,
        )
        return 200, await self._shown(lambda connection: records.matching(connection, search, city))

    async def request(self, request: Request) -> tuple[int, Body]:
        """One report; raises `Problem` 404."""
        self._jurisdiction(request)
        wanted = str(request.path_params["service_request_id"])
        found = await self._shown(lambda connection: records.by_id(connection, [wanted]))
        if not found.value:
            raise _unknown(wanted)
        return 200, found

    async def token(self, request: Request) -> tuple[int, Body]:
        """The id that belongs to a token: the same, ids are given at once. Raises `Problem` 404."""
        self._jurisdiction(request)
        token = str(request.path_params["token"])
        async with self._lookups:
            found = await self._centre.read(lambda connection: records.by_id(connection, [token]))
        if not found:
            raise _unknown(token)
        return 200, Body("service_requests", [{"service_request_id": token, "token": token}])

    async def _shown(self, find: Callable[[Connection], Sequence[Case]]) -> Body:
        city = self._centre.city

        def query(connection: Connection) -> Body:
            found = find(connection)
            units = records.units_of(connection, found)
            shown = [public(case, units.get(case.id), city, grids) for case in found]
            return Body("service_requests", shown)

        async with self._lookups:
            # Read before the transaction: the first time it takes seconds.
            grids = (await self._centre.work(self._centre.outlines)).grids
            return await self._centre.read(query)

    def _jurisdiction(self, request: Request) -> None:
        services.check_jurisdiction(self._centre.city, request.query_params.get("jurisdiction_id"))


def _unknown(name: str) -> Problem:
    return Problem(404, "unknown-request", f"there is no service request {name[:80]!r}")


def _spoken(answer: Answer, form: Format) -> Callable[[Request], Awaitable[Response]]:
    """The answer in one format, problems in Open311's own shape."""

    async def speak(request: Request) -> Response:
        try:
            status, body = await answer(request)
        except Problem as problem:
            return refused(problem, form)
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            log.error("the database did not answer: %s", error.__cause__ or error)
            again = Problem(503, "unavailable", "try again", headers={"Retry-After": "1"})
            return refused(again, form)
        return rendered(body, form, status)

    return speak
