"""What the map should show and what the page has been told: the difference is what is sent next."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from console.map.footprint import Footprint
from console.map.grid_numbers import GridNumbers
from console.map.hit import Standing
from console.map.pins import Kind, Pin, PlacePin

Thing = Pin | Footprint
"""What is told row by row, under its id."""

SLICE_BYTES = 48_000
"""Rows of one message; with its frame it stays below 64 KB."""
_PASSING = "#"
"""Begins the key of a message that is void when the page begins again."""


class Picture:
    """The latest pins by kind and the numbers by grid, and how far the page is behind.

    Nothing here knows Qt: `next_message` gives one JSON text at a time until the page is level.
    While `held` (a drag runs) pins and numbers wait, everything else goes on.
    """

    def __init__(self) -> None:
        """Empty, and the page is level with it."""
        self.held = False
        self.standing = Standing()
        """The pins as the page has them now: what a drop is tested against. Places take nothing."""
        self._known: dict[Kind, dict[str, Thing]] = {kind: {} for kind in Kind}
        self._shown: dict[Kind, dict[str, Thing]] = {kind: {} for kind in Kind}
        self._waiting: dict[Kind, dict[str, None]] = {kind: {} for kind in Kind}
        self._load = GridNumbers[int]("load", absent=0)
        self._hours = GridNumbers[int]("hours", absent=-1)
        self._heat = GridNumbers[tuple[int, int] | None]("heatGrids", absent=None)
        self._topics: dict[str, bytes] = {}
        self._queue: dict[str, bytes] = {}
        self._said = 0
        self._mark = False

    def known(self, kind: Kind) -> Mapping[str, Thing]:
        """The latest pins."""
        return self._known[kind]

    def told(self, kind: Kind, pin_id: str) -> Pin | None:
        """A pin as the page has it now; None for a footprint too."""
        thing = self._shown[kind].get(pin_id)
        return None if isinstance(thing, Footprint) else thing

    def footprints(self) -> Iterator[Footprint]:
        """The areas as the page has them now, the last on top."""
        for it in self._shown[Kind.FOOTPRINT].values():
            if isinstance(it, Footprint):
                yield it

    def set(self, kind: Kind, pins: Iterable[Thing]) -> None:
        """Make exactly these the pins of a kind."""
        wanted = {pin.id: pin for pin in pins}
        gone = [pin_id for pin_id in self._known[kind] if pin_id not in wanted]
        self.update(kind, wanted.values(), gone)

    def update(self, kind: Kind, upserts: Iterable[Thing], gone: Iterable[str]) -> None:
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
        self._load.set({index: count for index, count in load.items() if count})

    def set_hours(self, hours: Mapping[int, int]) -> None:
        """Make exactly these the flooded grids by index: hours ago."""
        self._hours.set(hours)

    def set_heat(self, heat: Mapping[int, tuple[int, int]]) -> None:
        """Make exactly this the heat by grid index: step and cases counted."""
        self._heat.set(heat)

    def say(self, **message: object) -> None:
        """Send one message before any waiting pins, in the order of the calls."""
        self._said += 1
        self._queue[f"{_PASSING}{self._said}"] = msgspec.json.encode(message)

    def say_latest(self, topic: str, **message: object) -> None:
        """Like `say`, but in place of an earlier one on the topic that has not been sent."""
        self._queue.pop(topic, None)
        self._queue[topic] = msgspec.json.encode(message)

    def keep(self, topic: str, **message: object) -> None:
        """Like `say_latest`, and say it again whenever the page begins again."""
        text = msgspec.json.encode(message)
        if self._topics.get(topic) == text:
            return
        self._topics[topic] = text
        self._queue.pop(topic, None)
        self._queue[topic] = text

    def mark(self) -> None:
        """Have the page tell when all that waits now is drawn."""
        self._mark = True

    def begin_again(self) -> None:
        """The page knows nothing any more: all that is known waits, passing messages are void."""
        wishes = {key: text for key, text in self._queue.items() if not key.startswith(_PASSING)}
        self._queue.clear()
        self.say(type="reset")
        self._queue.update({**self._topics, **wishes})
        for kind in Kind:
            self._shown[kind].clear()
            self._waiting[kind] = dict.fromkeys(self._known[kind])
        self.standing = Standing()
        self._load.begin_again()
        self._hours.begin_again()
        self._heat.begin_again()
        self._mark = True

    def next_message(self) -> str | None:
        """One JSON text of at most 64 KB, or None when the page is level (or held)."""
        if self._queue:
            return self._queue.pop(next(iter(self._queue))).decode()
        if self.held:
            return None
        for kind in Kind:
            if self._waiting[kind]:
                return self._pins_message(kind)
        numbers = self._load.next_message() or self._hours.next_message()
        numbers = numbers or self._heat.next_message()
        if numbers is None and self._mark:
            self._mark = False
            return '{"type":"filled"}'
        return numbers

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
                self.standing.take(kind, pin_id)
                gone.append(pin_id)
                size += len(pin_id) * 4
                continue
            shown[pin_id] = pin
            if not isinstance(pin, Footprint | PlacePin):
                self.standing.put(kind, pin)
            row = msgspec.json.encode(pin.row())
            size += len(row)
            rows.append(msgspec.Raw(row))
        message = {"type": "pins", "kind": kind.value, "set": rows, "gone": gone}
        return msgspec.json.encode(message).decode()
