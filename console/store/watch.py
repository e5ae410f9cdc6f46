"""What a chief keeps an eye on: what turns red soon, what was promised and until when, the hard cases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import TERMINAL, Case, CaseState
from console.domain.city import City
from console.domain.clock import Clock, holder_clock
from console.store.picture import Picture
from console.store.scope import Scope

SOON = timedelta(minutes=30)


class PromiseKind(StrEnum):
    """What falls due: an extended deadline, a reply to a supervision, the review of a parked case."""

    EXTENDED = "extended"
    REPLY = "reply"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that was promised `at` (aware UTC domain time)."""

    kind: PromiseKind
    case: Case
    at: datetime


@dataclass(frozen=True, slots=True)
class TurningRed:
    """A case whose holder's clock runs out soon."""

    case: Case
    clock: Clock


@dataclass(frozen=True, slots=True)
class Watch:
    """All that a chief keeps an eye on, each in the order in which it is shown."""

    red: list[TurningRed]
    promises: list[Promise]
    hard: list[Case]


def watch(picture: Picture, city: City, scope: Scope, now: datetime) -> Watch:
    """What there is at `now`; a peak day's ten thousand cases take a tenth of a second."""
    cases = open_cases(picture, scope)
    return Watch(turning_red(cases, picture, city, now), promises(cases), hard_cases(cases))


def open_cases(picture: Picture, scope: Scope) -> list[Case]:
    """The scope's cases in which something is still owed."""
    return [
        case
        for case in picture.cases.values()
        if case.state not in TERMINAL and scope.holds_case(case, picture.lead(case))
    ]


def turning_red(
    cases: Iterable[Case], picture: Picture, city: City, now: datetime
) -> list[TurningRed]:
    """Those that turn red within the next 30 minutes, the first to do so first; parked ones never do."""
    found = []
    for case in cases:
        clock = holder_clock(case, picture.lead(case), city.policy)
        if clock is None or case.state is CaseState.SUSPENDED:
            continue
        if now < clock.due <= now + SOON:
            found.append(TurningRed(case, clock))
    return sorted(found, key=lambda turning: (turning.clock.due, turning.case.id))


def promises(cases: Iterable[Case]) -> list[Promise]:
    """What was promised and is not kept yet, the next to fall due first."""
    found = [promise for case in cases for promise in _of_case(case)]
    return sorted(found, key=lambda promise: (promise.at, promise.case.id, promise.kind))


def _of_case(case: Case) -> Iterator[Promise]:
    if case.extensions and case.due_at is not None and case.reported_at is None:
        yield Promise(PromiseKind.EXTENDED, case, case.due_at)
    if case.supervision is not None and case.supervision.awaits_reply:
        yield Promise(PromiseKind.REPLY, case, case.supervision.reply_due)
    if case.state is CaseState.SUSPENDED and case.review_at is not None:
        yield Promise(PromiseKind.REVIEW, case, case.review_at)


def hard_cases(cases: Iterable[Case]) -> list[Case]:
    """疑难件 that are open, the oldest first."""
    return sorted((case for case in cases if case.hard), key=lambda case: case.received_at)
