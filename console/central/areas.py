"""Which areas a position lies in; the geometry is loaded behind the start, nobody waits for it there."""

import asyncio
import logging
import threading
from collections.abc import Callable

from console.domain.place import Position
from console.domain.rules.scene import Located
from console.store.scene import Locate, first_in_city

log = logging.getLogger(__name__)


class Areas:
    """Hands out the city's `Locate` once it is loaded."""

    def __init__(self, load: Callable[[], Locate]) -> None:
        """`load` takes a second or two and runs on a thread of its own."""
        self._load = load
        self._loaded: asyncio.Future[Locate] | None = None

    def start(self, failed: Callable[[BaseException], None]) -> None:
        """Begin to load, on the event loop; `failed` hears why it could not be done."""
        loop = asyncio.get_running_loop()
        loaded = self._loaded = loop.create_future()
        loaded.add_done_callback(lambda future: _tell(future, failed))

        def run() -> None:
            try:
                locate = self._load()
            except Exception as error:
                loop.call_soon_threadsafe(loaded.set_exception, error)
            else:
                loop.call_soon_threadsafe(loaded.set_result, locate)

        # A daemon: the end of the program does not wait for geometry nobody needs any more.
        threading.Thread(target=_unless_closed, args=(run,), daemon=True).start()

    async def locate(self, places: list[tuple[Position, ...]]) -> list[Located]:
        """For each, the areas of its first position that lies in a district; waits for the geometry the first time."""
        if not any(places):
            return [Located() for _ in places]
        assert self._loaded is not None
        locate = await asyncio.shield(self._loaded)
        return await asyncio.to_thread(_all, locate, places)


def _unless_closed(run: Callable[[], None]) -> None:
    try:
        run()
    except RuntimeError:
        log.debug("the event loop ended first")


def _tell(loaded: asyncio.Future[Locate], failed: Callable[[BaseException], None]) -> None:
    error = None if loaded.cancelled() else loaded.exception()
    if error is not None:
        log.error("the city's areas could not be loaded", exc_info=error)
        failed(error)


def _all(locate: Locate, places: list[tuple[Position, ...]]) -> list[Located]:
    return [first_in_city(locate, positions) for positions in places]
