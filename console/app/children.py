"""The processes beside the window: the embedded central API and its feed; they end when we end."""

import logging
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from console.app.problems import StartProblem
from console.paths import ROOT, cache_dir, private_file
from console.settings import Settings
from console.wire.codec import BadInput, decode

log = logging.getLogger(__name__)

REJECTED = "rejected-rows.txt"
"""In the data folder: the rows of a recorded day that could not be read, with line and reason."""

END_S = 6
"""How long a child may take to end by itself, seconds."""


class Child:
    """A Python module in its own process, which ends when its standard input ends."""

    def __init__(self, module: str, arguments: list[str], environment: dict[str, str]) -> None:
        """Start it; its standard error goes to ours."""
        self._process = subprocess.Popen(  # noqa: S603 - our own module and our own arguments
            [sys.executable, "-m", module, *arguments, "--until-eof"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, **environment},
        )

    def line(self) -> dict[str, Any] | None:
        """The next JSON line it says, None at its end; other lines are logged and skipped."""
        if self._process.stdout is None:
            return None
        for line in self._process.stdout:
            try:
                return decode(line, dict[str, Any])
            except BadInput:
                log.warning("a child said: %r", line[:200])
        return None

    def end(self) -> None:
        """Close its standard input and wait; a child that does not end is killed."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=END_S)
        except subprocess.TimeoutExpired:
            log.warning("a child did not end by itself")
            self._process.kill()
            self._process.wait()

    @property
    def returncode(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll()


@dataclass(frozen=True, slots=True)
class Centre:
    """A central API that answers: its address and the token for it."""

    url: str
    token: str


class EmbeddedCentral:
    """The central API as a child process on loopback, with a token for this run only."""

    def __init__(self, settings: Settings) -> None:
        """Start it at once; `wait` tells when it answers."""
        self.token = secrets.token_urlsafe(32)
        token_file = settings.data_dir / "run" / "token"
        private_file(token_file, self.token + "\n")
        arguments = ["--port", "0", "--data-dir", str(settings.data_dir)]
        arguments += ["--token-file", str(token_file), "--city", str(settings.city)]
        self._child = Child("console.central", arguments, {})
        self._ending = False

    def wait(self) -> Centre:
        """Block until it answers; raises `StartProblem` with what it says is wrong."""
        line = self._child.line()
        if line is None:
            raise StartProblem(
                "内置中心没有启动。请查看日志后重试。",
                "The embedded central API did not start. Look at the log and try again.",
            )
        if not line.get("ready"):
            raise StartProblem(str(line.get("zh", line)), str(line.get("en", line)))
        return Centre(url=str(line["url"]), token=self.token)

    def watch(self, failed: Callable[[StartProblem], None]) -> None:
        """Read on after it is ready: it may find out later that it cannot go on, or end."""
        reader = threading.Thread(target=self._read, args=(failed,), daemon=True)
        reader.start()

    def _read(self, failed: Callable[[StartProblem], None]) -> None:
        while (line := self._child.line()) is not None:
            if line.get("ready") is False:
                failed(StartProblem(str(line.get("zh", line)), str(line.get("en", line))))
                return
        if not self._ending:
            failed(
                StartProblem(
                    "内置中心意外结束。请重新启动；已确认的派单都在日志里。",
                    "The embedded central API ended unexpectedly. Start again; confirmed orders "
                    "are in its log.",
                )
            )

    def end(self) -> None:
        """End it."""
        self._ending = True
        self._child.end()


class FeedChild:
    """A feed as a child process; what it says arrives through `told`, on its own thread."""

    def __init__(
        self,
        settings: Settings,
        centre: Centre,
        told: Callable[[dict[str, Any]], None],
    ) -> None:
        """Start it and a thread that reads what it says."""
        choice = settings.feed
        arguments = [choice.source, "--api", centre.url, "--city", str(settings.city)]
        arguments += ["--speed", str(choice.speed), "--seed", str(choice.seed)]
        arguments += ["--calls", str(choice.calls)]
        arguments += ["--cache-dir", str(cache_dir(settings.data_dir))]
        if choice.mapping is not None:
            arguments += ["--mapping", str(choice.mapping)]
            arguments += ["--list-rejected", str(settings.data_dir / REJECTED)]
        if choice.from_hour is not None:
            arguments += ["--from-hour", str(choice.from_hour)]
        self._child = Child("console.feed", arguments, {"BATON_TOKEN": centre.token})
        self._told = told
        self._ending = False
        self._reader = threading.Thread(target=self._read, name="baton-feed", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        state = ""
        while (line := self._child.line()) is not None:
            state = str(line.get("state"))
            self._told(line)
        if not self._ending and state not in ("failed", "ended"):
            zh, en = "数据源意外结束，请重新启动", "it ended unexpectedly, start the console again"
            self._told({"state": "failed", "zh": zh, "en": en})

    def end(self) -> None:
        """End it."""
        self._ending = True
        self._child.end()
