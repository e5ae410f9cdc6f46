"""A central API in a process of its own, for tests: start it, talk to it, kill it, start it again."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests

from console.client.api import Api

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "packs" / "tiny"
TOKEN = "test-token-0123456789"
PATIENCE_S = 60
COMPILED = Path(tempfile.gettempdir()) / "baton-test-boundaries"


class NotReady(Exception):
    """The process told why it cannot start; `problem` is its JSON line, `code` its exit code."""

    def __init__(self, problem: Mapping[str, Any], code: int, errors: str) -> None:
        super().__init__(f"{problem} {errors}")
        self.problem = problem
        self.code = code
        self.errors = errors


@dataclass
class Central:
    """One running central API."""

    url: str
    epoch: str
    data_dir: Path
    token_file: Path
    process: "subprocess.Popen[bytes]"
    token: str = TOKEN
    database: str | None = None
    session: requests.Session = field(default_factory=requests.Session)

    def headers(self, role: str | None = "dispatcher", seat: str = "seat-1") -> dict[str, str]:
        """What a seat sends with every request."""
        found = {"Authorization": f"Bearer {self.token}", "Baton-Seat": quote(seat)}
        return found if role is None else found | {"Baton-Role": role}

    def api(self, role: str = "dispatcher", seat: str = "seat-1") -> Api:
        """The console's own client for a seat."""
        return Api(self.url, self.token, seat, role)

    def request(
        self, method: str, path: str, role: str | None = "dispatcher", **more: Any
    ) -> requests.Response:
        """One request of a seat; `headers` are added to its own."""
        headers = self.headers(role) | more.pop("headers", {})
        return self.session.request(
            method, self.url + path, headers=headers, timeout=PATIENCE_S, **more
        )

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self._reap()

    def stop(self) -> int:
        """By the end of its standard input; the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self._reap()

    def _reap(self) -> int:
        self.session.close()
        code = self.process.wait(PATIENCE_S)
        _copy_cache(self.data_dir / "cache", COMPILED)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        return code


def start_central(
    data_dir: Path,
    city: Path = TINY,
    *,
    port: int = 0,
    grants: str = TOKEN,
    database: str | None = None,
    program: tuple[str, ...] = ("console.central",),
    extra: tuple[str, ...] = (),
) -> Central:
    """Start it and wait for its ready line; raises `NotReady`. `database` is the address of a PostgreSQL one.

    `program` is the module that is run, with words before the API's own options.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    _copy_cache(COMPILED, data_dir / "cache")
    token_file = data_dir.with_name(f"{data_dir.name}.token")
    token_file.write_text(grants, encoding="utf-8")
    command = [sys.executable, "-m", *program, "--port", str(port)]
    command += ["--data-dir", str(data_dir), "--token-file", str(token_file)]
    command += ["--city", str(city), "--until-eof", *extra]
    errors = (data_dir.with_name(f"{data_dir.name}.stderr")).open("ab")
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=os.environ
        | {"PYTHONUNBUFFERED": "1"}
        | ({"BATON_DATABASE": database} if database else {}),
    )
    errors.close()
    assert process.stdout is not None
    line = process.stdout.readline()
    silent: dict[str, Any] = {"ready": False, "problem": "silent"}
    told: dict[str, Any] = json.loads(line) if line else silent
    if not told["ready"]:
        code = process.wait(PATIENCE_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        raise NotReady(told, code, stderr_of(data_dir))
    token = grants.split()[0]
    return Central(told["url"], told["epoch"], data_dir, token_file, process, token, database)


def _copy_cache(source: Path, target: Path) -> None:
    """Compiled boundaries, shared by all tests: they carry their pack's hash, compiling takes seconds."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)


def stderr_of(data_dir: Path) -> str:
    """What the processes on this data folder have said on standard error."""
    return data_dir.with_name(f"{data_dir.name}.stderr").read_text(encoding="utf-8")


@contextmanager
def running_central(data_dir: Path, city: Path = TINY, **options: Any) -> Iterator[Central]:
    """A central API for a while; it must end cleanly if it is still there."""
    central = start_central(data_dir, city, **options)
    try:
        yield central
    finally:
        if central.process.poll() is None:
            assert central.stop() == 0, stderr_of(data_dir)


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    """A new central API of the tiny city; import this fixture where it is wanted."""
    with running_central(tmp_path / "central") as found:
        yield found


@dataclass(frozen=True)
class Frame:
    """One server-sent event as it came over the line."""

    kind: str
    data: Any
    id: str | None


class Listener:
    """Reads a stream on a thread of its own; `wait` waits for a frame that fits."""

    def __init__(self, central: Central, **query: Any) -> None:
        self._response = central.session.get(
            central.url + "/v1/events",
            params=query,
            headers=central.headers(),
            stream=True,
            timeout=PATIENCE_S,
        )
        self.status = self._response.status_code
        self.frames: list[Frame] = []
        self.ended = threading.Event()
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        if self.status == 200:
            self._thread.start()

    def _read(self) -> None:
        fields: dict[str, str] = {}
        try:
            for line in self._response.iter_lines(chunk_size=None):
                if line:
                    name, _, value = line.decode().partition(": ")
                    fields[name] = value
                elif fields:
                    frame = Frame(fields["event"], json.loads(fields["data"]), fields.get("id"))
                    with self._news:
                        self.frames.append(frame)
                        self._news.notify_all()
                    fields = {}
        except (requests.RequestException, AttributeError, ValueError):
            pass  # closed from here or there
        finally:
            self.ended.set()
            with self._news:
                self._news.notify_all()

    def wait(self, fits: Callable[[Frame], bool]) -> Frame:
        """The first frame that fits, come or yet to come."""
        end = time.monotonic() + PATIENCE_S
        with self._news:
            while True:
                for frame in self.frames:
                    if fits(frame):
                        return frame
                left = end - time.monotonic()
                if left <= 0 or self.ended.is_set():
                    raise AssertionError(f"no such frame among {self.frames[-5:]}")
                self._news.wait(left)

    def wait_event(self, kind: str) -> Any:
        """The first committed event of that type."""
        return self.wait(lambda f: f.kind == "event" and f.data["type"] == kind).data

    def of(self, kind: str) -> list[Any]:
        """The data of every frame of a kind so far."""
        with self._news:
            return [frame.data for frame in self.frames if frame.kind == kind]

    def close(self) -> None:
        """Leave."""
        if self._thread.is_alive():
            self._response.raw.shutdown()
            self._thread.join(PATIENCE_S)
        self._response.close()
