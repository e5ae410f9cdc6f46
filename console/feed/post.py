"""Sends batches and keeps trying with the same keys until the centre has answered."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import TypeVar

from console.client.api import Api, Problem, Unreachable
from console.client.backoff import full_jitter
from console.domain.role import Role
from console.feed.status import Status
from console.wire.commands import Answer, Envelope

T = TypeVar("T")

log = logging.getLogger(__name__)

BATCH = 100
"""Commands of one request while living."""


_ALL_FIELD: Mapping[str, Role] = MappingProxyType({})


class Stopped(Exception):
    """The feed is to end."""


class Post:
    """One feed's hand to the centre. `stop` ends every wait."""

    def __init__(self, api: Api, status: Status, stop: threading.Event) -> None:
        """`status` counts what was sent and refused."""
        self.api, self.status, self.stop = api, status, stop

    def insist(self, request: Callable[[], T]) -> T:
        """Do a request that may be repeated until it is answered; raises `Stopped` and `Problem`."""
        attempt = 0
        while not self.stop.is_set():
            try:
                return request()
            except Unreachable:
                self.status.unreachable += 1
            except Problem as problem:
                if problem.status not in (409, 429):
                    raise
            self.stop.wait(full_jitter(attempt))
            attempt += 1
        raise Stopped

    def admits(self, role: Role) -> bool:
        """Whether the centre lets this feed take on the role; told in the log where it does not."""
        try:
            self.insist(lambda: self.api.send_batch([], role.value))
        except Problem as problem:
            if problem.status != 403:
                raise
            log.warning("the token may not act as %s: that is left to people", role.value)
            return False
        return True

    def send(
        self, envelopes: Sequence[Envelope], roles: Mapping[str, Role] = _ALL_FIELD
    ) -> list[Answer]:
        """One answer for each; an unknown outcome is asked again with the same keys.

        `roles` are by key those that do not act as the field: the order is kept, and each run of
        the same role is a batch of its own.
        """
        answers: list[Answer] = []
        for role, run in groupby(envelopes, key=lambda envelope: roles.get(envelope.key)):
            answers += self._send(list(run), role)
        return answers

    def _send(self, envelopes: Sequence[Envelope], role: Role | None) -> list[Answer]:
        name = None if role is None else role.value
        answers = self.insist(lambda: self.api.send_batch(envelopes, name))
        for envelope, answer in zip(envelopes, answers, strict=True):
            if answer.committed:
                self.status.commands[envelope.type] += not answer.replayed
            else:
                self.status.refused[f"{envelope.type}:{answer.problem}"] += 1
                log.info("%s was refused: %s %s", envelope.type, answer.problem, answer.detail)
        return answers
