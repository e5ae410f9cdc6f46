"""Coming in and going: by password or the city's identity provider, renewed, ended, the password changed."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.auth import Seat
from console.central.centre import Centre
from console.central.gate import Guard, plain_route
from console.central.inbound import body_of, json_response, parsed
from console.central.people.person import Person
from console.central.people.provider import BroughtBack, Vouched
from console.central.people.sessions import Session
from console.central.people.tokens import Access
from console.central.problems import Problem
from console.central.reception import Reception

AT_ONCE = 2
"""Passwords looked at in one moment (each costs a core 50 ms and 64 MiB), and questions to the provider."""

_LARGEST = 16 * 1024
_NO_STORE = {"Cache-Control": "no-store"}
_RETURN = re.compile(r"http://127\.0\.0\.1:\d{1,5}/callback")


Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """By password."""

    login: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The newest refresh token."""

    refresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """The one there is and the one there shall be."""

    old: str
    new: str


class SessionDesk:
    """Answers people who come in; every try that may fail is counted by login and address."""

    def __init__(self, centre: Centre, reception: Reception) -> None:
        """Let in by this reception."""
        self._centre = centre
        self._reception = reception
        self._passwords = asyncio.Semaphore(AT_ONCE)
        self._questions = asyncio.Semaphore(AT_ONCE)

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered."""
        return [
            plain_route("POST", "/v1/session", self.log_in),
            guard.route("DELETE", "/v1/session", self.log_out, renewing=True),
            plain_route("POST", "/v1/session/refresh", self.refresh),
            guard.route("POST", "/v1/session/password", self.password, renewing=True),
            plain_route("GET", "/v1/session/oidc", self.provider),
            plain_route("POST", "/v1/session/oidc", self.vouched),
        ]

    async def log_in(self, request: Request) -> Response:
        """A session for a login and its password."""
        wish = parsed(await body_of(request, _LARGEST), LogIn)
        address, now = self._whence(request)
        log_in = self._reception.sessions.log_in
        async with self._passwords:
            found = await self._centre.work(
                lambda: log_in(wish.login, wish.password, address, now())
            )
        return _told(found)

    async def refresh(self, request: Request) -> Response:
        """New tokens for old ones."""
        wish = parsed(await body_of(request, _LARGEST), Renewal)
        address, now = self._whence(request)
        refresh = self._reception.sessions.refresh
        return _told(await self._centre.work(lambda: refresh(wish.refresh, address, now())))

    async def log_out(self, request: Request, seat: Seat) -> Response:
        """The end of the session that asks."""
        _, access = _who(seat)
        _, now = self._whence(request)
        end = self._reception.sessions.end
        await self._centre.work(lambda: end(access.session, now()))
        self._reception.standing.forget()
        return Response(status_code=204, headers=_NO_STORE)

    async def password(self, request: Request, seat: Seat) -> Response:
        """A new password; every session of the person ends."""
        wish = parsed(await body_of(request, _LARGEST), NewPassword)
        who, _ = _who(seat)
        address, now = self._whence(request)
        change = self._reception.sessions.change_password
        async with self._passwords:
            await self._centre.work(lambda: change(who.login, wish.old, wish.new, address, now()))
        self._reception.standing.forget()
        return Response(status_code=204, headers=_NO_STORE)

    async def provider(self, _request: Request) -> Response:
        """The city's identity provider, if it has one."""
        provider, now = self._reception.provider, self._centre.clock.server_now
        if provider is None:
            raise Problem(404, "not-found", "this centre knows no identity provider")
        async with self._questions:
            return json_response(await self._centre.work(lambda: provider.told(now())))

    async def vouched(self, request: Request) -> Response:
        """A session for somebody the identity provider vouches for."""
        back = parsed(await body_of(request, _LARGEST), BroughtBack)
        if not _RETURN.fullmatch(back.redirect_uri):
            raise Problem(400, "malformed", "redirect_uri: http://127.0.0.1:PORT/callback")
        address, now = self._whence(request)
        async with self._questions:
            found = await self._centre.work(lambda: self._vouched(back, address, now))
        directory, sessions = self._reception.directory, self._reception.sessions
        who = await self._centre.write(lambda: directory.vouched(found))
        self._reception.standing.forget()
        return _told(await self._centre.work(lambda: sessions.begin(who, now())))

    def _vouched(self, back: BroughtBack, address: str, now: Now) -> Vouched:
        provider, sessions = self._reception.provider, self._reception.sessions
        if provider is None:
            raise Problem(404, "not-found", "this centre knows no identity provider")
        sessions.check_address(address, now())
        try:
            return provider.vouch(back, now())
        except Problem as problem:
            if problem.code == "provider-refused":
                sessions.note_failure(address, now())
            raise

    def _whence(self, request: Request) -> tuple[str, Now]:
        """The address that asks, and server time: read when the work begins, not when it waits."""
        return self._reception.address(request), self._centre.clock.server_now


def _who(seat: Seat) -> tuple[Person, Access]:
    if seat.person is None or seat.access is None:
        raise Problem(403, "person-needed", "a service token has no session")
    return seat.person, seat.access


def _told(session: Session) -> Response:
    return json_response(session, headers=_NO_STORE)
