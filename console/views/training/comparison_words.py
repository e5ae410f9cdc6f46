"""A comparison in words: the figures of both sides, and a row for every case that went differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.case import Case, CaseState
from console.domain.city import City
from console.domain.indicator import Reading
from console.i18n import Texts
from console.replay.comparison import Comparison, Course, Difference, Figures, Wait
from console.store.picture import Picture

COLUMNS = ("state", "lead", "dispatched", "acknowledged", "arrived")
"""What a side of a row says, as ends of translation keys."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure of both sides; `hint` says how it is counted."""

    name: str
    history: str
    branch: str
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """A case that went differently: who it is, then `COLUMNS` of history and of the branch."""

    case: str
    title: str
    place: str
    received: str
    history: tuple[str, ...]
    branch: tuple[str, ...]


class ComparisonWords:
    """Makes the words; pictures are those at the comparison's end."""

    def __init__(self, city: City, texts: Texts) -> None:
        """In the language of `texts`."""
        self._city, self._texts = city, texts

    def span(self, found: Comparison) -> str:
        """From when to when."""
        return self._texts(
            "training.span", begun=self._clock(found.begun), until=self._clock(found.until)
        )

    def pairs(self, found: Comparison) -> list[Pair]:
        """The figures, in the order in which they are shown."""
        sides = (found.history, found.branch)
        return [
            self._pair("response", [_share(side.response) for side in sides]),
            self._pair("longest_wait", [self._wait(side.longest_wait) for side in sides]),
            self._pair("returns", [str(side.returns) for side in sides]),
            self._pair("kilometres", [self._kilometres(side) for side in sides]),
            self._pair("dispatched", [str(side.dispatched) for side in sides]),
            self._pair("waiting", [str(side.waiting) for side in sides]),
        ]

    def _pair(self, key: str, sides: Sequence[str]) -> Pair:
        texts = self._texts
        return Pair(texts(f"training.{key}"), sides[0], sides[1], texts(f"training.{key}_hint"))

    def _wait(self, wait: Wait | None) -> str:
        if wait is None:
            return "–"
        words = self.lasted(wait.lasted)
        return words if wait.ended else self._texts("training.still_waiting", time=words)

    def _kilometres(self, side: Figures) -> str:
        return f"{side.metres / 1000:,.1f}"

    def lasted(self, span: timedelta) -> str:
        """A span as people say it."""
        minutes = round(span.total_seconds() / 60)
        hours, rest = divmod(minutes, 60)
        if hours:
            return self._texts("training.hours_minutes", h=hours, m=f"{rest:02d}")
        return self._texts("age.minutes", n=minutes)

    def row(self, found: Difference, past: Picture, here: Picture) -> Row:
        """One case; what it is stands in either picture."""
        case = here.cases.get(found.case) or past.cases.get(found.case)
        return Row(
            case=found.case,
            title=self._category(case),
            place=case.place if case is not None else "",
            received=self._clock(case.received_at) if case is not None else "",
            history=self._course(found.history),
            branch=self._course(found.branch),
        )

    def _category(self, case: Case | None) -> str:
        kind = self._city.categories.get(case.category) if case is not None else None
        return self._texts.pick(kind.name, kind.name_en) if kind is not None else ""

    def _course(self, course: Course | None) -> tuple[str, ...]:
        if course is None:
            return (self._texts("training.not_there"), *[""] * (len(COLUMNS) - 1))
        return (
            self._texts(f"state.{_life(course).value}"),
            self._lead(course),
            self._clock(course.dispatched_at),
            self._clock(course.acknowledged_at),
            self._clock(course.arrived_at),
        )

    def _lead(self, course: Course) -> str:
        unit = self._city.units.get(course.unit or "")
        worker = self._city.workers.get(course.worker or "")
        names = [self._texts.pick(x.name, x.name_en) for x in (unit, worker) if x is not None]
        return " · ".join(names)

    def _clock(self, moment: datetime | None) -> str:
        return "" if moment is None else moment.astimezone(self._city.tz).strftime("%H:%M")


def _share(reading: Reading) -> str:
    """With how many of how many: few cases make a fine share easily."""
    if not reading.denominator:
        return reading.text
    return f"{reading.text}  {reading.amount}/{len(reading.denominator)}"


def _life(course: Course) -> CaseState:
    """The state as people say it: between dispatch and report it is the lead's."""
    if course.state is not CaseState.DISPATCHED:
        return course.state
    if course.arrived_at is not None:
        return CaseState.ON_SCENE
    return course.state if course.acknowledged_at is None else CaseState.ACKNOWLEDGED
