"""What anybody may know of a report: its state, its class and roughly where, nothing a citizen wrote."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.domain.case import TERMINAL, Case, CaseState
from console.domain.city import City

if TYPE_CHECKING:
    from console.geo.layer import Layer

NOTES: Mapping[CaseState, str] = {
    CaseState.RECEIVED: "已收到 · received",
    CaseState.VERIFYING: "核实中 · being verified",
    CaseState.REGISTERED: "已立案 · registered",
    CaseState.DISPATCHED: "已派单 · given to a unit",
    CaseState.ACKNOWLEDGED: "已签收 · signed for by the unit",
    CaseState.ON_SCENE: "处置中 · being handled",
    CaseState.RETURN_ASKED: "承办单位核定中 · the responsible unit is being settled",
    CaseState.SUSPENDED: "缓办 · suspended with a review date",
    CaseState.REPORTED: "已反馈 · result reported",
    CaseState.CHECKING: "核查中 · being checked",
    CaseState.CALLBACK: "待回访 · to be called back",
    CaseState.REWORK: "返工 · being reworked",
    CaseState.CLOSED: "已办结 · closed",
    CaseState.ANSWERED: "已答复 · answered",
    CaseState.REJECTED: "不予受理 · not accepted",
    CaseState.TRANSFERRED: "已转办 · transferred",
    CaseState.VOID: "经核实无效 · found void",
}


def public(case: Case, unit: str | None, city: City, grids: "Layer") -> dict[str, Any]:
    """A report as Open311 shows it; `unit` is the code of the lead unit.

    The place is the middle of the grid and the name of the town, never the point that was sent. Of a
    sensitive service only the state and the times are told.
    """
    category = city.categories.get(case.category)
    hidden = category is None or category.sensitive
    known = None if hidden else city.units.get(unit or "")
    lon, lat = (None, None) if hidden else _middle(case, grids)
    return {
        "service_request_id": case.id,
        "status": "closed" if case.state in TERMINAL else "open",
        "status_notes": NOTES[case.state],
        "service_name": None if hidden or category is None else category.name,
        "service_code": None if hidden else case.category,
        "description": None,
        "agency_responsible": None if known is None else known.name,
        "service_notice": None,
        "requested_datetime": _local(case.received_at, city),
        "updated_datetime": _local(_updated(case), city),
        "expected_datetime": _local(case.due_at, city),
        "address": None if hidden else _address(case, city),
        "address_id": None,
        "zipcode": None,
        "lat": lat,
        "long": lon,
        "media_url": None,
    }


def _middle(case: Case, grids: "Layer") -> tuple[float | None, float | None]:
    if case.grid is None or case.grid not in grids.index:
        return None, None
    lon, lat = grids.label(case.grid)
    return round(lon, 5), round(lat, 5)


def _address(case: Case, city: City) -> str | None:
    return f"{city.area_name(case.district)}{city.area_name(case.town)}" or None


def _updated(case: Case) -> datetime:
    told = (case.registered_at, case.dispatched_at, case.reported_at, case.closed_at)
    return max((at for at in told if at is not None), default=case.received_at)


def _local(at: datetime | None, city: City) -> str | None:
    return None if at is None else at.astimezone(city.tz).isoformat(timespec="seconds")
