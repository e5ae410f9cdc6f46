"""A city as data: names, units, categories, people and policy; geometry is in `console.geo`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from zoneinfo import ZoneInfo

from console.domain.basemap import BaseMap
from console.domain.category import Subcategory
from console.domain.grid import Area, Grid
from console.domain.place import Place, Position
from console.domain.roster import Rota
from console.domain.shift import Shift
from console.domain.unit import Duty, Team, Unit
from console.domain.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The city's numbers. Minutes and seconds as named; `ladder_min` are the rungs of an urgent case.

    `amber_response` and `amber_handling` are the fractions of a limit left at which amber begins;
    `dark_red_factor` is the multiple of the limit at which red turns dark; `closing_min` is the
    centre's limit for check and call-back, from the report on. `first_report_min` and
    `follow_up_min` are when an incident's situation reports are owed. A seat announces at most
    `alarm_peak` alarms of a priority one by one within `alarm_window_min`; more than `alarm_steady`
    of them are more than somebody can answer all day long. `wall_scenes` are what a wall shows in
    turn where nothing else was chosen at it.
    """

    respond_min: int = 30
    centre_urgent_min: int = 3
    centre_normal_min: int = 15
    return_ruling_min: int = 15
    closing_min: int = 24 * 60
    ladder_min: tuple[int, ...] = (3, 6, 10)
    announce_s: int = 8
    amber_response: float = 0.5
    amber_handling: float = 0.2
    dark_red_factor: float = 3.0
    position_stale_s: int = 180
    callback_tries: int = 3
    supervise_reply_min: int = 120
    confirm_incident_min: int = 5
    first_report_min: int = 30
    follow_up_min: int = 60
    extension_days_max: int = 30
    wall_distance_m: float = 5.0
    wall_scenes: tuple[str, ...] = ("city", "districts", "incidents")
    alarm_peak: int = 10
    alarm_steady: int = 1
    alarm_window_min: int = 10


WALL_SCENES = ("city", "districts", "incidents", "hours", "ranking")
"""What a pack can put on its walls; figures about people's work only where it says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """When work time runs, local time; `workdays` overrides single dates (True: a make-up day)."""

    morning: tuple[time, time] = (time(8, 30), time(12, 0))
    afternoon: tuple[time, time] = (time(14, 30), time(17, 30))
    workdays: Mapping[date, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class City:
    """One city pack in memory, equal only to itself. `simulator` holds the pack's call-shape figures as read."""

    code: str
    name: str
    name_en: str
    tz: ZoneInfo
    case_word: str
    case_word_en: str
    map_approval: str | None
    production: bool
    centre: Position
    credits: tuple[str, ...]
    policy: Policy
    calendar: WorkCalendar
    areas: Mapping[str, Area]
    grids: Mapping[str, Grid]
    units: Mapping[str, Unit]
    duties: tuple[Duty, ...]
    teams: Mapping[str, Team]
    categories: Mapping[str, Subcategory]
    places: tuple[Place, ...]
    shifts: Mapping[str, Shift]
    workers: Mapping[str, Worker]
    simulator: Mapping[str, object]
    pack_hash: str
    rotas: tuple[Rota, ...] = ()
    base_maps: tuple[BaseMap, ...] = ()

    @cached_property
    def duties_by_subcategory(self) -> Mapping[str, tuple[Duty, ...]]:
        """Subcategory code → the duties that name it."""
        found: dict[str, list[Duty]] = {}
        for duty in self.duties:
            found.setdefault(duty.subcategory, []).append(duty)
        return {code: tuple(duties) for code, duties in found.items()}

    def qualified(self, unit: str, subcategory: str) -> bool:
        """Whether the unit may lead it: for a hazard its duties must name the subcategory."""
        found = self.categories.get(subcategory)
        if found is None or not found.hazard or found.lead == unit:
            return True
        known = self.units.get(unit)
        if known is not None and found.lead == f"@{known.kind.value}":
            return True
        return any(duty.unit == unit for duty in self.duties_by_subcategory.get(subcategory, ()))

    @cached_property
    def unit_of_area(self) -> Mapping[str, Unit]:
        """District or town code → the unit that answers for it."""
        return {unit.area: unit for unit in self.units.values() if unit.area is not None}

    def of_district(self, unit: str | None, district: str | None) -> bool:
        """Whether the unit is of the district: the district itself or one of its towns."""
        known = self.units.get(unit or "")
        area = known.area if known is not None else None
        if area is None or district is None:
            return False
        return district in (area, self.areas[area].parent if area in self.areas else None)

    @cached_property
    def teams_of_unit(self) -> Mapping[str, tuple[Team, ...]]:
        """Unit code → its teams."""
        found: dict[str, list[Team]] = {}
        for team in self.teams.values():
            found.setdefault(team.unit, []).append(team)
        return {code: tuple(teams) for code, teams in found.items()}

    def area_name(self, code: str | None, lang: str = "zh") -> str:
        """The area's name in the language, "" for an unknown or missing code."""
        area = self.areas.get(code) if code else None
        if area is None:
            return ""
        return area.name if lang == "zh" else area.name_en
