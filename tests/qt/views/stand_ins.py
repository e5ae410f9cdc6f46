"""A map without a page and a link without a centre, for windows in tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.city import City
from console.domain.event import EntityKind, Event
from console.domain.place import Position
from console.store.picture import Picture
from console.views.desk.screen import DeskScreen
from console.views.window import Window
from console.wire.commands import Envelope
from console.wire.frames import SCHEMA, DayVolumes, DomainClock, PrivateDetails, Snapshot
from console.wire.messages import CommandMoved, Message, SnapshotArrived, Stored, Tick
from tests.builders import event
from tests.qt.desk_picture import NOW

DAY = "2026-03-17"


def stand_in_maps(
    monkeypatch: pytest.MonkeyPatch, place: str, kind: type["StandInMap"] | None = None
) -> None:
    """Have the function at `place` ("module.name"), which makes maps, make these instead."""
    module, _, name = place.rpartition(".")
    make = getattr(import_module(module), name)

    def made(*parts: Any) -> Any:
        with patch("console.views.stage_map.MapWidget", kind or StandInMap):
            return make(*parts)

    monkeypatch.setattr(place, made)


class StandInMap(QWidget):
    """Takes what a `MapWidget` takes, keeps it, and shows nothing."""

    page_ready = Signal()
    first_pins_drawn = Signal()
    case_pressed = Signal(str)
    worker_pressed = Signal(str)
    case_clicked = Signal(str)
    worker_clicked = Signal(str)
    double_clicked = Signal(str, str)
    drag_wanted = Signal(str, str)
    context_menu = Signal(str, str, QPoint)
    hovered = Signal(str, str)
    view_changed = Signal(object, float)
    dropped = Signal(bytes, str, str, Position)
    foreign_drop = Signal()
    page_lost = Signal()
    gave_up = Signal()
    came_back = Signal()
    heat_chosen = Signal(str, str)
    legend_folded = Signal(bool)

    def __init__(
        self,
        boundaries: object,
        city: City,
        strings: object,
        palette: object,
        page_cache_dir: object,
        fallback: QWidget,
        base_maps: object = None,
    ) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.addWidget(fallback)
        fallback.hide()
        self.strings = strings
        self.cases: dict[str, Any] = {}
        self.workers: dict[str, Any] = {}
        self.load: dict[str, int] = {}
        self.heat: Any = None
        self.legend_open: bool | None = None
        self.selected: dict[str, str | None] = {}
        self.targets: list[Any] | None = None
        self.frozen = False
        self.flashing = True
        self.flown: list[object] = []
        self.clocks: list[tuple[float, float]] = []
        self.policy: Callable[[bytes, str | None, str | None], bool] = lambda *_: False
        self.alive = True
        self.viewport: Any = None
        self.given_up = self.trying = False
        self.tried = 0
        self.fallback = fallback

    @property
    def view(self) -> QWidget:
        return self

    def set_cases(self, pins: Any) -> None:
        self.cases = {pin.id: pin for pin in pins}

    def update_cases(self, upserts: Any, removed: Any) -> None:
        self.cases |= {pin.id: pin for pin in upserts}
        for one in removed:
            self.cases.pop(one, None)

    def set_workers(self, pins: Any) -> None:
        self.workers = {pin.id: pin for pin in pins}

    def update_workers(self, upserts: Any, removed: Any) -> None:
        self.workers |= {pin.id: pin for pin in upserts}

    def set_grid_load(self, load: Any) -> None:
        self.load = dict(load)

    def set_heat(self, heat: Any) -> None:
        self.heat = heat

    def open_legend(self, open_: bool) -> None:
        self.legend_open = open_

    def select(self, kind: str, pin_id: str | None) -> None:
        self.selected[kind] = pin_id

    def show_targets(self, targets: Any) -> None:
        self.targets = list(targets)

    def clear_targets(self) -> None:
        self.targets = None

    def freeze(self, frozen: bool) -> None:
        self.frozen = frozen

    def fly_to(self, place: Position, zoom: float) -> None:
        self.flown.append((place, zoom))

    def fit_city(self) -> None:
        self.flown.append("city")

    def fit_area(self, code: str) -> None:
        self.flown.append(code)

    def set_flashing(self, moving: bool) -> None:
        self.flashing = moving

    def set_clock(self, epoch_seconds: float, rate: float) -> None:
        self.clocks.append((epoch_seconds, rate))

    def set_drop_policy(self, policy: Callable[[bytes, str | None, str | None], bool]) -> None:
        self.policy = policy

    def pins(self, kind: str) -> dict[str, Any]:
        return self.cases if kind == "case" else self.workers

    def try_again(self) -> None:
        self.tried += 1
        self.trying = True

    def can_drag(self) -> bool:
        return self.alive

    def shut_down(self) -> None:
        self.alive = False


@dataclass
class StandInLink:
    """Stores what is submitted; answers at once."""

    sink: Callable[[Message], None]
    sent: list[Envelope] = field(default_factory=list)
    holds: list[Stored] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    revealed: list[tuple[str, str]] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    refuses: Exception | None = None
    """What `reveal` and `dial` raise."""
    days: list[DayVolumes] = field(default_factory=list)

    def submit(self, envelope: Envelope) -> None:
        self.sent.append(envelope)
        self.sink(CommandMoved(envelope, Tick.STORED))

    def waiting(self) -> int:
        return len(self.sent)

    def held_count(self) -> int:
        return len(self.holds)

    def held(self) -> list[Stored]:
        return list(self.holds)

    def release(self, key: str) -> None:
        self.released.append(key)

    def discard(self, key: str) -> None:
        self.discarded.append(key)

    def private(self, case_id: str) -> PrivateDetails:
        self.asked.append(case_id)
        return PrivateDetails(
            citizen="王**", phone="138****0000", words=f"words of {case_id}", address="海秀中路"
        )

    def reveal(self, case_id: str, why: str) -> PrivateDetails:
        self.revealed.append((case_id, why))
        if self.refuses is not None:
            raise self.refuses
        return PrivateDetails(
            citizen="王小明", phone="13800000000", words=f"exact words of {case_id}", address="8号"
        )

    def dial(self, case_id: str) -> None:
        self.dialled.append(case_id)
        if self.refuses is not None:
            raise self.refuses

    def history(self, case_id: str) -> list[Event]:
        received = event(
            1,
            EntityKind.CASE,
            case_id,
            type="case.received",
            occurred_at=NOW,
            change={"id": case_id},
        )
        return [received]

    def volumes(self, first: date, last: date) -> list[DayVolumes]:
        return list(self.days)


def desk_of(window: Window) -> DeskScreen:
    """The desk that is in sight."""
    assert isinstance(window.shown, DeskScreen)
    return window.shown


def snapshot_of(picture: Picture, city: City, *, simulated: bool = False) -> SnapshotArrived:
    """A whole picture as the centre sends it."""
    page = Snapshot(
        schema=SCHEMA,
        epoch="test",
        rev=picture.rev,
        city=city.code,
        clock=DomainClock(domain_time=NOW, server_time=NOW, rate=1.0, simulated=simulated),
        day=DayVolumes(day=DAY, calls=[7] * 10 + [0] * 14, cases=[2] * 10 + [0] * 14),
        page=0,
        pages=1,
        digest="0",
        cases=list(picture.cases.values()),
        assignments=list(picture.assignments.values()),
        workers=list(picture.workers.values()),
        fixes=list(picture.fixes.values()),
    )
    return SnapshotArrived([page], "start")


def held_order(key: str, seconds: float, **body: str) -> Stored:
    """An order that waits for the operator's word."""
    return Stored(
        seq=1,
        stored_at=datetime.now(UTC) - timedelta(seconds=seconds),
        tick=Tick.HELD,
        envelope=Envelope(key=key, type="dispatch", body=body),
        answer=None,
    )
