"""A city full of pins, the same for the same seed, and what a busy minute does to them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from console.domain.city import City
from console.domain.place import Position
from console.domain.worker import Worker
from console.geo.boundaries import Boundaries
from console.map.pins import CasePin, Countdown, WorkerPin

NOW = 1_790_000_000.0
"""Domain time of every scene, epoch seconds."""
_STATES = ("待派", "已派", "已签收", "途中", "办理中")
_CATEGORIES = ("供水爆管", "路面破损", "噪声扰民", "占道经营", "垃圾清运", "路灯不亮")
_MINUTE = 60.0


@dataclass
class Step:
    """What one drain of the board brings: pins to put and ids that are gone."""

    cases: list[CasePin]
    gone: list[str]
    workers: list[WorkerPin]


class Scene:
    """`count` cases in the city's grids, all its workers, and an endless life of both."""

    def __init__(self, city: City, boundaries: Boundaries, count: int, seed: int = 4) -> None:
        """The same pins for the same arguments."""
        self._chance = random.Random(seed)
        self._labels = boundaries.grids.labels
        self._codes = boundaries.grids.codes
        # Few grids have many cases and many have few, as in any city.
        self._weights = [self._chance.lognormvariate(0, 1.1) for _ in self._codes]
        self._people = list(city.workers.values())
        self._made = 0
        self._grid_of: dict[str, str] = {}
        self.cases = {pin.id: pin for pin in self._new_cases(count)}
        self.workers = {pin.id: pin for pin in map(self._worker, self._people)}

    def grid_load(self) -> dict[str, int]:
        """Open cases by grid code."""
        load: dict[str, int] = {}
        for case in self.cases:
            code = self._grid_of[case]
            load[code] = load.get(code, 0) + 1
        return load

    def steps(self, positions: float, events: float) -> Iterator[Step]:
        """For ever: so many position updates and case events a step, on the average."""
        fixes = cases = 0.0
        while True:
            fixes += positions
            cases += events
            step = Step([], [], [self._moved() for _ in range(int(fixes))])
            for _ in range(int(cases)):
                self._event(step)
            fixes, cases = fixes % 1, cases % 1
            yield step

    def _new_cases(self, count: int) -> Iterator[CasePin]:
        for grid in self._chance.choices(range(len(self._codes)), self._weights, k=count):
            self._made += 1
            case = f"C-{self._made}"
            self._grid_of[case] = self._codes[grid]
            lon, lat = self._labels[grid]
            yield self._case(case, self._near(lon, lat, 0.003))

    def _near(self, lon: float, lat: float, spread: float) -> Position:
        chance = self._chance
        return Position(float(chance.gauss(lon, spread)), float(chance.gauss(lat, spread)))

    def _case(self, case: str, position: Position) -> CasePin:
        chance = self._chance
        age, limit = chance.uniform(0, 100) * _MINUTE, chance.choice((30, 60, 120, 240)) * _MINUTE
        return CasePin(
            id=case,
            position=position,
            holder=Countdown(NOW - age, NOW - age + limit),
            citizen=Countdown(NOW - age, NOW + 86_400, 0.2),
            urgent=chance.random() < 0.01,
            unsigned=chance.random() < 0.1,
            suspended=chance.random() < 0.03,
            category=chance.choice(_CATEGORIES),
            place="龙昆南路",
            state=chance.choice(_STATES),
        )

    def _worker(self, person: Worker) -> WorkerPin:
        lon, lat = self._labels[self._chance.randrange(len(self._codes))]
        return WorkerPin(
            id=person.id,
            position=self._near(lon, lat, 0.004),
            seen_at=NOW - self._chance.uniform(0, 400),
            name=person.name,
            inspector=self._chance.random() < 0.1,
            on_duty=True,
            load=self._chance.choice((0, 0, 1, 2)),
        )

    def _moved(self) -> WorkerPin:
        pin = self.workers[self._chance.choice(self._people).id]
        place = pin.position
        moved = replace(pin, position=self._near(place.lon, place.lat, 0.0002), seen_at=NOW)
        self.workers[pin.id] = moved
        return moved

    def _some_case(self) -> str:
        """One that is there: otherwise fewer would end than come, and their number would grow for ever."""
        while (case := f"C-{self._chance.randint(1, self._made)}") not in self.cases:
            pass
        return case

    def _event(self, step: Step) -> None:
        """Half of the events change a case, a quarter bring one, a quarter end one."""
        kind = self._chance.random()
        if kind < 0.25:
            new = next(self._new_cases(1))
            self.cases[new.id] = new
            step.cases.append(new)
            return
        case = self._some_case()
        pin = self.cases[case]
        if kind < 0.5:
            del self.cases[case], self._grid_of[case]
            step.gone.append(case)
            step.cases = [c for c in step.cases if c.id != case]
        else:
            self.cases[case] = self._case(case, pin.position)
            step.cases.append(self.cases[case])
