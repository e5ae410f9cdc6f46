"""Killed in the middle of commands: nothing acknowledged is lost, nothing is done twice, the chain holds."""

import itertools
import random
import threading
from pathlib import Path

import pytest
import requests

from console.domain.event import Event
from console.wire.codec import event_hash, from_builtins
from tests.api.commands import accept, send
from tests.central_process import Central, start_central

KILLS = 20


class Sender(threading.Thread):
    """Sends commands one after another until the centre dies; remembers what was acknowledged."""

    def __init__(self, central: Central) -> None:
        super().__init__(daemon=True)
        self._central = central
        self.sent: list[dict] = []
        self.acknowledged: dict[str, int] = {}
        self.enough = threading.Event()

    def run(self) -> None:
        for number in itertools.count():
            command = accept()
            self.sent.append(command)
            try:
                response = send(self._central, command)
            except requests.RequestException:
                return
            assert response.status_code == 201
            self.acknowledged[command["key"]] = response.json()["rev"]
            if number == 5:
                self.enough.set()


@pytest.mark.timeout(300)
def test_no_acknowledged_command_is_ever_lost(tmp_path: Path) -> None:
    chance = random.Random(7)
    acknowledged: dict[str, int] = {}
    unknown: list[dict] = []
    for _ in range(KILLS):
        central = start_central(tmp_path / "central")
        again = [send(central, command) for command in unknown]
        assert {response.status_code for response in again} <= {200, 201}
        for command, response in zip(unknown, again, strict=True):
            acknowledged[command["key"]] = response.json()["rev"]
        sender = Sender(central)
        sender.start()
        assert sender.enough.wait(60)
        threading.Event().wait(chance.random() * 0.02)
        central.kill()
        sender.join(60)
        acknowledged |= sender.acknowledged
        unknown = [c for c in sender.sent if c["key"] not in sender.acknowledged]
    check_log(start_central(tmp_path / "central"), acknowledged)


def check_log(central: Central, acknowledged: dict[str, int]) -> None:
    keys = list(acknowledged)
    body = {"keys": keys}
    found = central.request("POST", "/v1/commands/status", json=body).json()["answers"]
    assert {key: answer and answer["rev"] for key, answer in found.items()} == acknowledged
    events: list[Event] = []
    while part := central.request(
        "GET", f"/v1/log?from={len(events) + 1}&to={len(events) + 5000}"
    ).json():
        events += [from_builtins(event, Event) for event in part]
    assert [event.rev for event in events] == list(range(1, len(events) + 1))
    assert all(event_hash(event) == event.hash for event in events)
    assert all(a.hash == b.prev_hash for a, b in itertools.pairwise(events))
    received = [event.command_id for event in events if event.type == "case.received"]
    assert len(received) == len(set(received)), "a command was done twice"
    assert set(acknowledged) <= set(received)
    assert central.stop() == 0
