"""What the table in the map's place says of a pin: its columns, how each is ordered, its level."""

from collections.abc import Callable
from dataclasses import dataclass

from console.domain.city import Policy
from console.domain.clock import Level
from console.i18n import Texts
from console.map.pins import CasePin, WorkerPin
from console.tables.countdown import Countdown
from console.tables.rows import age_text, minutes_text

RowPin = CasePin | WorkerPin
"""What has a row."""
_FAR = 1e15


@dataclass(frozen=True, slots=True)
class Column:
    """`title` is a translation key; `words` and `order` take the pin and domain time (epoch seconds)."""

    title: str
    width: int
    words: Callable[[RowPin, float], str]
    order: Callable[[RowPin], object]


def columns(kind: str, texts: Texts) -> tuple[Column, ...]:
    """Of cases (`kind` "case") or of workers."""
    return _case_columns(texts) if kind == "case" else _worker_columns(texts)


def countdown_of_pin(pin: CasePin, policy: Policy) -> Countdown | None:
    """The present holder's clock, as a row's; None when nothing is owed."""
    clock = pin.holder
    if clock is None:
        return None
    span = max(clock.due - clock.start, 0.0)
    dark_at = clock.due + (policy.dark_red_factor - 1) * span
    return Countdown(clock.due, clock.due - clock.amber * span, dark_at)


def level_of_pin(pin: CasePin, policy: Policy, now: float) -> Level:
    """The level that the map would draw at `now` (epoch seconds of domain time)."""
    if pin.suspended:
        return Level.SUSPENDED
    countdown = countdown_of_pin(pin, policy)
    return Level.GREEN if countdown is None else countdown.level(now)


def _case_columns(texts: Texts) -> tuple[Column, ...]:
    def minutes(pin: RowPin, now: float) -> str:
        assert isinstance(pin, CasePin)
        if pin.holder is None:
            return "–"
        return minutes_text(-int((now - pin.holder.due) // 60), texts)

    def due(pin: RowPin) -> object:
        assert isinstance(pin, CasePin)
        return _FAR if pin.holder is None else pin.holder.due

    def place(pin: RowPin, _now: float) -> str:
        assert isinstance(pin, CasePin)
        return pin.place or texts("case.place_on_map")

    return (
        Column("map.table_left", 132, minutes, due),
        _text("map.table_category", 240, "category"),
        Column("map.table_place", 0, place, lambda pin: getattr(pin, "place")),  # noqa: B009
        _text("map.table_holder", 210, "holder_name"),
        _text("map.table_state", 110, "state"),
    )


def _worker_columns(texts: Texts) -> tuple[Column, ...]:
    def duty(pin: RowPin, _now: float) -> str:
        assert isinstance(pin, WorkerPin)
        return texts("map.table_on_duty" if pin.on_duty else "worker.off_duty")

    def load(pin: RowPin, _now: float) -> str:
        assert isinstance(pin, WorkerPin)
        return texts("worker.load", n=pin.load) if pin.load else texts("worker.free")

    def age(pin: RowPin, now: float) -> str:
        assert isinstance(pin, WorkerPin)
        return texts("worker.position_age", age=age_text(now - pin.seen_at, texts))

    return (
        _text("map.table_name", 200, "name"),
        Column("map.table_duty", 110, duty, lambda pin: not getattr(pin, "on_duty")),  # noqa: B009
        _text("map.table_town", 0, "note"),
        Column("map.table_load", 130, load, lambda pin: getattr(pin, "load")),  # noqa: B009
        Column("map.table_seen", 190, age, lambda pin: -getattr(pin, "seen_at")),  # noqa: B009
    )


def _text(title: str, width: int, name: str) -> Column:
    return Column(
        title, width, lambda pin, _now: str(getattr(pin, name)), lambda pin: str(getattr(pin, name))
    )
