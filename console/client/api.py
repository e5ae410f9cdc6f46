"""Requests to the central API: one method an operation, every one with time limits."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import requests

from console.domain.event import Event
from console.domain.worker import Fix
from console.wire.codec import BadInput, decode, encode, to_builtins
from console.wire.commands import Answer, Envelope
from console.wire.frames import SCHEMA, DayVolumes, PrivateDetails, Snapshot

T = TypeVar("T")

CONNECT_S, READ_S = 3.05, 15.0
"""Time limits of a request in seconds: to connect, and between two bytes."""


class Unreachable(Exception):
    """No answer arrived: the outcome is unknown, retry with the same key."""


class Problem(Exception):
    """The centre answered with an RFC 9457 problem."""

    def __init__(
        self, status: int, code: str, detail: str, zh: str, fields: dict[str, Any]
    ) -> None:
        """Keep what the problem document says."""
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.zh = zh
        self.fields = fields


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
    """One seat's access to one central API; safe to use from several threads."""

    def __init__(
        self, base_url: str, token: str, seat: str, role: str, verify: bool | str | Path = True
    ) -> None:
        """`verify` is passed with every request: an environment variable must not beat it."""
        self.base_url = base_url.rstrip("/")
        self.seat = seat
        self._verify = str(verify) if isinstance(verify, Path) else verify
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Baton-Seat": quote(seat, safe=" :._-"),
            "Baton-Role": role,
            "Accept": "application/json",
        }
        self._local = threading.local()

    def session(self) -> requests.Session:
        """This thread's session, without proxies or credentials from the environment."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False
            session.headers.update(self._headers)
            self._local.session = session
        return session

    def request(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
        stream: bool = False,
    ) -> requests.Response:
        """One request; raises `Unreachable` without an answer, `Problem` for a refusal."""
        data = None if body is None else encode(body)
        sent = {"Content-Type": "application/json"} if data is not None else {}
        try:
            response = self.session().request(
                method,
                self.base_url + path,
                data=data,
                params=params,
                headers={**sent, **(headers or {})},
                timeout=(CONNECT_S, READ_S),
                verify=self._verify,
                stream=stream,
                allow_redirects=False,
            )
        except (requests.RequestException, OSError) as error:
            raise Unreachable(str(error)) from error
        if response.status_code >= 500 or 300 <= response.status_code < 400:
            # A redirect comes from a proxy or a log-in page, never from a centre.
            raise Unreachable(f"{response.status_code} from {path}")
        if response.status_code >= 400:
            raise problem_of(response)
        return response

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
        """Send one command; a refusal is an answer too. Raises `Unreachable`, and `Problem` for 401, 409, 429."""
        headers = {"Idempotency-Key": envelope.key}
        try:
            response = self.request("POST", "/v1/commands", body=envelope, headers=headers)
        except Problem as problem:
            if problem.status in (401, 409, 429):
                raise
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
        return self._get(f"/v1/private/cases/{quote(case_id, safe='')}", PrivateDetails)

    def history(self, owner: str) -> list[Event]:
        """The events of a case or an incident and of its assignments, oldest first."""
        return self._get(f"/v1/history/{quote(owner, safe='')}", list[Event])


def read(response: requests.Response, kind: type[T]) -> T:
    """The body as `kind`; a body that does not fit counts as unreachable: another version may be there."""
    try:
        return decode(response.content, kind)
    except BadInput as error:
        raise Unreachable(f"the answer does not fit: {error}") from error
    except (requests.RequestException, OSError) as error:
        raise Unreachable(str(error)) from error


def problem_of(response: requests.Response) -> Problem:
    """The problem document of a refusal, or one made from the status alone."""
    try:
        fields = decode(response.content, dict[str, Any])
    except (BadInput, requests.RequestException, OSError):
        fields = {}
    code = str(fields.get("problem") or str(fields.get("type", "")).rpartition(":")[2] or "http")
    detail = str(fields.get("detail") or fields.get("title") or response.reason)
    return Problem(response.status_code, code, detail, str(fields.get("zh", "")), fields)
