"""What the feed tells its starter: one JSON object a line on standard output."""

import json
import sys
import time
from collections import Counter
from typing import TextIO

EVERY_S = 3.0
"""Real seconds between two reports of a feed that lives."""


class Status:
    """Counts and reports; a starter that has gone away is no error."""

    def __init__(self, out: TextIO | None = None) -> None:
        """Writes to standard output where nothing else is given."""
        self._out = out or sys.stdout
        self._last = float("-inf")
        self._deaf = False
        self.commands: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.positions = 0
        self.unreachable = 0

    def say(self, state: str, **more: object) -> None:
        """One line now."""
        if self._deaf:
            return
        line = json.dumps({"state": state, **more}, ensure_ascii=False)
        try:
            print(line, file=self._out, flush=True)
        except (BrokenPipeError, ValueError):
            self._deaf = True

    def live(self, **more: object) -> None:
        """A line of counts, not more often than every few seconds."""
        now = time.monotonic()
        if now - self._last >= EVERY_S:
            self._last = now
            self.say("live", **self.counts(), **more)

    def counts(self) -> dict[str, object]:
        """What was sent and what was refused so far."""
        return {
            "commands": sum(self.commands.values()),
            "calls": self.commands["accept"],
            "dispatched": self.commands["dispatch"],
            "acknowledged": self.commands["acknowledge"],
            "closed": self.commands["call_back"],
            "refused": dict(self.refused),
            "positions": self.positions,
            "unreachable": self.unreachable,
        }
