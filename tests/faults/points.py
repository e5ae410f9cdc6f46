"""Named points at which the central API kills itself with SIGKILL, the n-th time it comes by."""

import asyncio
import functools
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from sqlalchemy import Engine, event


def die() -> None:
    """As `kill -9` does: nothing is flushed, nothing is closed."""
    os.kill(os.getpid(), signal.SIGKILL)


def _at_call(owner: Any, name: str, number: int) -> None:
    """Die when this method is called for the n-th time."""
    whole = getattr(owner, name)
    calls = iter(range(1, number))

    @functools.wraps(whole)
    def counted(*arguments: Any) -> Any:
        if next(calls, None) is None:
            die()
        return whole(*arguments)

    setattr(owner, name, counted)


def before_commit(number: int) -> None:
    """Everything is written, nothing is committed."""
    from console.central.postgresql import PostgreSQL
    from console.central.sqlite import SQLite

    for store in (SQLite, PostgreSQL):
        _at_call(store, "announce", number)


def after_commit(number: int) -> None:
    """It is committed, nobody has been told."""
    from console.central.follower import Follower

    _at_call(Follower, "publish", number)


def mid_stream(number: int) -> None:
    """In the middle of a frame, with its first half on the way."""
    from console.central.stream import Stream

    whole = Stream.frames
    chunks = iter(range(1, number))

    async def cut(self: Stream) -> AsyncIterator[bytes]:
        async for chunk in whole(self):
            if next(chunks, None) is None:
                yield chunk[: len(chunk) // 2]
                await asyncio.sleep(0.02)  # it must reach the wire
                die()
            yield chunk

    Stream.frames = cut  # type: ignore[method-assign]


def in_migration(number: int) -> None:
    """At the n-th statement of the migrations, or right behind the last one where there are fewer."""
    from console.central import migrate

    whole = migrate.upgrade

    def upgrade(*arguments: Any) -> None:
        statements = iter(range(1, number))

        def count(*_: Any) -> None:
            if next(statements, None) is None:
                die()

        event.listen(Engine, "before_cursor_execute", count)
        whole(*arguments)
        die()

    migrate.upgrade = upgrade


def small_ring(size: int) -> None:
    """Not a death: so few events are kept for live readers that a slow one soon falls behind."""
    from console.central.centre import Centre

    assert Centre.__init__.__kwdefaults__ is not None
    Centre.__init__.__kwdefaults__["ring"] = size


POINTS: Mapping[str, Callable[[int], None]] = {
    "before-commit": before_commit,
    "after-commit": after_commit,
    "mid-stream": mid_stream,
    "in-migration": in_migration,
}
