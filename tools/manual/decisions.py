"""What waits for the duty chief: returns, extensions, a suspension, supervisions."""

from datetime import timedelta

from console.domain.command import (
    Acknowledge,
    Ask,
    AskReturn,
    Dispatch,
    ReplySupervision,
    RuleRequest,
    RuleReturn,
    Supervise,
)
from console.domain.place import Position
from console.domain.request import RequestKind
from tools.manual.centre import Centre
from tools.manual.places import around, taken_in

RETURNED, EXTENDED, PARKED = "R", "X", "P"
"""How the ids of these cases begin."""
WATCHED, ANSWERED = "W", "A"

_TOWN_WORK = "0501"
_BUREAU_WORK = "0701"
_STEP = timedelta(minutes=2)


def decisions(centre: Centre, at: Position, many: int) -> None:
    """`many` second returns, and the rest in proportion; the first of each waits longest."""
    for number in range(many):
        returned_twice(centre, f"{RETURNED}-{number}", around(at, number, 1.4))
    for number in range(max(1, many // 2)):
        extended_twice(centre, f"{EXTENDED}-{number}", around(at, number + 7, 1.2))
        parked(centre, f"{PARKED}-{number}", around(at, number + 11, 1.6))
    watched(centre, at)
    centre.pass_time(_STEP)


def held(centre: Centre, case: str, order: str, unit: str) -> None:
    """A unit leads it and has signed."""
    centre.send(Dispatch(case=case, assignment=order, unit=unit), Acknowledge(assignment=order))


def returned_twice(centre: Centre, case: str, at: Position) -> None:
    """Given back, ruled once by the shift leader, given to another unit, which asks again."""
    centre.send(taken_in(centre, case, _TOWN_WORK, at))
    held(centre, case, f"{case}-1", "D.460106")
    centre.pass_time(_STEP)
    centre.send(AskReturn(assignment=f"{case}-1", reason="not-in-duties"))
    ruling = RuleReturn(case=case, confirmed=True, reason="不属该单位职责，同意退单")
    centre.send(ruling, role="shift_leader")
    held(centre, case, f"{case}-2", "B.enforce")
    centre.pass_time(_STEP)
    centre.send(AskReturn(assignment=f"{case}-2", reason="needs-other-unit"))


def extended_twice(centre: Centre, case: str, at: Position) -> None:
    """The shift leader granted a day; now two more are asked for."""
    centre.send(taken_in(centre, case, _BUREAU_WORK, at))
    held(centre, case, f"{case}-1", "B.urban")
    _ask(centre, case, RequestKind.EXTENSION, 7, "parts-ordered")
    granted = RuleRequest(case=case, granted=True, opinion="情况属实，同意")
    centre.send(granted, role="shift_leader")
    _ask(centre, case, RequestKind.EXTENSION, 10, "weather")


def parked(centre: Centre, case: str, at: Position) -> None:
    """A permit is needed before anything can be done."""
    centre.send(taken_in(centre, case, "0305", at))
    held(centre, case, f"{case}-1", "B.housing")
    _ask(centre, case, RequestKind.SUSPENSION, 24, "needs-permit")


def _ask(centre: Centre, case: str, kind: RequestKind, days: int, reason: str) -> None:
    until = centre.now() + timedelta(days=days)
    centre.send(Ask(assignment=f"{case}-1", kind=kind, until=until, reason=reason))


def watched(centre: Centre, at: Position) -> None:
    """Two supervisions: one waits for the reply, one for its acceptance."""
    for case, place in ((WATCHED, around(at, 3, 0.8)), (ANSWERED, around(at, 5, 0.9))):
        centre.send(taken_in(centre, case, "0904", place))
        held(centre, case, f"{case}-1", "U.drain")
        words = "诉求人三次来电。请主要负责人过问，今日内办结。"
        centre.send(Supervise(case=case, words=words), role="supervisor")
        centre.pass_time(_STEP)
    centre.send(
        ReplySupervision(
            case=ANSWERED,
            problem="井盖冒溢，污水流到小区门口约 20 米。",
            cause="支管被建筑垃圾堵塞，雨后水量增大。",
            measures="已派吸污车两台，清掏支管 60 米，路面已冲洗。",
            effect="10:20 起不再冒溢；明早复查一次。",
        )
    )
