"""Writing: one command, many commands, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.answers import statuses
from console.central.auth import Seat
from console.central.centre import Centre
from console.central.gate import Guard
from console.central.hygiene import is_id
from console.central.inbound import LARGE, body_of, json_response, malformed, parsed
from console.central.problems import Problem
from console.central.writer import Order
from console.domain.command import Command
from console.domain.role import who_may
from console.domain.scope import SCOPED
from console.store.scene import places_of
from console.wire.codec import BadInput, from_builtins
from console.wire.commands import Answer, Envelope, unwrap

BATCH_LIMIT = 500
"""Commands of one batch."""

EXPECT_LIMIT = 5000
"""Expectations of one request: each is a question to the database while every other writer waits."""

KEYS_LIMIT = 5000
"""Keys of one status question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandBatch:
    """Envelopes; each is read and answered alone, all are committed in one transaction."""

    commands: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One answer a command, in the same order."""

    answers: list[Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Idempotency keys."""

    keys: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statuses:
    """What the centre knows of each key, null for one it has never answered."""

    answers: dict[str, Answer | None]


class Desk:
    """Takes commands in; of two copies of a key that arrive together only one runs."""

    def __init__(self, centre: Centre) -> None:
        """Nothing runs."""
        self._centre = centre
        self._running: set[str] = set()

    async def take(self, seat: Seat, envelopes: Sequence[Envelope | Answer]) -> list[Answer]:
        """Answers in order; what could not even be read comes as its `Answer` and is passed on."""
        role = seat.need()
        if sum(len(one.expect) for one in envelopes if isinstance(one, Envelope)) > EXPECT_LIMIT:
            raise Problem(413, "too-many", f"at most {EXPECT_LIMIT} expectations at once")
        taken: dict[int, tuple[Envelope, Command]] = {}
        found: dict[int, Answer] = {}
        mine: set[str] = set()
        for index, envelope in enumerate(envelopes):
            if isinstance(envelope, Answer):
                found[index] = envelope
            elif envelope.key in self._running:
                found[index] = _still_running(envelope.key)
            else:
                try:
                    taken[index] = (envelope, unwrap(envelope))
                    mine.add(envelope.key)
                except BadInput as error:
                    found[index] = _unreadable(envelope.key, error)
        self._running |= mine
        try:
            places = await self._centre.areas.locate([places_of(c) for _, c in taken.values()])
            orders = [
                Order(envelope, command, seat.name, role, located, seat.scope)
                for (envelope, command), located in zip(taken.values(), places, strict=True)
            ]
            given = await self._centre.submit(orders) if orders else []
        finally:
            self._running -= mine
        found.update(zip(taken, given, strict=True))
        return [found[index] for index in range(len(envelopes))]


def _still_running(key: str) -> Answer:
    detail = "another copy of this command is being answered"
    return Answer(key=key, status=409, problem="running", detail=detail)


def _unreadable(key: str, error: Exception) -> Answer:
    return Answer(key=key, status=400, problem="malformed", detail=str(error)[:300])


class Writing:
    """Answers everything that writes the log on somebody's behalf."""

    def __init__(self, centre: Centre) -> None:
        """Write to this centre."""
        self._centre = centre
        self._desk = Desk(centre)

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered."""
        return [
            guard.route("POST", "/v1/commands", self.command),
            guard.route("POST", "/v1/commands/batch", self.batch),
            guard.route("POST", "/v1/commands/status", self.status),
        ]

    async def command(self, request: Request, seat: Seat) -> Response:
        """One command."""
        seat.need()
        envelope = parsed(await body_of(request, LARGE), Envelope)
        _check_key(request, envelope.key)
        (answer,) = await self._desk.take(seat, [envelope])
        return _reply(answer, self._who_may(answer, envelope.type))

    def _who_may(self, answer: Answer, operation: str) -> list[str]:
        """The roles to turn to with what was refused for the role or for its scope."""
        found = who_may(operation, production=self._centre.city.production)
        # Outside a chief's own district or unit those may who have no such bounds.
        return sorted(found - SCOPED if answer.problem == "scope" else found)

    async def batch(self, request: Request, seat: Seat) -> Response:
        """Many commands in one transaction."""
        seat.need()
        raw = parsed(await body_of(request, LARGE), CommandBatch).commands
        if len(raw) > BATCH_LIMIT:
            raise Problem(413, "too-many", f"at most {BATCH_LIMIT} commands at once")
        answers = await self._desk.take(seat, [_read(one) for one in raw])
        return json_response(Answers(answers=answers))

    async def status(self, request: Request, _seat: Seat) -> Response:
        """What became of commands."""
        keys = parsed(await body_of(request), Keys).keys
        if len(keys) > KEYS_LIMIT:
            raise Problem(413, "too-many", f"at most {KEYS_LIMIT} keys at once")
        found = await self._centre.read(lambda connection: statuses(connection, keys))
        return json_response(Statuses(answers=dict(found)))


def _check_key(request: Request, key: str) -> None:
    if not is_id(key):
        raise Problem(400, "malformed", "key: 1 to 80 letters, digits, '.', ':', '_' or '-'")
    if request.headers.get("idempotency-key") != key:
        raise Problem(400, "key-differs", "the header Idempotency-Key must equal the body's key")


def _read(raw: dict[str, Any]) -> Envelope | Answer:
    """One envelope of a batch, or why it cannot be read."""
    key = raw.get("key")
    try:
        envelope = from_builtins(raw, Envelope)
    except BadInput as error:
        return _unreadable(key[:80] if isinstance(key, str) else "", error)
    return envelope if is_id(envelope.key) else _unreadable("", malformed(BadInput("key")))


def _reply(answer: Answer, may: list[str]) -> Response:
    headers = {"Idempotent-Replayed": "true"} if answer.replayed else {}
    if answer.committed:
        return json_response(answer, answer.status, headers)
    if answer.status == 409:
        headers["Retry-After"] = "1"
    members = {"who_may": may} if answer.status == 403 else {}
    raise Problem(
        answer.status,
        answer.problem or "malformed",
        answer.detail or "",
        headers=headers,
        key=answer.key,
        current=answer.current,
        **members,
    )
