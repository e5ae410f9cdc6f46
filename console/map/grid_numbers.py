"""One number for each grid (open cases, hours since flooding), and which of them the page lacks."""

from collections.abc import Mapping

import msgspec

SLICE = 4000
"""Pairs of small numbers in one message: below its limit of 64 KB."""


class GridNumbers:
    """The latest numbers by grid index; `absent` is what the page is told for a grid without one."""

    def __init__(self, message: str, absent: int) -> None:
        """`message` is the type of the message that carries them (js/messages.js)."""
        self._message = message
        self._absent = absent
        self._numbers: dict[int, int] = {}
        self._waiting: dict[int, None] = {}

    def set(self, numbers: Mapping[int, int]) -> None:
        """Make exactly these the numbers."""
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
