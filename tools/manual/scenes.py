"""The two moments that the manual shows: a quiet morning, and 500 calls in ten minutes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from console.domain.command import Accept, Dispatch
from console.domain.place import Position
from tools.manual.centre import Centre, running_centre
from tools.manual.decisions import decisions
from tools.manual.linkage import linkage, set_level
from tools.manual.places import HERO, LINKED, around, taken_in

HERO_CASE = "M-1"
"""The case that is chosen in the pictures of the desk."""
CALLS, MINUTES = 500, 10
_STORM = ("0405", "0801", "1001", "0904", "0405", "0706", "0901", "0802", "0604", "0405", "0602")
_CENTRES = (HERO, LINKED, Position(110.3466, 20.0191), Position(110.2866, 20.0291))
_BATCHES = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day, how many reports of its feed the city lives before it is shown, and what happens."""

    hour: float
    live_for: int
    happen: Callable[[Centre], None]


def quiet(centre: Centre) -> None:
    """A few of everything."""
    _answered(centre, 90)
    linkage(centre, LINKED, calls=6, asked=5)
    decisions(centre, HERO, 3)
    centre.send(taken_in(centre, "M-0", "0901", around(HERO, 1, 0.1), kin="pipe"))
    _unsigned(centre, 3)
    centre.send(taken_in(centre, HERO_CASE, "0902", HERO, urgent=True, kin="pipe"))


def flooded(centre: Centre) -> None:
    """A storm: more than anybody can dispatch."""
    linkage(centre, LINKED, calls=24, asked=12)
    set_level(centre)
    _unsigned(centre, 14)
    decisions(centre, HERO, 8)
    share = CALLS // _BATCHES
    for batch in range(_BATCHES):
        numbers = range(batch * share, (batch + 1) * share)
        centre.send(*(_storm_call(centre, number) for number in numbers))
        centre.pass_time(timedelta(minutes=MINUTES / _BATCHES))
    centre.send(taken_in(centre, HERO_CASE, "0902", HERO, urgent=True, kin="pipe"))


def _answered(centre: Centre, many: int) -> None:
    """Calls that were answered at once, as many as come while the rest of the scene happens."""
    calls = (taken_in(centre, f"N-{number}", "1408", None) for number in range(many))
    centre.send(*(replace(one, register=False, answered=True) for one in calls))


def _storm_call(centre: Centre, number: int) -> Accept:
    kind = _STORM[number % len(_STORM)]
    at = around(_CENTRES[number % len(_CENTRES)], number, 2.6)
    place = None if number % 23 == 0 else at
    return taken_in(centre, f"S-{number:03}", kind, place, urgent=number % 8 == 0)


def _unsigned(centre: Centre, many: int) -> None:
    """Urgent ones that were sent and nobody has signed, one older than the other."""
    for number in range(many):
        case = f"U-{number}"
        at = around(HERO, number + 90, 3)
        centre.send(taken_in(centre, case, "0904" if number % 2 else "0801", at, urgent=True))
        unit = "U.drain" if number % 2 else "B.parks"
        centre.send(Dispatch(case=case, assignment=f"{case}-1", unit=unit))
        centre.pass_time(timedelta(seconds=30))


MOMENTS: Mapping[str, Moment] = {
    "quiet": Moment(10.0, 6, quiet),
    "flooded": Moment(16.0, 12, flooded),
}


@contextmanager
def running_scene(name: str, folder: Path) -> Iterator[Centre]:
    """A centre at that moment; domain time goes on from there as real time does."""
    moment = MOMENTS[name]
    with running_centre(folder, moment.hour, moment.live_for) as centre:
        moment.happen(centre)
        centre.see_everybody()
        yield centre
