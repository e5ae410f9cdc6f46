"""Many streaming consoles in one process, as light as they can be: they time each event's way and come back after a break.

`python -m benchmarks.load.readers URL,URL… COUNT TOKEN_FILE [--relist]` reads words from standard
input (`wait`, `mark`, `report`, `break`) and answers each with one JSON line.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from array import array
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.load.figures import spread
from console.client.backoff import full_jitter

_FRAME = re.compile(rb"(?:id: ([^\n]*)\n)?event: (\w+)\ndata: ([^\n]*)\n\n")
_AT = re.compile(rb'"at":"([^"]+)"')
_LENGTH = re.compile(rb"content-length: (\d+)")
_PAGES = re.compile(rb"baton-pages: (\d+)")
_EPOCH = re.compile(rb'"epoch":"([^"]+)"')
_REV = re.compile(rb'"rev":(\d+)')
_BUFFER = 1024 * 1024


class Crowd:
    """All readers of this process."""

    def __init__(self, urls: list[str], token: str, *, relist: bool) -> None:
        """`relist`: a reader that comes back takes a whole snapshot first."""
        self.urls, self.token, self.relist = urls, token, relist
        self.live: set[int] = set()
        self.delays = array("d")
        self.frames = 0
        self.resyncs = 0
        self.breaks = 0
        self.came_back: dict[int, float] = {}
        self._moments: dict[bytes, float] = {}

    def mark(self) -> None:
        """Measure from now on."""
        self.delays = array("d")
        self.frames = self.resyncs = self.breaks = 0

    def moment(self, text: bytes) -> float:
        """An RFC 3339 time as seconds; every reader sees the same few."""
        found = self._moments.get(text)
        if found is None:
            if len(self._moments) > 5000:
                self._moments.clear()
            found = datetime.fromisoformat(text.decode()).timestamp()
            self._moments[text] = found
        return found

    def report(self) -> dict[str, object]:
        """What was measured since the mark."""
        return {
            "delivery_ms": spread([1000 * delay for delay in self.delays]),
            "deliveries": len(self.delays),
            "frames": self.frames,
            "resyncs": self.resyncs,
            "breaks": self.breaks,
            "live": len(self.live),
        }


class Reader:
    """One console's stream."""

    def __init__(self, crowd: Crowd, number: int) -> None:
        """Of this crowd."""
        self._crowd, self._number = crowd, number
        parts = urlsplit(crowd.urls[number % len(crowd.urls)])
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._last = b""
        self._lost = False

    async def run(self) -> None:
        """Follow, and come back after a break as the console does."""
        attempt = 0
        while True:
            was_live = await self._follow()
            self._crowd.live.discard(self._number)
            self._crowd.breaks += 1
            self._lost = True
            attempt = 0 if was_live else attempt + 1
            await asyncio.sleep(full_jitter(attempt))

    async def _follow(self) -> bool:
        try:
            if not self._last or (self._lost and self._crowd.relist):
                await self._snapshot()
            return await self._stream()
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
            return False

    async def _open(self, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]:
        """A connection whose answer has begun: it was a 200, and these are its headers."""
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=_BUFFER)
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept: */*\r\n"
            f"Authorization: Bearer {self._crowd.token}\r\nBaton-Seat: load-{self._number}\r\n"
            "Baton-Role: wall\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            writer.close()
            raise ValueError(head[:60])
        return reader, writer, head.lower()

    async def _snapshot(self) -> None:
        """Every page, read to its end as a console does; what is in it does not matter here."""
        page, pages, rev = 0, 1, b""
        while page < pages:
            of = f"&rev={rev.decode()}" if rev else ""
            reader, writer, head = await self._open(f"/v1/snapshot?page={page}{of}")
            try:
                body = await reader.readexactly(int(_LENGTH.findall(head)[0]))
            finally:
                writer.close()
            if page == 0:
                rev = _REV.findall(body)[0]
                self._last = _EPOCH.findall(body)[0] + b":" + rev
                pages = int((_PAGES.findall(head) or [b"1"])[0])
            page += 1

    async def _stream(self) -> bool:
        epoch, _, rev = self._last.decode().rpartition(":")
        reader, writer, _ = await self._open(f"/v1/events?after={rev}&epoch={epoch}")
        kept, live = b"", False
        try:
            while data := await reader.read(_BUFFER):
                now = time.time()
                kept += data
                end = 0
                for found in _FRAME.finditer(kept):
                    end = found.end()
                    live = self._take(found, now) or live
                kept = kept[end:]
        finally:
            writer.close()
        return live

    def _take(self, found: "re.Match[bytes]", now: float) -> bool:
        """One frame; whether the stream is live by it."""
        crowd, kind = self._crowd, found[2]
        crowd.frames += 1
        if found[1]:
            self._last = found[1]
        if kind == b"event":
            at = _AT.search(found[3])
            if at is not None and self._number in crowd.live:
                crowd.delays.append(now - crowd.moment(at[1]))
        elif kind == b"bookmark":
            crowd.live.add(self._number)
            if self._lost:
                self._lost = False
                crowd.came_back[self._number] = now
            return True
        elif kind == b"resync":
            crowd.resyncs += 1
            self._last = b""
        return False


async def serve(crowd: Crowd, count: int) -> None:
    """Start the readers and answer the words."""
    tasks = [asyncio.create_task(Reader(crowd, number).run()) for number in range(count)]
    loop = asyncio.get_running_loop()
    while word := (await loop.run_in_executor(None, sys.stdin.readline)).strip():
        answer: dict[str, object] = {}
        if word == "wait":
            while len(crowd.live) < count:
                await asyncio.sleep(0.02)
        elif word == "mark":
            crowd.mark()
        elif word == "report":
            answer = crowd.report()
        elif word == "break":
            crowd.came_back.clear()
        elif word == "back":
            while len(crowd.came_back) < count:
                await asyncio.sleep(0.02)
            answer = {"moments": sorted(crowd.came_back.values())}
        print(json.dumps(answer), flush=True)
    for task in tasks:
        task.cancel()


def main() -> None:
    """Work until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls")
    parser.add_argument("count", type=int)
    parser.add_argument("token_file", type=Path)
    parser.add_argument("--relist", action="store_true")
    given = parser.parse_args()
    token = given.token_file.read_text(encoding="utf-8").split()[0]
    asyncio.run(serve(Crowd(given.urls.split(","), token, relist=given.relist), given.count))


if __name__ == "__main__":
    main()
