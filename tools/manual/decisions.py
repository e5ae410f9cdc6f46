"""What waits for the duty chief: returns, extensions, a suspension, supervisions."""

from datetime import timedelta
from zlib import crc32

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

_STEP = timedelta(seconds=100)


def decisions(centre: Centre, at: Position, many: int) -> None:
    """`many` second returns, and the rest in proportion; about eight minutes of the city's time."""
    returned = [f"{RETURNED}-{n}" for n in range(many)]
    extended = [f"{EXTENDED}-{n}" for n in range(max(1, many // 2))]
    parked = [f"{PARKED}-{n}" for n in range(max(1, many // 3))]
    for work, cases in (("0501", returned), ("0701", extended), ("0305", parked)):
        centre.send(*(taken_in(centre, c, work, around(at, crc32(c.encode()), 1.5)) for c in cases))
    for unit, cases in (("D.460106", returned), ("B.urban", extended), ("B.housing", parked)):
        _held(centre, cases, "1", unit)
    _watch(centre, at)
    centre.pass_time(_STEP)
    _give_back(centre, returned)
    for case in extended:
        _ask(centre, case, RequestKind.EXTENSION, 7, "parts-ordered")
        granted = RuleRequest(case=case, granted=True, opinion="情况属实，同意")
        centre.send(granted, role="shift_leader")
    centre.pass_time(_STEP)
    for number, case in enumerate(returned):
        reason = ("needs-other-unit", "outside-area")[number % 2]
        centre.send(AskReturn(assignment=f"{case}-2", reason=reason))
        centre.pass_time(timedelta(seconds=40))
    for case in extended:
        _ask(centre, case, RequestKind.EXTENSION, 10, "weather")
    for case in parked:
        _ask(centre, case, RequestKind.SUSPENSION, 24, "needs-permit")
    centre.pass_time(_STEP)


def _held(centre: Centre, cases: list[str], turn: str, unit: str) -> None:
    """A unit leads them and has signed."""
    for case in cases:
        order = f"{case}-{turn}"
        centre.send(Dispatch(case=case, assignment=order, unit=unit), Acknowledge(assignment=order))


def _give_back(centre: Centre, cases: list[str]) -> None:
    """Given back, which the shift leader agreed to; now another unit has them."""
    for case in cases:
        centre.send(AskReturn(assignment=f"{case}-1", reason="not-in-duties"))
        ruling = RuleReturn(case=case, confirmed=True, reason="不属该单位职责，同意退单")
        centre.send(ruling, role="shift_leader")
    _held(centre, cases, "2", "B.enforce")


def _ask(centre: Centre, case: str, kind: RequestKind, days: int, reason: str) -> None:
    until = centre.now() + timedelta(days=days)
    centre.send(Ask(assignment=f"{case}-1", kind=kind, until=until, reason=reason))


def _watch(centre: Centre, at: Position) -> None:
    """Two supervisions: one waits for the reply, one for its acceptance."""
    watched = [WATCHED, ANSWERED]
    centre.send(
        *(taken_in(centre, c, "0904", around(at, n + 3, 0.9)) for n, c in enumerate(watched))
    )
    _held(centre, watched, "1", "U.drain")
    for case in watched:
        words = "诉求人三次来电。请主要负责人过问，今日内办结。"
        centre.send(Supervise(case=case, words=words), role="supervisor")
    centre.send(
        ReplySupervision(
            case=ANSWERED,
            problem="井盖冒溢，污水流到小区门口约 20 米。",
            cause="支管被建筑垃圾堵塞，雨后水量增大。",
            measures="已派吸污车两台，清掏支管 60 米，路面已冲洗。",
            effect="现已不再冒溢；明早复查一次。",
        )
    )
