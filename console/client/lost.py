"""Reconciliation: which acknowledged commands the centre knows no more."""

import logging
from collections.abc import Iterator

from console.client.api import Api
from console.client.outbox import Outbox
from console.client.refusals import Problem, is_for_all
from console.wire.commands import Envelope
from console.wire.messages import Tick

log = logging.getLogger(__name__)

STATUS_BATCH = 200
"""How many keys one status question carries."""


def find_lost(api: Api, outbox: Outbox) -> Iterator[Envelope]:
    """Committed commands that the centre does not hold: lost acknowledged work. Raises `Unreachable`, `Problem`."""
    committed = [stored.envelope for stored in outbox.with_tick(Tick.COMMITTED)]
    for first in range(0, len(committed), STATUS_BATCH):
        asked = committed[first : first + STATUS_BATCH]
        try:
            known = api.status([envelope.key for envelope in asked])
        except Problem as problem:
            if is_for_all(problem):
                raise
            # New orders must go out all the same; the next restart or epoch asks again.
            log.warning("the centre does not say what it knows: %s", problem)
            return
        for envelope in asked:
            answer = known.get(envelope.key)
            if answer is None or not answer.committed:
                yield envelope
