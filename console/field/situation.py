"""What the simulated emergency seat writes: an incident's name, its orders, its reports upward, its after-action sheet."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.case import TERMINAL, Case
from console.domain.city import City
from console.domain.incident import Incident, ReportKind, Review

_ENDINGS = {
    ReportKind.FIRST: "现场情况正在核实，处置进展续报。",
    ReportKind.FOLLOW_UP: "处置正在进行，后续情况续报。",
    ReportKind.FINAL: "处置已结束，未完成的办件由各承办单位按时限办结。",
}
"""How each kind of report closes."""


def name(city: City, cases: Sequence[Case]) -> str:
    """Where and what: the town and the matter that most of the cases name."""
    [(category, _)] = Counter(case.category for case in cases).most_common(1)
    towns = Counter(case.town for case in cases if case.town is not None).most_common(1)
    town = city.areas[towns[0][0]].name if towns else city.name
    return f"{town}{city.categories[category].name}"


def order(incident: Incident) -> str:
    """What those called in are asked to do."""
    return f"{incident.name}，请立即派员到场联合处置，做好警戒和疏导，到场后报告现场情况。"


def report(
    incident: Incident, kind: ReportKind, orders: Sequence[Assignment], cases: Sequence[Case]
) -> str:
    """The situation in figures."""
    there = sum(one.arrived_at is not None for one in orders)
    still = sum(case.state not in TERMINAL for case in cases)
    return (
        f"{incident.name}：收到相关办件 {len(cases)} 件，未办结 {still} 件；"
        f"通知 {len(orders)} 支力量，到场 {there} 支。{_ENDINGS[kind]}"
    )


def review(
    incident: Incident, ended: datetime, orders: Sequence[Assignment], cases: Sequence[Case]
) -> Review:
    """The sheet at the end; `ended` is the local time."""
    began = incident.started_at.astimezone(ended.tzinfo)
    slow = sum(one.step > 0 for one in orders)
    there = sum(one.arrived_at is not None for one in orders)
    return Review(
        course=(
            f"{began:%H:%M} 启动联动，通知 {len(orders)} 支力量，{there} 支到场，"
            f"关联办件 {len(cases)} 件，{ended:%H:%M} 结束。"
        ),
        went_well="来电集中后及时合并处置，同一原因的办件没有重复派单到现场。",
        lessons=(
            f"有 {slow} 支力量未及时签收，逐级催办后才回应。" if slow else "现场信息回传偏慢。"
        ),
        follow_up="请排水、供水单位复查周边管网，汛期前列入易涝点台账。",
    )
