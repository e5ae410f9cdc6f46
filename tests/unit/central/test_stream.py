"""A reader's stream: order, bookmarks, positions, slowness, the end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import pairwise

import pytest

from console.central import stream as stream_module
from console.central.centre import Centre
from console.central.stream import Stream
from console.central.tail import Tail
from tests.builders import fix
from tests.unit.central.desk import accept, do

PATIENCE_S = 20


def run(act: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(act(), PATIENCE_S))


async def after(frames: AsyncIterator[bytes], *wanted: bytes) -> bytes:
    """Read until every wanted text has come; all that was read."""
    read = b""
    async for chunk in frames:
        read += chunk
        if all(text in read for text in wanted):
            return read
    return read


def revs(read: bytes) -> list[int]:
    lines = read.split(b"\n")
    ids = [line for line, kind in pairwise(lines) if kind == b"event: event"]
    return [int(line.rpartition(b":")[2]) for line in ids]


def test_backlog_bookmark_live(centre: Centre) -> None:
    async def act() -> None:
        centre.tail.bind(asyncio.get_running_loop())
        do(centre, accept("C1"))
        await asyncio.sleep(0)
        frames = centre.stream(0).frames()
        read = await after(frames, b"event: bookmark")
        assert revs(read) == [1, 2, 3, 4]
        assert b'"rev":4,' in read.partition(b"event: bookmark")[2]
        await centre.write(lambda: do(centre, accept("C2")))
        assert revs(await after(frames, b'"case:C2"')) == [5, 6]

    run(act)


def test_a_bookmark_stands_where_everything_before_it_is_in(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_module, "_AT_ONCE", 3)
    for number in range(5):
        do(centre, accept(f"C{number}"))

    async def act() -> None:
        read = await after(centre.stream(0).frames(), b"event: bookmark")
        assert revs(read.partition(b"event: bookmark")[0]) == list(range(1, 13))

    run(act)


def test_what_left_the_ring_comes_from_the_log(centre: Centre) -> None:
    for number in range(5):
        do(centre, accept(f"C{number}"))
    small = Tail(centre.mirror, size=3)
    assert small.first == small.rev + 1

    async def act() -> None:
        stream = Stream(centre.epoch, 0, small, centre.clock, centre._frames)
        read = await after(stream.frames(), b"event: bookmark")
        assert revs(read) == list(range(1, 13))
        assert stream.rev == 12

    run(act)


def test_a_reader_that_falls_behind_the_ring_is_told_to_start_anew(centre: Centre) -> None:
    async def act() -> None:
        small = Tail(centre.mirror, size=3)
        centre.follower._tail = small
        frames = Stream(centre.epoch, 0, small, centre.clock, centre._frames).frames()
        await after(frames, b"event: bookmark")
        for number in range(5):
            do(centre, accept(f"C{number}"))
        rest = [chunk async for chunk in frames]
        assert rest == [b"event: resync\ndata: {}\n\n"]

    run(act)


def test_positions_come_all_at_first_then_those_that_moved(centre: Centre) -> None:
    async def act() -> None:
        centre.mirror.put_fixes([fix("W1"), fix("W2")])
        tail = Tail(centre.mirror)
        frames = Stream(centre.epoch, 2, tail, centre.clock, centre._frames).frames()
        read = await after(frames, b"event: bookmark")
        assert b'"W1"' in read
        assert b'"W2"' in read
        tail.send_fixes([fix("W1", 1)])
        read = await after(frames, b"event: fixes")
        assert b'"W2"' not in read
        tail.send_fixes([fix("W1", 2)])
        tail.send_fixes([fix("W2", 3)])
        read = await after(frames, b"event: fixes")
        assert b'"W1"' in read, "a slow reader gets the latest of every worker it missed"
        assert b'"W2"' in read

    run(act)


def test_closing_the_tail_ends_the_stream(centre: Centre) -> None:
    async def act() -> None:
        frames = centre.stream(2).frames()
        await after(frames, b"event: bookmark")
        rest = asyncio.create_task(after(frames))
        await asyncio.sleep(0)
        centre.tail.close()
        assert await rest == b""

    run(act)
