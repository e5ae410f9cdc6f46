"""One value for each grid (open cases, hours since flooding, heat), and which of them the page lacks."""

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

SLICE = 3000
"""Pairs in one message: below its limit of 64 KB, also where a value is two numbers."""

T = TypeVar("T")


class GridNumbers(Generic[T]):
    """The latest values by grid index; `absent` is what the page is told for a grid without one."""

    def __init__(self, message: str, absent: T) -> None:
        """`message` is the type of the message that carries them (js/messages.js)."""
        self._message = message
        self._absent = absent
        self._numbers: dict[int, T] = {}
        self._waiting: dict[int, None] = {}

    def set(self, numbers: Mapping[int, T]) -> None:
        """Make exactly these the values."""
        for index in self._numbers.keys() | numbers.keys():
            if self._numbers.get(index) != numbers.get(index):
                self._waiting[index] = None
        self._numbers = dict(numbers)

    def begin_again(self) -> None:
        """The page knows none of them any more."""
        self._waiting = dict.fromkeys(self._numbers)

    def next_message(self) -> str | None:
        """One JSON text, or None when the page is level."""
        if not self._waiting:
            return None
        some = [index for index, _ in zip(list(self._waiting), range(SLICE), strict=False)]
        for index in some:
            del self._waiting[index]
        counts = [[index, self._numbers.get(index, self._absent)] for index in some]
        return msgspec.json.encode({"type": self._message, "counts": counts}).decode()
