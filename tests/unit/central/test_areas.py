"""The geometry behind the start: waited for by those who need it, its failure told."""

import asyncio
import threading

import pytest

from console.central.areas import Areas
from console.domain.place import Position
from console.domain.rules.scene import Located
from console.store.scene import Locate
from tests.unit.central.desk import IN_TOWN

HERE = Position(110.3, 20.0)


def test_who_needs_it_waits_and_others_do_not() -> None:
    may_load = threading.Event()

    def load() -> Locate:
        assert may_load.wait(20)
        return lambda _position: IN_TOWN

    async def act() -> None:
        areas = Areas(load)
        areas.start(lambda _error: None)
        assert await areas.locate([(), ()]) == [Located(), Located()]
        waiting = asyncio.create_task(areas.locate([(HERE,), ()]))
        await asyncio.sleep(0)
        assert not waiting.done()
        may_load.set()
        assert await waiting == [IN_TOWN, Located()]

    asyncio.run(act())


def test_a_failure_is_told_once_and_to_everybody_who_waits() -> None:
    told: list[BaseException] = []

    def load() -> Locate:
        raise ValueError("broken pack")

    async def act() -> None:
        areas = Areas(load)
        areas.start(told.append)
        for _ in range(2):
            with pytest.raises(ValueError, match="broken pack"):
                await areas.locate([(HERE,)])

    asyncio.run(act())
    assert [str(error) for error in told] == ["broken pack"]
