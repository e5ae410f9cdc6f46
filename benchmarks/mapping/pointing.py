"""What lies under the pointer among 100,000 cases, and who is near one case and five hundred."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.load.figures import spread
from benchmarks.mapping.load import fill
from benchmarks.mapping.scene import Scene
from benchmarks.mapping.session import Session, ask
from console.domain.case import Case, CaseState, Channel
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.place import Position
from console.domain.worker import Fix, WorkerDuty
from console.map.hit import Standing, Viewport, hit_test
from console.map.pins import Kind
from console.store.nearby import nearby, nearby_many
from console.store.picture import Picture

VIEWS = (8, 11, 14, 17)
"""Zooms asked at: at the first the whole city lies within one pin's reach."""
_IN_PAGE = """(() => { const a = baton.app; const out = []; for (let k = 0; k < 400; k += 1) {
const x = (k * 37) % 1900; const y = (k * 53) % 1060; const began = performance.now();
for (let j = 0; j < 5; j += 1) a.at(L.point(x, y)); out.push((performance.now() - began) / 5); } return out; })()"""


def times(act: Callable[[], object], count: int) -> dict[str, float]:
    """Milliseconds of `count` calls."""
    found = []
    for _ in range(count):
        began = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - began))
    return spread(found)


def hit(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """In the page under the pointer, and in Python under a drag."""
    scene = Scene(session.city, session.boundaries, cases)
    widget = session.make_map()
    drawn: list[bool] = []
    widget.first_pins_drawn.connect(lambda: drawn.append(True))
    fill(scene, widget)
    session.until(lambda: bool(drawn))
    in_page = ask(session, widget.view.page(), _IN_PAGE)
    widget.shut_down()
    standing = Standing()
    for case in scene.cases.values():
        standing.put(Kind.CASE, case)
    for worker in scene.workers.values():
        standing.put(Kind.WORKER, worker)
    found = {}
    for zoom in VIEWS:
        view, chance = _viewport(session.city.centre, zoom), random.Random(1)
        found[f"zoom {zoom}"] = times(
            lambda view=view, chance=chance: hit_test(  # type: ignore[misc]
                view, standing, chance.uniform(0, 1920), chance.uniform(0, 1080)
            ),
            200,
        )
    return {"cases": cases, "page_ms": spread(in_page), "drag_ms": found}


def nearest(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """Ten of all workers, with reasons; `cases` do not matter here."""
    city, now = session.city, datetime.now(UTC)
    picture = _picture(city, now)
    some = _cases(city, now, 500)
    turn = iter(some * 2)
    return {
        "workers": len(city.workers),
        "one_ms": times(lambda: nearby(next(turn), picture, city, now, 10), 400),
        "five_hundred_ms": times(lambda: nearby_many(some, picture, city, now, 10), 40),
    }


def _viewport(centre: Position, zoom: int) -> Viewport:
    across, along = 1920 * 360 / (256 * 2**zoom), 1080 * 340 / (256 * 2**zoom)
    return Viewport(
        centre.lon - across / 2,
        centre.lat - along / 2,
        centre.lon + across / 2,
        centre.lat + along / 2,
        1920,
        1080,
    )


def _picture(city: City, now: datetime) -> Picture:
    """Two thirds on duty, nine tenths seen lately."""
    chance, picture = random.Random(1), Picture(tz=city.tz)
    for worker in city.workers.values():
        on_duty = chance.random() < 0.67
        picture.workers[worker.id] = WorkerDuty(id=worker.id, version=1, on_duty=on_duty, since=now)
        if chance.random() < 0.9:
            at = now - timedelta(seconds=chance.uniform(0, 500))
            home = worker.home
            place = Position(home.lon + chance.gauss(0, 0.005), home.lat + chance.gauss(0, 0.005))
            picture.fixes[worker.id] = Fix(
                worker=worker.id, position=place, fix_at=at, received_at=at
            )
    return picture


def _cases(city: City, now: datetime, count: int) -> list[Case]:
    chance, grids = random.Random(2), list(city.grids)
    return [
        Case(
            id=f"c{number}",
            version=1,
            state=CaseState.REGISTERED,
            channel=Channel.PHONE,
            place="",
            waiting_since=now,
            category=next(iter(city.categories)),
            urgency=Urgency.NORMAL,
            received_at=now,
            position=Position(
                city.centre.lon + chance.gauss(0, 0.1), city.centre.lat + chance.gauss(0, 0.05)
            ),
            grid=chance.choice(grids),
        )
        for number in range(count)
    ]
