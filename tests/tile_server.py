"""A map service of our own in a thread: pictures, and every way in which a service can be bad."""

import ssl
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


def png(
    colour: tuple[int, int, int] = (90, 120, 150),
    side: int = 256,
    cross: tuple[int, int] | None = None,
) -> bytes:
    """A picture of one colour; `cross`: a white one of single pixels at (x, y)."""
    row = bytes(colour) * side
    rows = [bytearray(row) for _ in range(side)]
    if cross is not None:
        x, y = cross
        rows[y] = bytearray(b"\xff" * (3 * side))
        for one in rows:
            one[3 * x : 3 * x + 3] = b"\xff\xff\xff"
    raw = b"".join(b"\0" + bytes(one) for one in rows)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


Answer = Callable[[str, dict[str, str]], Reply]
"""Path with query, and headers by lower case name → what is answered; it may wait."""


def picture(_path: str = "", _headers: dict[str, str] | None = None) -> Reply:
    return Reply(200, png(), {"Content-Type": "image/png"})


class TileServer:
    """`asked` holds every path, `heard` the headers of each; `answer` may be changed at any time."""

    def __init__(self, answer: Answer = picture, tls: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.heard: list[dict[str, str]] = []
        self.released = threading.Event()
        """What waits may go on."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.asked.append(self.path)
                server.heard.append(headers)
                reply = server.answer(self.path, headers)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.status != 304:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                try:
                    self.wfile.write(reply.body)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.port = int(self._http.server_address[1])
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> "TileServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()
