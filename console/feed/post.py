"""Sends batches and keeps trying with the same keys until the centre has answered."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from console.client.api import Api, Problem, Unreachable
from console.client.backoff import full_jitter
from console.feed.status import Status
from console.wire.commands import Answer, Envelope

T = TypeVar("T")

log = logging.getLogger(__name__)

BATCH = 100
"""Commands of one request while living."""


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

    def send(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        """One answer for each; an unknown outcome is asked again with the same keys."""
        if not envelopes:
            return []
        answers = self.insist(lambda: self.api.send_batch(envelopes))
        for envelope, answer in zip(envelopes, answers, strict=True):
            if answer.committed:
                self.status.commands[envelope.type] += not answer.replayed
            else:
                self.status.refused[f"{envelope.type}:{answer.problem}"] += 1
                log.info("%s was refused: %s %s", envelope.type, answer.problem, answer.detail)
        return answers
