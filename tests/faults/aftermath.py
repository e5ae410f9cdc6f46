"""What the disk faults share: cases sent to a centre, how it may refuse to start, and what must stand in the end."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import requests

from console.domain.case import Channel
from console.domain.command import Accept, Private
from console.wire.codec import from_builtins, to_builtins
from console.wire.commands import Answer, Envelope, wrap
from tests.builders import RUBBISH
from tests.central_process import Central, NotReady
from tests.faults.checker import Evidence, check
from tests.faults.history import History

LIMIT_S = 10.0
"""Seconds in which a start ends, either way."""


class Sent:
    """Cases of many words, and what was answered to each."""

    def __init__(self, rnd: Random) -> None:
        self.rnd = rnd
        self.all: list[Envelope] = []
        self.refused = 0
        self.history = History()

    def send(self, central: Central) -> requests.Response:
        """A new case."""
        number = len(self.all)
        words = "水" * self.rnd.randrange(1, 4000)
        command = Accept(
            case=f"C{number}",
            channel=Channel.PHONE,
            category=RUBBISH,
            private=Private(citizen="", phone="", words=words, address=""),
            register=True,
        )
        self.all.append(wrap(command, f"key-{number}"))
        return self._post(central, self.all[-1])

    def send_again(self, central: Central) -> Iterator[str]:
        """Everything once more, as a console does that heard nothing: now it must be taken."""
        for envelope in self.all:
            answer = self._post(central, envelope)
            if answer.status_code not in (200, 201):
                yield f"{envelope.key} is not taken with room enough: {answer.text[:200]}"

    def _post(self, central: Central, envelope: Envelope) -> requests.Response:
        body = to_builtins(envelope)
        number = self.history.invoke("seat-1", body)
        headers = {"Idempotency-Key": envelope.key}
        answer = central.request("POST", "/v1/commands", json=body, headers=headers)
        if answer.status_code < 500:
            self.history.answered(number, from_builtins(_answer(answer), Answer))
        else:
            self.refused += 1
            self.history.unknown(number, answer.text[:100])
        return answer


def _answer(response: requests.Response) -> dict[str, Any]:
    """A committed answer as it came, a refusal as the answer that its problem stands for."""
    told: dict[str, Any] = response.json()
    if response.status_code in (200, 201):
        return told
    return {"key": told["key"], "status": told["status"], "problem": told["problem"]}


def settled(central: Central, sent: Sent) -> tuple[str, ...]:
    """Send everything again, then the checker's word on the log and the answers."""
    lies = tuple(sent.send_again(central))
    keys = [envelope.key for envelope in sent.all]
    asked = central.request("POST", "/v1/commands/status", json={"keys": keys})
    evidence = Evidence(sent.history.entries(), log_of(central), asked.json()["answers"])
    return lies + check(evidence)


def log_of(central: Central) -> list[Mapping[str, Any]]:
    """The whole log; raises `requests.HTTPError` where it cannot be read."""
    events: list[Mapping[str, Any]] = []
    last = 0
    while True:
        part = central.request("GET", f"/v1/log?from={last + 1}&to={last + 5000}")
        part.raise_for_status()
        if not part.json():
            return events
        events += part.json()
        last = events[-1]["rev"]


def refusal(error: NotReady, allowed: frozenset[str]) -> Iterator[str]:
    """A start that is refused says why, in both languages, and ends with code 2."""
    told = error.problem
    if told.get("problem") not in allowed:
        yield f"the start was refused with {told} {error.errors[-1500:]}"
    elif error.code != 2 or not told.get("zh") or not told.get("en"):
        yield f"the refusal is not said as it should be: {error.code} {told}"


def contents(folder: Path, wanted: Callable[[Path], bool] = Path.is_file) -> dict[str, bytes]:
    """Every file below, by its path."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and wanted(file))
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}
