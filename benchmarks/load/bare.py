"""The reference: a bare asyncio server that sends frames of the same size at the same pace to as many readers.

`python -m benchmarks.load.bare EVENTS_PER_S EVENT_BYTES FIXES_BYTES` prints its address; `GET /v1/bytes?n=N`
answers N bytes.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


class Bare:
    """Knows nothing but its readers."""

    def __init__(self, rate: float, event_bytes: int, fixes_bytes: int) -> None:
        """As many events a second, of such sizes."""
        self._rate, self._event, self._fixes = rate, event_bytes, fixes_bytes
        self._writers: set[asyncio.StreamWriter] = set()
        self._rev = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            line = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        except asyncio.IncompleteReadError:
            writer.close()
            return
        path, query = urlsplit(line).path, parse_qs(urlsplit(line).query)
        if path == "/v1/bytes":
            size = int(query["n"][0])
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + bytes(size))
        elif path == "/v1/snapshot":
            body = b'{"epoch":"bare","rev":0}' + b" " * 400
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        else:
            writer.write(_HEAD + _chunk(b"event: bookmark\ndata: {}\n\n"))
            self._writers.add(writer)

    async def run(self) -> None:
        """Send for ever."""
        next_fixes = time.monotonic()
        while True:
            await asyncio.sleep(1 / self._rate)
            self._rev += 1
            at = datetime.now(UTC).isoformat()
            data = json.dumps(
                {"at": at, "pad": "x" * max(0, self._event - 60)}, separators=(",", ":")
            )
            frames = f"id: bare:{self._rev}\nevent: event\ndata: {data}\n\n".encode()
            if time.monotonic() >= next_fixes:
                next_fixes += 1.0
                frames += b"event: fixes\ndata: %b\n\n" % (b"x" * self._fixes)
            chunk = _chunk(frames)
            for writer in list(self._writers):
                if writer.is_closing():
                    self._writers.discard(writer)
                else:
                    writer.write(chunk)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


async def serve(rate: float, event_bytes: int, fixes_bytes: int) -> None:
    """Say where, and serve until the parent ends it."""
    bare = Bare(rate, event_bytes, fixes_bytes)
    server = await asyncio.start_server(bare.answer, "127.0.0.1", 0, backlog=1000)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await bare.run()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
