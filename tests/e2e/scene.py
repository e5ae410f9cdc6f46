"""A central API with a few known cases and workers, spoken to as a field system would."""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.client.api import Api
from console.domain.case import Case, Channel
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.command import Accept, Command, Private, SetDuty
from console.domain.event import EntityKind, Event
from console.domain.place import Position
from console.domain.worker import Fix, Worker
from console.geo.city import load_city
from console.paths import DEFAULT_CITY
from console.store.reducer import entity_of, evolve
from console.wire.commands import wrap
from tests.e2e.program import ROOT, wait_for

TOKEN = "a-token-for-tests-only"


@dataclass
class Scene:
    """The centre's address and what is known to be there."""

    url: str
    token_file: Path
    api: Api
    city: City
    central: subprocess.Popen[bytes]
    _clock: tuple[datetime, float] = field(
        default_factory=lambda: (datetime.now(UTC), time.monotonic())
    )

    def send(self, *commands: Command, role: str | None = None) -> None:
        """Commit commands as the field, or in another role."""
        envelopes = [wrap(command, uuid.uuid4().hex) for command in commands]
        for answer in self.api.send_batch(envelopes, role):
            assert answer.committed, answer

    def stop(self) -> None:
        """End the centre, as a power cut would."""
        self.central.kill()
        self.central.wait(timeout=15)

    def now(self) -> datetime:
        """Domain time, as it was set last by this scene (the real time before that)."""
        since, began = self._clock
        return since + timedelta(seconds=time.monotonic() - began)

    def set_clock(self, now: datetime) -> None:
        """Domain time is another, and goes on from there as time does."""
        self.api.set_clock(now, 1.0, True)
        self._clock = now, time.monotonic()

    def pass_minutes(self, minutes: float) -> None:
        """Domain time jumps on."""
        self.set_clock(self.now() + timedelta(minutes=minutes))

    def find(self, name: str) -> Case:
        """The case as its history tells it."""
        fields: dict[str, Any] = {}
        for event in self.api.history(name):
            if event.kind == EntityKind.CASE:
                fields = evolve(fields, event)
        found = entity_of(EntityKind.CASE, fields)
        assert isinstance(found, Case)
        return found

    def case(
        self, name: str, at: Position, category: str, *, urgency: Urgency | None = None
    ) -> str:
        """A registered case."""
        self.send(
            Accept(
                case=name,
                channel=Channel.PHONE,
                category=category,
                urgency=urgency,
                position=at,
                register=True,
                private=Private(citizen="王小明", phone="13800000000", words="…", address=name),
            )
        )
        return name

    def worker_at(self, worker: Worker, at: Position) -> None:
        """A worker on duty at a place, seen just now."""
        self.send(SetDuty(worker=worker.id, on_duty=True))
        now = self.now()
        self.api.post_positions([Fix(worker=worker.id, position=at, fix_at=now, received_at=now)])

    def of_type(self, kind: str) -> list[Event]:
        """Events of a type, about whatever."""
        return [event for event in self.log() if event.type == kind]

    def wait_type(self, kind: str) -> Event:
        """The first event of a type, once it is in the log."""
        return wait_for(lambda: self.of_type(kind), f"{kind} in the log")[0]

    def log(self) -> list[Event]:
        """The central log."""
        return self.api.log(1, self.api.health().rev)

    def events(self, kind: str, case: str) -> list[Event]:
        """Events of a type about a case or its assignments."""
        orders = {
            e.entity
            for e in self.log()
            if e.type == "assignment.sent" and e.change.get("case") == case
        }
        about = orders | {f"case:{case}"}
        return [e for e in self.log() if e.type == kind and e.entity in about]

    def wait_event(self, kind: str, case: str) -> Event:
        """The first event of a type about the case, once it is in the log."""
        return wait_for(lambda: self.events(kind, case), f"{kind} of {case} in the log")[0]


@contextmanager
def start_scene(folder: Path) -> Iterator[Scene]:
    """Run `python -m console.central` until the block ends."""
    token_file = folder / "token"
    token_file.write_text(TOKEN + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "console.central", "--port", "0", "--until-eof"]
    command += [
        "--data-dir",
        str(folder),
        "--token-file",
        str(token_file),
        "--city",
        str(DEFAULT_CITY),
    ]
    central = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert central.stdin is not None
    assert central.stdout is not None
    try:
        ready = json.loads(central.stdout.readline())
        assert ready["ready"], ready
        api = Api(ready["url"], TOKEN, "test:field", "field")
        yield Scene(ready["url"], token_file, api, load_city(DEFAULT_CITY), central)
    finally:
        central.stdin.close()
        central.wait(timeout=15)
