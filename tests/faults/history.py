"""Every operation of every client as it was seen from outside: what was sent when, what came back when."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from console.wire.commands import Answer


class Outcome(StrEnum):
    """How one sending ended for the client; without any it is still under way."""

    OK = "ok"
    FAILED = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sending of one command. Times are monotonic seconds of the test's process.

    `intention` is the operator's: a client may send it many times, and should do so under one key.
    """

    number: int
    seat: str
    intention: str
    key: str
    envelope: Mapping[str, Any]
    invoked: float
    ended: float | None = None
    outcome: Outcome | None = None
    status: int = 0
    first_rev: int | None = None
    rev: int | None = None
    problem: str = ""
    current: Mapping[str, int] = field(default_factory=dict)
    why: str = ""

    @property
    def ok(self) -> bool:
        return self.outcome is Outcome.OK

    @property
    def failed(self) -> bool:
        return self.outcome is Outcome.FAILED


class History:
    """Safe to write from many threads."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    def invoke(self, seat: str, envelope: Mapping[str, Any], intention: str | None = None) -> int:
        """A command goes out now; the number is told again with its outcome."""
        key = str(envelope["key"])
        with self._lock:
            number = len(self._entries)
            self._entries.append(
                Entry(number, seat, intention or key, key, dict(envelope), time.monotonic())
            )
        return number

    def answered(self, number: int, answer: Answer) -> None:
        """An answer came: of a committed command or of a refused one."""
        outcome = Outcome.OK if answer.committed else Outcome.FAILED
        self._end(
            number,
            outcome=outcome,
            status=answer.status,
            first_rev=answer.first_rev,
            rev=answer.rev,
            problem=answer.problem or "",
            current=dict(answer.current),
        )

    def unknown(self, number: int, why: str) -> None:
        """No answer came, or one that says nothing about the command."""
        self._end(number, outcome=Outcome.UNKNOWN, why=why)

    def _end(self, number: int, **found: Any) -> None:
        with self._lock:
            entry = self._entries[number]
            self._entries[number] = replace(entry, ended=time.monotonic(), **found)

    def entries(self) -> list[Entry]:
        """All of them up to now."""
        with self._lock:
            return list(self._entries)

    def open_intentions(self) -> set[str]:
        """What nobody knows the fate of."""
        entries = self.entries()
        settled = {entry.intention for entry in entries if entry.ok or entry.failed}
        return {entry.intention for entry in entries} - settled

    def write(self, file: Path) -> None:
        """A JSON line an entry, for who looks for the cause."""
        lines = [json.dumps(asdict(entry), ensure_ascii=False) for entry in self.entries()]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
