"""A TCP proxy between consoles and one centre that does to them what networks do."""

import asyncio
import re
import socket
import struct
import threading
from collections.abc import AsyncIterator
from enum import StrEnum
from random import Random

CHUNK = 65536
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)\r\n")
_COMMAND = b"POST /v1/commands HTTP/1.1\r\n"
_RECEIVE_BYTES = 16 * 1024
"""Small, so that a slow reader is felt at the other end and not only in the kernel's buffers."""


class Trouble(StrEnum):
    """What may be wrong with the way."""

    LATENCY = "latency"
    CUT = "cut"
    BLACK_HOLE = "black-hole"
    DUPLICATE = "duplicate"
    REPLY_LOST = "reply-lost"
    SLICES = "slices"
    SLOW_READER = "slow-reader"


class Proxy:
    """Listens on a port of its own, on a thread of its own; its trouble may change at any time."""

    def __init__(self, target_port: int, rnd: Random) -> None:
        """Nothing listens before `start`; the target is on this machine."""
        self.troubles: frozenset[Trouble] = frozenset()
        self.harmed = 0
        """How often something was done to somebody: a test in which nothing happened says nothing."""
        self._target_port = target_port
        self._rnd = rnd
        self._loop = asyncio.new_event_loop()
        self._healed = asyncio.Event()
        self._forgets = False
        self._lines: set[_Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        """Listen."""
        self._thread.start()

    def trouble(self, *kinds: Trouble) -> None:
        """From here on, on the connections there are too."""
        self._now(self._set, frozenset(kinds))

    def heal(self) -> None:
        """The way is good again; what a black hole held goes on, or its connections are reset."""
        self._now(self._set, frozenset())

    def close(self) -> None:
        """End every connection."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _now(self, act: object, *arguments: object) -> None:
        done = threading.Event()

        def run() -> None:
            act(*arguments)  # type: ignore[operator]
            done.set()

        self._loop.call_soon_threadsafe(run)
        done.wait()

    def _set(self, kinds: frozenset[Trouble]) -> None:
        self.troubles = kinds
        if Trouble.BLACK_HOLE in kinds:
            self._healed.clear()
            self._forgets = self._rnd.random() < 0.5
            return
        held = not self._healed.is_set()
        self._healed.set()
        if held and self._forgets:
            for line in list(self._lines):
                line.reset()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._healed.set()
        serving = self._loop.run_until_complete(
            asyncio.start_server(self._connected, sock=self._listener, limit=CHUNK)
        )
        self._loop.run_forever()
        serving.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        for line in list(self._lines):
            line.reset()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._healed.wait()
            there = await self._reach()
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
            return
        line = _Line(writer, there[1], self._rnd.randrange(1, 1 << self._rnd.randrange(4, 17)))
        self._lines.add(line)
        ways = (self._up(line, reader), self._down(line, there[0]))
        pumps = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            # Who hangs up at one end does so at the other; nobody here speaks half-closed.
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            line.close()
            self._lines.discard(line)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        far = socket.socket()
        far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BYTES)
        far.setblocking(False)
        try:
            await self._loop.sock_connect(far, ("127.0.0.1", self._target_port))
        except OSError:
            far.close()
            raise
        return await asyncio.open_connection(sock=far, limit=_RECEIVE_BYTES)

    async def _up(self, line: "_Line", reader: asyncio.StreamReader) -> None:
        """From the console to the centre, request by request."""
        async for request in _requests(reader):
            is_command = request.startswith(_COMMAND)
            if is_command and Trouble.DUPLICATE in self.troubles:
                await self._twice(line, request)
                continue
            if is_command and Trouble.REPLY_LOST in self.troubles and self._rnd.random() < 0.7:
                line.lose_reply = True
            await self.pass_on(line, line.centre, request)

    async def _twice(self, line: "_Line", request: bytes) -> None:
        """A second copy on a way of its own: before the first, at the same time, or after it."""
        self.harmed += 1
        order = self._rnd.randrange(3)
        if order == 0:
            await self._copy(request)
        await self.pass_on(line, line.centre, request)
        if order:
            if order == 2:
                await asyncio.sleep(self._rnd.random() * 0.1)
            task = asyncio.ensure_future(self._copy(request))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _copy(self, request: bytes) -> None:
        try:
            reader, writer = await self._reach()
            writer.write(request)
            await reader.read(1)
            writer.transport.abort()
        except OSError:
            return

    async def _down(self, line: "_Line", reader: asyncio.StreamReader) -> None:
        """From the centre to the console, as it comes."""
        while True:
            slow = Trouble.SLOW_READER in self.troubles
            if slow:
                self.harmed += 1
                await asyncio.sleep(0.02 + self._rnd.random() * 0.05)
            data = await reader.read(512 if slow else CHUNK)
            if not data:
                return
            if line.lose_reply:
                self.harmed += 1
                line.reset()
                return
            await self.pass_on(line, line.console, data)

    async def pass_on(self, line: "_Line", to: asyncio.StreamWriter, data: bytes) -> None:
        """On with it, or whatever is done to it now."""
        if not self._healed.is_set():
            self.harmed += 1
            await self._healed.wait()
        if Trouble.LATENCY in self.troubles:
            self.harmed += 1
            await asyncio.sleep(self._rnd.random() * 0.3)
        if Trouble.CUT in self.troubles:
            line.left -= len(data)
            if line.left <= 0:
                self.harmed += 1
                to.write(data[: len(data) + line.left])
                await to.drain()
                if self._rnd.random() < 0.5:
                    line.reset()
                raise ConnectionResetError
        if Trouble.SLICES in self.troubles:
            self.harmed += 1
            while data:
                size = self._rnd.randrange(1, 11)
                to.write(data[:size])
                data = data[size:]
                await to.drain()
                await asyncio.sleep(0)  # each one leaves by itself: there is no Nagle here
        else:
            to.write(data)
        await to.drain()


class _Line:
    """One connection of a console, through to the centre."""

    def __init__(
        self, console: asyncio.StreamWriter, centre: asyncio.StreamWriter, left: int
    ) -> None:
        """`left` are the bytes that go over it once lines are cut."""
        self.console = console
        self.centre = centre
        self.left = left
        self.lose_reply = False
        for end in (console, centre):
            _socket(end).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def reset(self) -> None:
        """End it with a reset: what is under way is thrown away."""
        for end in (self.console, self.centre):
            if not end.transport.is_closing():
                linger = struct.pack("ii", 1, 0)
                _socket(end).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                end.transport.abort()

    def close(self) -> None:
        """End it as somebody does who has said everything."""
        for end in (self.console, self.centre):
            end.close()


def _socket(end: asyncio.StreamWriter) -> socket.socket:
    found: socket.socket = end.get_extra_info("socket")
    return found


async def _requests(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Whole HTTP requests with their bodies, until the console hangs up."""
    while True:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        yield head + body
