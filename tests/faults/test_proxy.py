"""The fault proxy: invisible while all is well, and each trouble does what its name says."""

import asyncio
import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit

import pytest

from tests.faults.proxy import Proxy, Trouble

BODY = bytes(range(256)) * 40
PATIENCE_S = 30


class Echo(ThreadingHTTPServer):
    """Answers a POST with its body, any GET with `BODY`; remembers what it was sent."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Lines break here all the time."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self.news = threading.Condition()
        super().__init__(("127.0.0.1", 0), _Handler)

    def wait(self, count: int) -> None:
        with self.news:
            assert self.news.wait_for(lambda: len(self.seen) >= count, PATIENCE_S), self.seen


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Echo

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.news:
            self.server.seen.append(body)
            self.server.news.notify_all()
        self._answer(body)

    def do_GET(self) -> None:
        self._answer(BODY)

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    found = Proxy(echo.server_address[1], Random(5))
    found.start()
    yield found
    found.heal()
    found.close()


@pytest.fixture
def line(proxy: Proxy) -> Iterator[http.client.HTTPConnection]:
    connection = connect(proxy)
    yield connection
    connection.close()


def connect(proxy: Proxy, seconds: float = PATIENCE_S) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(proxy.url).netloc, timeout=seconds)


def get(connection: http.client.HTTPConnection) -> bytes:
    connection.request("GET", "/")
    return connection.getresponse().read()


def command(connection: http.client.HTTPConnection, body: bytes) -> bytes:
    connection.request("POST", "/v1/commands", body)
    return connection.getresponse().read()


def test_it_is_invisible_while_all_is_well(proxy: Proxy, line: http.client.HTTPConnection) -> None:
    for number in range(3):
        assert get(line) == BODY
        assert command(line, b"x" * number) == b"x" * number
    assert proxy.harmed == 0


@pytest.mark.parametrize("kind", [Trouble.LATENCY, Trouble.SLICES, Trouble.SLOW_READER])
def test_slow_ways_change_nothing_else(
    kind: Trouble, proxy: Proxy, line: http.client.HTTPConnection
) -> None:
    proxy.trouble(kind)
    assert get(line) == BODY
    assert command(line, b"hello") == b"hello"
    assert proxy.harmed > 0


def test_slices_are_of_one_to_ten_bytes(proxy: Proxy) -> None:
    proxy.trouble(Trouble.SLICES)
    out = Pieces()
    asyncio.run(proxy.pass_on(None, out, BODY))  # type: ignore[arg-type]
    assert b"".join(out.pieces) == BODY
    assert {len(piece) for piece in out.pieces} == set(range(1, 11))


class Pieces:
    """Stands for the writing end of a line."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.pieces.append(data)

    async def drain(self) -> None:
        """Everything is gone at once."""


def test_lines_are_cut(proxy: Proxy) -> None:
    proxy.trouble(Trouble.CUT)
    broken = 0
    for _ in range(20):
        line = connect(proxy)
        try:
            # Cut in the head the length is not known: that looks like a short answer.
            broken += any(get(line) != BODY for _ in range(10))
        except (OSError, http.client.HTTPException):
            broken += 1
        line.close()
    assert broken == 20, "64 KiB is the most that goes over a line"


def test_nothing_comes_out_of_a_black_hole_before_it_is_healed(echo: Echo, proxy: Proxy) -> None:
    proxy.trouble(Trouble.BLACK_HOLE)
    lost, kept = connect(proxy, 0.3), connect(proxy)
    with pytest.raises(OSError, match="timed out"):
        command(lost, b"lost")
    assert echo.seen == []
    kept.request("POST", "/v1/commands", b"kept")
    proxy.heal()
    assert kept.getresponse().read() == b"kept"
    lost.close()
    kept.close()


def test_a_command_is_doubled(echo: Echo, proxy: Proxy, line: http.client.HTTPConnection) -> None:
    proxy.trouble(Trouble.DUPLICATE)
    for number in range(6):
        body = str(number).encode()
        assert command(line, body) == body, "one answer, to the one who asked"
    echo.wait(12)
    assert sorted(echo.seen) == sorted(str(number).encode() for number in range(6) for _ in "ab")


def test_a_reply_is_lost_after_the_centre_has_acted(echo: Echo, proxy: Proxy) -> None:
    proxy.trouble(Trouble.REPLY_LOST)
    lost = 0
    for number in range(12):
        line = connect(proxy)
        try:
            command(line, str(number).encode())
        except (OSError, http.client.HTTPException):
            lost += 1
        line.close()
    echo.wait(12)
    assert lost > 0
    assert len(echo.seen) == 12


def test_only_commands_are_doubled_or_lose_their_reply(proxy: Proxy) -> None:
    proxy.trouble(Trouble.DUPLICATE, Trouble.REPLY_LOST)
    line = connect(proxy)
    for _ in range(5):
        assert get(line) == BODY
    line.close()


def test_it_is_well_after_healing(proxy: Proxy) -> None:
    proxy.trouble(*Trouble)
    line = connect(proxy, 0.2)
    with pytest.raises((OSError, http.client.HTTPException)):
        get(line)
    line.close()
    proxy.heal()
    line = connect(proxy)
    assert get(line) == BODY
    assert command(line, b"again") == b"again"
    line.close()
