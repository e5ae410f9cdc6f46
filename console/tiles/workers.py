"""A few threads that do the latest request first: what is asked last is what is looked at now."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from logging import getLogger

_log = getLogger(__name__)

THREADS = 6
"""Browsers open as many connections to one host."""
WAITING = 1_000
"""More than a wall of 4K with two layers asks for at once; beyond it the oldest go without."""

Work = Callable[[], None]


class Workers:
    """Threads that do not keep the program from ending. `drop` is called for work that is not done."""

    def __init__(self, threads: int = THREADS) -> None:
        """The threads begin with the first work."""
        self._most = threads
        self._threads: list[threading.Thread] = []
        self._waiting: OrderedDict[int, tuple[Work, Work]] = OrderedDict()
        self._given = 0
        self._there = threading.Condition()
        self.stopped = threading.Event()

    def give(self, work: Work, drop: Work) -> int:
        """Have the work done; the number takes it back."""
        with self._there:
            self._given += 1
            number = self._given
            self._waiting[number] = (work, drop)
            late = self._waiting.popitem(last=False)[1] if len(self._waiting) > WAITING else None
            self._begin()
            self._there.notify()
        if late is not None:
            late[1]()
        return number

    def take_back(self, number: int) -> None:
        """Work that has not begun is not done, and nobody is told."""
        with self._there:
            self._waiting.pop(number, None)

    def stop(self) -> None:
        """Begin nothing more; what runs ends by itself."""
        self.stopped.set()
        with self._there:
            self._waiting.clear()
            self._there.notify_all()

    def _begin(self) -> None:
        if len(self._threads) < self._most and not self.stopped.is_set():
            name = f"tiles-{len(self._threads)}"
            thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self) -> None:
        while True:
            with self._there:
                self._there.wait_for(lambda: self._waiting or self.stopped.is_set())
                if self.stopped.is_set():
                    return
                work, drop = self._waiting.popitem()[1]
            try:
                work()
            except Exception:  # a thread that ends would take its share of all later work with it
                _log.exception("base map: a picture's work failed")
                drop()
