"""A small real HTTP server that behaves as badly as a test wants."""

import json
import ssl
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from console.client.api import Api
from console.domain.event import EntityKind, Event
from console.wire.codec import encode
from console.wire.frames import Bookmark
from console.wire.messages import Message
from tests.builders import event

Reply = tuple[int, object] | tuple[int, object, dict[str, str]]
"""Status, body, headers; a body of bytes is sent as it is."""
Talk = Callable[["Connection"], None]


def events(first: int, last: int, **fields: Any) -> list[Event]:
    """Events of revs first to last, inclusive."""
    return [event(rev, EntityKind.WORKER, "W1", **fields) for rev in range(first, last + 1)]


def frame(kind: str, value: object) -> bytes:
    """One SSE frame."""
    return b"event: " + kind.encode() + b"\ndata: " + encode(value) + b"\n\n"


def problem(status: int, code: str, **fields: object) -> Reply:
    """An RFC 9457 problem document."""
    return status, {"type": f"urn:baton:{code}", "status": status, "problem": code, **fields}


class Connection:
    """One open stream, as the talk of a test sees it."""

    def __init__(self, handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        self._handler = handler
        self._over = over
        self.query = {k: v[0] for k, v in parse_qs(urlsplit(handler.path).query).items()}

    def raw(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def send(self, *told: Event | Bookmark) -> None:
        for one in told:
            self.raw(frame("event" if isinstance(one, Event) else "bookmark", one))

    def silence(self) -> None:
        """Say nothing until the test is over."""
        self._over.wait()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A console that hangs up, or does not trust us, is what is tested."""


class FakeCentre:
    """Talks are used one a connection; the last one again and again. Replies likewise, by path."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.talks: list[Talk | Reply] = [Connection.silence]
        self.replies: dict[str, list[Reply | Callable[[dict[str, Any]], Reply]]] = {}
        self.asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.headers: dict[str, list[dict[str, str]]] = defaultdict(list)
        self.over = threading.Event()
        self._lock = threading.Lock()
        centre = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: object) -> None:
                """Say nothing on the terminal."""

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
                if parts.path == "/v1/events":
                    centre._stream(self, asked)
                else:
                    centre._answer(self, parts.path, asked)

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                centre._answer(self, self.path, json.loads(self.rfile.read(length)))

            do_DELETE = do_GET

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._tls = tls is not None
        if tls is not None:
            # The handshake in the connection's own thread: one that fails must not end the server.
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def api(self) -> Api:
        return Api(self.url, "secret", "seat-1", "dispatcher")

    def shut(self) -> None:
        """Nobody listens here any more."""
        self._server.shutdown()
        self._server.server_close()

    def reply(self, path: str, *replies: Reply | Callable[[dict[str, Any]], Reply]) -> None:
        self.replies[path] = list(replies)

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _next(self, queue: list[Any]) -> Any:
        with self._lock:
            return queue.pop(0) if len(queue) > 1 else queue[0]

    def _answer(self, handler: BaseHTTPRequestHandler, path: str, asked: dict[str, Any]) -> None:
        with self._lock:
            self.asked[path].append(asked)
            self.headers[path].append(dict(handler.headers.items()))
        reply = self._next(self.replies[path])
        status, body, *more = reply(asked) if callable(reply) else reply
        if status == 0:
            return  # the line goes dead without an answer
        data = body if isinstance(body, bytes) else encode(body)
        handler.send_response(status)
        for name, value in (more[0] if more else {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _stream(self, handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        with self._lock:
            self.asked["/v1/events"].append(asked)
        talk = self._next(self.talks)
        if isinstance(talk, tuple):
            status, body = talk[:2]
            data = encode(body)
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
            return
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        handler.wfile.flush()
        # The console may go away in the middle.
        with suppress(OSError):
            talk(Connection(handler, self.over))


class Sink:
    """Collects messages and waits for one."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._news = threading.Condition()

    def __call__(self, message: Message) -> None:
        with self._news:
            self.messages.append(message)
            self._news.notify_all()

    def wait_for(self, wanted: Callable[[list[Message]], bool], seconds: float = 20) -> None:
        """Until the messages so far are as wanted; fails after the time."""
        with self._news:
            found = self._news.wait_for(lambda: wanted(self.messages), seconds)
        assert found, self.messages

    def all(self, kind: type[Any]) -> list[Any]:
        with self._news:
            return [message for message in self.messages if isinstance(message, kind)]


@contextmanager
def fake_centre(tls: ssl.SSLContext | None = None) -> Iterator[FakeCentre]:
    """A centre for one test."""
    made = FakeCentre(tls)
    try:
        yield made
    finally:
        made.close()
