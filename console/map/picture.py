"""What the map should show and what the page has been told: the difference is what is sent next."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from console.map.pins import CasePin, Kind, Pin, WorkerPin

SLICE_BYTES = 48_000
"""Rows of one message; with its frame it stays below 64 KB."""


class Picture:
    """The latest pins by kind and the load by grid index, and how far the page is behind.

    Nothing here knows Qt: `next_message` gives one JSON text at a time until the page is level.
    While `held` (a drag runs) pins and load wait, everything else goes on.
    """

    def __init__(self) -> None:
        """Empty, and the page is level with it."""
        self.held = False
        self._known: dict[Kind, dict[str, Pin]] = {kind: {} for kind in Kind}
        self._shown: dict[Kind, dict[str, Pin]] = {kind: {} for kind in Kind}
        self._waiting: dict[Kind, dict[str, None]] = {kind: {} for kind in Kind}
        self._load: dict[int, int] = {}
        self._load_waiting: dict[int, None] = {}
        self._messages: deque[bytes] = deque()
        self._mark = False

    def known(self, kind: Kind) -> Mapping[str, Pin]:
        """The latest pins."""
        return self._known[kind]

    def shown(self) -> Iterator[tuple[Kind, Pin]]:
        """The pins as the page has them now: what a drop is tested against."""
        for kind, pins in self._shown.items():
            for pin in pins.values():
                yield kind, pin

    def set(self, kind: Kind, pins: Iterable[CasePin] | Iterable[WorkerPin]) -> None:
        """Make exactly these the pins of a kind."""
        wanted = {pin.id: pin for pin in pins}
        gone = [pin_id for pin_id in self._known[kind] if pin_id not in wanted]
        self.update(kind, wanted.values(), gone)

    def update(self, kind: Kind, upserts: Iterable[Pin], gone: Iterable[str]) -> None:
        """Put or replace some pins, take others away; what does not change is not sent."""
        known, waiting = self._known[kind], self._waiting[kind]
        for pin in upserts:
            if known.get(pin.id) != pin:
                known[pin.id] = pin
                waiting[pin.id] = None
        for pin_id in gone:
            if known.pop(pin_id, None) is not None:
                waiting[pin_id] = None

    def set_load(self, load: Mapping[int, int]) -> None:
        """Make exactly this the open cases by grid index; zero may be left out."""
        for index in self._load.keys() | load.keys():
            if self._load.get(index, 0) != load.get(index, 0):
                self._load_waiting[index] = None
        self._load = dict(load)

    def say(self, **message: object) -> None:
        """Send one message before any waiting pins, in the order of the calls."""
        self._messages.append(msgspec.json.encode(message))

    def mark(self) -> None:
        """Have the page tell when all that waits now is drawn."""
        self._mark = True

    def begin_again(self) -> None:
        """The page knows nothing any more: everything waits, unsent messages are void."""
        self._messages.clear()
        self.say(type="reset")
        for kind in Kind:
            self._shown[kind].clear()
            self._waiting[kind] = dict.fromkeys(self._known[kind])
        self._load_waiting = dict.fromkeys(self._load)
        self._mark = True

    def next_message(self) -> str | None:
        """One JSON text of at most 64 KB, or None when the page is level (or held)."""
        if self._messages:
            return self._messages.popleft().decode()
        if self.held:
            return None
        for kind in Kind:
            if self._waiting[kind]:
                return self._pins_message(kind)
        if self._load_waiting:
            return self._load_message()
        if self._mark:
            self._mark = False
            return '{"type":"filled"}'
        return None

    def _pins_message(self, kind: Kind) -> str:
        waiting, known, shown = self._waiting[kind], self._known[kind], self._shown[kind]
        rows: list[msgspec.Raw] = []
        gone: list[str] = []
        size = 0
        while waiting and size < SLICE_BYTES:
            pin_id = next(iter(waiting))
            del waiting[pin_id]
            pin = known.get(pin_id)
            if pin is None:
                shown.pop(pin_id, None)
                gone.append(pin_id)
                size += len(pin_id) * 4
                continue
            shown[pin_id] = pin
            row = msgspec.json.encode(pin.row())
            size += len(row)
            rows.append(msgspec.Raw(row))
        message = {"type": "pins", "kind": kind.value, "set": rows, "gone": gone}
        return msgspec.json.encode(message).decode()

    def _load_message(self) -> str:
        """4,000 pairs of small numbers stay below the limit."""
        some = [index for index, _ in zip(list(self._load_waiting), range(4000), strict=False)]
        for index in some:
            del self._load_waiting[index]
        counts = [[index, self._load.get(index, 0)] for index in some]
        return msgspec.json.encode({"type": "load", "counts": counts}).decode()
