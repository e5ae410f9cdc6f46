"""Requests to the central API: one method an operation, every one with time limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import requests

from console.client.answers import judged, read
from console.client.credentials import Credentials, ServiceToken
from console.client.refusals import Problem, SessionEnded, Troubled, Unreachable, is_for_all
from console.client.session import Own, Session
from console.client.transport import Transport
from console.client.who import seat_header
from console.domain.event import Event
from console.domain.worker import Fix
from console.wire.codec import encode, to_builtins
from console.wire.commands import Answer, Envelope
from console.wire.frames import SCHEMA, DayVolumes, PrivateDetails, Revealed, Snapshot

__all__ = ["Api", "Health", "Problem", "Unreachable"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What `/v1/health` says."""

    status: str
    schema: int
    version: str
    epoch: str
    rev: int
    city: str
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    answers: list[Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statuses:
    answers: dict[str, Answer | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Volumes:
    days: list[DayVolumes]


class Api:
    """One seat's access to one centre; safe to use from several threads.

    Every method raises `Unreachable` (`Untrusted`, `Troubled`) and `Problem`.
    """

    def __init__(
        self,
        addresses: str | Sequence[str],
        token: str,
        seat: str,
        role: str,
        verify: bool | str | Path = True,
        *,
        allow_plain: bool = False,
    ) -> None:
        """A system's, by its token; see `Transport` for the addresses and what they raise."""
        transport = Transport(addresses, verify=verify, allow_plain=allow_plain)
        self._begin(transport, ServiceToken(token), seat, role)

    @classmethod
    def over(cls, transport: Transport, token: str, seat: str, role: str) -> "Api":
        """A system's, by its token, over a way that is there already."""
        api = cls.__new__(cls)
        api._begin(transport, ServiceToken(token), seat, role)
        return api

    @classmethod
    def of(cls, session: Session, role: str) -> "Api":
        """Of who is logged in, in one of their roles; it goes on when they, and nobody else, log in again."""
        api = cls.__new__(cls)
        api._begin(session.transport, Own(session), session.seat, role)
        return api

    def _begin(self, transport: Transport, credentials: Credentials, seat: str, role: str) -> None:
        self.transport = transport
        self.seat = seat
        self._credentials = credentials
        self._headers = {"Accept": "application/json", "Baton-Role": role, **seat_header(seat)}

    @property
    def base_url(self) -> str:
        """The address that is used now."""
        return self.transport.addresses.current

    def request(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        stream: bool = False,
        once: bool = False,
    ) -> requests.Response:
        """One request; with `once` never a second time where the first may have arrived."""
        data = None if body is None else encode(body)
        sent = {**self._headers, **(headers or {})}
        if data is not None:
            sent["Content-Type"] = "application/json"

        def ask(bearer: str) -> requests.Response:
            sent["Authorization"] = f"Bearer {bearer}"
            answer = self.transport.exchange(
                method, path, headers=sent, data=data, params=params, stream=stream, once=once
            )
            return judged(answer, path)

        bearer = self._credentials.bearer()
        try:
            return ask(bearer)
        except SessionEnded:
            self._credentials.end(bearer)
            raise
        except Problem as problem:
            # Refused at the door: nothing was done, so the same may be asked again.
            if problem.code != "token" or not self._credentials.renew(bearer):
                raise
        return ask(self._credentials.bearer())

    def _get(self, path: str, kind: type[T], **params: str) -> T:
        return read(self.request("GET", path, params=params or None), kind)

    def health(self) -> Health:
        """Whether the centre is there and speaks this schema."""
        return self._get("/v1/health", Health)

    def snapshot(self) -> list[Snapshot]:
        """Every page of one snapshot, all at the same rev."""
        first = self._get("/v1/snapshot", Snapshot, page="0")
        if first.schema != SCHEMA:
            raise Problem(410, "schema", f"the centre speaks schema {first.schema}", "", {})
        rev = str(first.rev)
        rest = [
            self._get("/v1/snapshot", Snapshot, page=str(page), rev=rev)
            for page in range(1, first.pages)
        ]
        if any((page.epoch, page.rev) != (first.epoch, first.rev) for page in rest):
            raise Unreachable("the pages of the snapshot are of different revisions")
        return [first, *rest]

    def log(self, first: int, last: int) -> list[Event]:
        """Events `first` to `last`, inclusive."""
        params = {"from": str(first), "to": str(last)}
        return read(self.request("GET", "/v1/log", params=params), list[Event])

    def send(self, envelope: Envelope) -> Answer:
        """Send one command; a refusal is an answer too.

        Raises `Problem` for what may pass later with the same key: 401, 409, 429, a password to
        be changed. What does not come from a centre is `Troubled`.
        """
        headers = {"Idempotency-Key": envelope.key}
        try:
            response = self.request("POST", "/v1/commands", body=envelope, headers=headers)
        except Problem as problem:
            if problem.status == 409 or is_for_all(problem):
                raise
            if problem.code == "http" and problem.status != 413:
                # No problem document: a proxy's word. The command is not refused by that.
                raise Troubled(str(problem)) from problem
            current = problem.fields.get("current")
            return Answer(
                key=envelope.key,
                status=problem.status,
                problem=problem.code,
                detail=problem.detail,
                current=current if isinstance(current, dict) else {},
            )
        return read(response, Answer)

    def send_batch(self, envelopes: Sequence[Envelope], role: str | None = None) -> list[Answer]:
        """Send up to 500 commands in one transaction, as `role` where it is not the seat's own.

        One answer each, in order.
        """
        response = self.request(
            "POST",
            "/v1/commands/batch",
            body={"commands": list(envelopes)},
            headers={"Baton-Role": role} if role else None,
        )
        return read(response, _Batch).answers

    def status(self, keys: Sequence[str]) -> dict[str, Answer | None]:
        """What the centre knows of these keys; None for a key it has never committed."""
        response = self.request("POST", "/v1/commands/status", body={"keys": list(keys)})
        return read(response, _Statuses).answers

    def post_positions(self, fixes: Sequence[Fix]) -> dict[str, Any]:
        """Tell workers' positions (field only)."""
        rows = [
            {
                "worker": fix.worker,
                "lon": fix.position.lon,
                "lat": fix.position.lat,
                "fix_at": to_builtins(fix.fix_at),
            }
            for fix in fixes
        ]
        return read(self.request("POST", "/v1/positions", body={"fixes": rows}), dict[str, Any])

    def set_clock(self, domain_time: datetime, rate: float, simulated: bool) -> None:
        """Set the domain clock (field only, while simulated)."""
        body = {"domain_time": domain_time, "rate": rate, "simulated": simulated}
        self.request("POST", "/v1/clock", body=body)

    def volumes(self, first: date, last: date) -> list[DayVolumes]:
        """Hourly volumes of the local days `first` to `last`, inclusive."""
        params = {"from": first.isoformat(), "to": last.isoformat()}
        return read(self.request("GET", "/v1/volumes", params=params), _Volumes).days

    def put_volumes(self, days: Sequence[DayVolumes]) -> None:
        """Import the history of past days (field only)."""
        self.request("PUT", "/v1/volumes", body={"days": list(days)})

    def private(self, case_id: str) -> PrivateDetails:
        """A case's personal data, masked; the centre records who looked."""
        return self._get(_private(case_id), PrivateDetails)

    def reveal(self, case_id: str, why: str) -> Revealed:
        """A case's personal data in full, for a minute; the centre records who and why."""
        path = _private(case_id) + "/reveal"
        return read(self.request("POST", path, body={"why": why}, once=True), Revealed)

    def dial(self, case_id: str) -> None:
        """Have the city's telephones connect this seat with the citizen; the number stays there."""
        self.request("POST", _private(case_id) + "/dial", body={}, once=True)

    def erase(self, case_id: str, why: str) -> None:
        """Erase a case's personal data for ever (admin); may be repeated."""
        self.request("POST", _private(case_id) + "/erase", body={"why": why})

    def history(self, owner: str) -> list[Event]:
        """The events of a case or an incident and of its assignments, oldest first."""
        return self._get(f"/v1/history/{quote(owner, safe='')}", list[Event])


def _private(case_id: str) -> str:
    return f"/v1/private/cases/{quote(case_id, safe='')}"
