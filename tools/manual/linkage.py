"""An incident under way: calls inside its footprint, and orders of which two nobody has signed."""

from datetime import timedelta

from console.domain.city import City
from console.domain.command import (
    Accept,
    Acknowledge,
    Arrive,
    Asked,
    CallIn,
    Dispatch,
    NoteIncident,
    RecordLevel,
    Report,
    ReportUpward,
    Respond,
    StartIncident,
)
from console.domain.incident import ReportKind, ResponseLevel
from console.domain.place import Position
from console.store.inside import circle
from tools.manual.centre import Centre
from tools.manual.places import around, taken_in

INCIDENT = "J-1"
UNSIGNED = ("D.460106", "U.power")
"""Who does not sign."""
_KINDS = ("0902", "0901", "0901", "0701", "0706", "0901")
_STEP = timedelta(seconds=125)


def linkage(centre: Centre, at: Position, calls: int, asked: int) -> None:
    """`calls` calls inside, `asked` units of which two have not signed; a few more calls come later.

    About eight minutes of the city's time.
    """
    inside = [f"C-{number}" for number in range(calls)]
    centre.send(*(_call(centre, case, number, at) for number, case in enumerate(inside)))
    _repair(centre, inside)
    start = StartIncident(
        incident=INCIDENT,
        name="龙华 · 供水主管爆裂",
        footprint=circle(at, 650),
        cases=tuple(inside),
    )
    centre.send(start, role="emergency")
    orders, words = receivers(centre.city, asked), "关阀、抢修、疏导交通，逐户告知停水"
    centre.send(_call_in(orders[: asked - 2], words), role="emergency")
    _answer(centre, orders[: asked - 2])
    centre.send(
        NoteIncident(incident=INCIDENT, words="现场：DN600 主管破裂，关阀约需 20 分钟，半幅积水"),
        ReportUpward(incident=INCIDENT, kind=ReportKind.FIRST, words="供水主管爆裂，已关阀抢修。"),
        role="emergency",
    )
    centre.send(_call_in(orders[asked - 2 :], "到场会商，备用电源"), role="emergency")
    centre.pass_time(_STEP)
    later = range(calls, calls + max(3, calls // 4))
    centre.send(*(_call(centre, f"C-{number}", number, at) for number in later))
    centre.pass_time(_STEP)


def _repair(centre: Centre, cases: list[str]) -> None:
    """The water company works on what belongs to the break."""
    for case in cases:
        order = f"{case}-1"
        centre.send(
            Dispatch(case=case, assignment=order, unit="U.water"), Acknowledge(assignment=order)
        )


def set_level(centre: Centre) -> None:
    """The headquarters has ordered a response."""
    order = RecordLevel(
        incident=INCIDENT,
        level=ResponseLevel.IV,
        number="海三防〔2026〕12号",
        ordered_at=centre.now() - timedelta(minutes=5),
    )
    centre.send(order, role="emergency")


def _call(centre: Centre, case: str, number: int, at: Position) -> Accept:
    kind = _KINDS[number % len(_KINDS)]
    place = around(at, number + 40, 0.55)
    return taken_in(centre, case, kind, place, urgent=number % 4 == 0, kin=f"water-{number % 3}")


def receivers(city: City, asked: int) -> list[Asked]:
    """Utilities and bureaus first, a team and a district among them; the unsigned two last."""
    first = ("U.water", "B.traffic")
    others = [u for u in city.units if u not in (*first, *UNSIGNED) and u[0] in "BU"]
    units = [*first, *others][: asked - 3]
    named = [Asked(assignment=f"J-{u}", unit=u) for u in units]
    team = next(t for t in city.teams.values() if t.unit == "B.urban")
    crew = Asked(assignment="J-team", team=team.code)
    return [*named, crew, *(Asked(assignment=f"J-{u}", unit=u) for u in UNSIGNED)]


def _call_in(asked: list[Asked], words: str) -> CallIn:
    return CallIn(incident=INCIDENT, asked=tuple(asked), words=words)


def _answer(centre: Centre, orders: list[Asked]) -> None:
    """They sign, and have come further the earlier they stand in the list."""
    pause = timedelta(minutes=4) / len(orders)
    for number, order in enumerate(orders):
        centre.pass_time(pause)
        name = order.assignment
        centre.send(Acknowledge(assignment=name))
        stage = number % 4
        if stage < 3:
            centre.send(Respond(assignment=name))
        if stage < 2:
            centre.send(Arrive(assignment=name))
        if stage == 0 and number:
            centre.send(Report(assignment=name))
