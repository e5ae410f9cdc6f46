"""A central API with a simulated city, and a hand that gives it commands in any role."""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from console.client.api import Api
from console.domain.city import City
from console.domain.command import Command
from console.geo.city import load_city
from console.paths import DEFAULT_CITY, ROOT
from console.wire.commands import Envelope, wrap

TOKEN = "a-token-for-the-manual-only"  # noqa: S105 - a centre on loopback that lives for minutes
SEED = 12345
BATCH = 400
SNAPSHOT_S = 6.0
"""A centre builds its snapshot anew every five seconds: after that it knows the feed's last word."""


class Refused(Exception):
    """The centre did not do what the scene needs."""


class Centre:
    """One running centre, whose domain clock only this hand sets; times are aware UTC."""

    def __init__(self, url: str, token_file: Path, city: City) -> None:
        """Take the clock over from the feed: from now on it runs as real time does."""
        self.url, self.token_file, self.city = url, token_file, city
        self.api = Api(url, TOKEN, "A-09", "field")
        time.sleep(SNAPSHOT_S)
        self._pages = self.api.snapshot()
        clock = self._pages[0].clock
        passed = datetime.now(UTC) - clock.server_time
        self._ahead = clock.domain_time + clock.rate * passed - datetime.now(UTC)
        self.pass_time(timedelta())

    def send(self, *commands: Command, role: str = "field") -> None:
        """Commit commands in a role; raises `Refused`."""
        wrapped = [wrap(command, uuid.uuid4().hex) for command in commands]
        for start in range(0, len(wrapped), BATCH):
            self._send(wrapped[start : start + BATCH], role)

    def _send(self, envelopes: list[Envelope], role: str) -> None:
        for envelope, answer in zip(envelopes, self.api.send_batch(envelopes, role), strict=True):
            if not answer.committed:
                raise Refused(f"{envelope.type}: {answer.problem} {answer.detail}")

    def now(self) -> datetime:
        """Domain time."""
        return datetime.now(UTC) + self._ahead

    def pass_time(self, span: timedelta) -> None:
        """Domain time jumps on."""
        self._ahead += span
        self.api.set_clock(self.now(), 1.0, True)

    def see_everybody(self) -> None:
        """All workers are seen just now, where they were when the feed ended."""
        now = self.now()
        fixes = [replace(fix, fix_at=now) for page in self._pages for fix in page.fixes]
        self.api.post_positions(fixes)


@contextmanager
def running_centre(folder: Path, from_hour: float, live_for: int) -> Iterator[Centre]:
    """A centre whose city has lived until `from_hour` local time and `live_for` reports of its feed longer."""
    token_file = folder / "token"
    token_file.write_text(TOKEN + "\n", encoding="utf-8")
    common = ["--token-file", str(token_file), "--city", str(DEFAULT_CITY)]
    with _child("console.central", "--port", "0", "--data-dir", str(folder), *common) as centre:
        ready = _line(centre)
        if not ready.get("ready"):
            raise Refused(str(ready))
        url = str(ready["url"])
        _live(url, folder, common, from_hour, live_for)
        yield Centre(url, token_file, load_city(DEFAULT_CITY))


def _live(url: str, folder: Path, common: list[str], from_hour: float, live_for: int) -> None:
    """Let the simulator tell the day so far and a little more; then it ends."""
    words = ["sim", "--api", url, "--seed", str(SEED), "--from-hour", str(from_hour)]
    words += ["--speed", "1", "--cache-dir", str(folder / "cache"), *common]
    with _child("console.feed", *words) as feed:
        while live_for > 0:
            told = _line(feed)
            if told.get("state") in (None, "failed"):
                raise Refused(str(told))
            live_for -= told.get("state") == "live"


@contextmanager
def _child(module: str, *words: str) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", module, *words, "--until-eof"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        _pipe(process.stdin).close()
        try:
            process.wait(timeout=15)
        finally:
            process.kill()


def _line(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_pipe(process.stdout).readline() or b"{}")
    return found


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("a child without pipes")
    return pipe
