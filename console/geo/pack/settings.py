"""Reads city.toml: the city's name, policy, calendar, shifts, layers and call shape."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.domain.city import WALL_SCENES, Policy, WorkCalendar
from console.domain.place import Position
from console.domain.shift import Shift
from console.geo.pack.callshape import check_callshape
from console.geo.pack.files import read_text
from console.geo.problem import Problems

FILE = "city.toml"

_FRACTIONS = ("amber_response", "amber_handling")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What city.toml says."""

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
    shifts: Mapping[str, Shift]
    simulator: Mapping[str, object]


def read_toml(folder: Path, problems: Problems) -> dict[str, object] | None:
    """city.toml as it stands; None with a problem noted if it cannot be read."""
    text = read_text(folder, FILE, problems)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(FILE, "", "", f"不是有效的 TOML：{error}", f"not valid TOML: {error}")
        return None


def read_settings(raw: Mapping[str, object], problems: Problems) -> Settings:
    """The settings with every fault noted; a wrong value is replaced by a harmless one."""
    city = Section(raw, "city", problems)
    simulator = Section(raw, "simulator", problems).values
    check_callshape(simulator, problems)
    return Settings(
        code=city.text("code"),
        name=city.text("name"),
        name_en=city.text("name_en"),
        tz=_zone(city),
        case_word=city.text("case_word"),
        case_word_en=city.text("case_word_en"),
        map_approval=city.optional("map_approval"),
        production=city.of_type("production", bool, False),
        centre=_centre(city),
        credits=tuple(city.texts("credits")),
        policy=_policy(Section(raw, "policy", problems, optional=True)),
        calendar=_calendar(Section(raw, "calendar", problems, optional=True)),
        shifts=_shifts(raw, problems),
        simulator=simulator,
    )


class Section:
    """One table of city.toml; a value that is wrong is noted and answered with a harmless one."""

    def __init__(
        self, raw: Mapping[str, object], name: str, problems: Problems, optional: bool = False
    ) -> None:
        self.name, self._problems = name, problems
        found = raw.get(name, {} if optional else None)
        if not isinstance(found, dict):
            self.wrong("", f"缺少 [{name}] 一节", f"the table [{name}] is missing")
            found = {}
        self.values: Mapping[str, object] = found

    def wrong(self, field: str, zh: str, en: str) -> None:
        """Note a problem with one value of this table."""
        self._problems.add(FILE, self.name, field, zh, en)

    def of_type(self, field: str, kind: type[Value], harmless: Value) -> Value:
        """The value, which has to be exactly of that type."""
        value = self.values.get(field)
        if type(value) is kind:
            return value
        self.wrong(field, f"缺少或不是 {kind.__name__}", f"is missing or not a {kind.__name__}")
        return harmless

    def text(self, field: str) -> str:
        """A text that is not empty."""
        value = self.of_type(field, str, "?")
        if not value.strip():
            self.wrong(field, "不能为空", "must not be empty")
        return value.strip()

    def optional(self, field: str) -> str | None:
        """A text that is not empty, None when the field is left out."""
        return self.text(field) if field in self.values else None

    def texts(self, field: str) -> list[str]:
        """A list of texts."""
        value = self.of_type(field, list, [])
        if any(not isinstance(item, str) for item in value):
            self.wrong(field, "应为一组文字", "must be a list of texts")
            return []
        return value

    def parsed(self, field: str, value: object, parse: Callable[[str], Value]) -> Value | None:
        """The text through `parse`; None with a problem noted when that raises ValueError."""
        try:
            return parse(str(value))
        except ValueError:
            self.wrong(field, f"“{str(value)[:40]}”格式不对", f'"{str(value)[:40]}" is not of the right form')  # fmt: skip
            return None


def _zone(city: Section) -> ZoneInfo:
    name = city.text("tz")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        city.wrong("tz", f"没有“{name[:40]}”这个时区", f'there is no time zone "{name[:40]}"')
        return ZoneInfo("UTC")


def _centre(city: Section) -> Position:
    value = city.of_type("centre", list, [])
    try:
        lon, lat = (float(degrees) for degrees in value)
        return Position(lon, lat)
    except (TypeError, ValueError):
        city.wrong("centre", "应为 [经度, 纬度]", "must be [longitude, latitude] in degrees")
        return Position(0.0, 0.0)


def _policy(section: Section) -> Policy:
    """The city's numbers; a name that is not known is most likely a slip and is noted."""
    known = {field.name: field.default for field in fields(Policy)}
    values: dict[str, object] = {}
    for name, value in section.values.items():
        if name not in known:
            section.wrong(name, "没有这一项", "there is no such policy")
        elif name == "wall_scenes":
            values[name] = _scenes(section, name, value)
        elif isinstance(known[name], tuple):
            values[name] = _ladder(section, name, value)
        elif not _is_positive(value, whole=isinstance(known[name], int)):
            section.wrong(name, "应为大于 0 的数", "must be a number above 0")
        elif name in _FRACTIONS and value >= 1:  # type: ignore[operator]
            section.wrong(name, "应小于 1", "must be below 1")
        else:
            values[name] = value
    return Policy(**values)  # type: ignore[arg-type]


def _is_positive(value: object, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 < value < 1e6 and (isinstance(value, int) or not whole)


def _scenes(section: Section, name: str, value: object) -> tuple[str, ...]:
    scenes = value if isinstance(value, list) else []
    if not scenes or any(scene not in WALL_SCENES for scene in scenes):
        words = ", ".join(WALL_SCENES)
        section.wrong(name, f"应为以下各项：{words}", f"must be some of {words}")
        return WALL_SCENES[:1]
    return tuple(scenes)


def _ladder(section: Section, name: str, value: object) -> tuple[int, ...]:
    steps = value if isinstance(value, list) else []
    rising = all(a < b for a, b in pairwise(steps))
    if not steps or not all(_is_positive(step, whole=True) for step in steps) or not rising:
        section.wrong(name, "应为递增的整数分钟", "must be whole minutes in rising order")
        return (1,)
    return tuple(steps)


def _calendar(section: Section) -> WorkCalendar:
    days: dict[date, bool] = {}
    workdays = section.values.get("workdays", {})
    for day, works in workdays.items() if isinstance(workdays, dict) else ():
        parsed = section.parsed("workdays", day, date.fromisoformat)
        if not isinstance(works, bool):
            section.wrong("workdays", f"{day} 应为 true 或 false", f"{day} must be true or false")
        elif parsed is not None:
            days[parsed] = works
    default = WorkCalendar()
    return WorkCalendar(
        morning=_span(section, "morning", default.morning),
        afternoon=_span(section, "afternoon", default.afternoon),
        workdays=days,
    )


def _span(section: Section, field: str, default: tuple[time, time]) -> tuple[time, time]:
    if field not in section.values:
        return default
    value = section.values[field]
    ends = [
        section.parsed(field, end, _clock) for end in (value if isinstance(value, list) else ())
    ]
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
        return ends[0], ends[1]
    section.wrong(field, '应为 ["开始", "结束"]', 'must be ["start", "end"]')
    return default


def _clock(text: str) -> time:
    """HH:MM of local time. Raises ValueError, also for a time with an offset."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("a time of day in the city's own zone has no offset")
    return found


def _shifts(raw: Mapping[str, object], problems: Problems) -> dict[str, Shift]:
    found: dict[str, Shift] = {}
    entries = raw.get("shifts")
    if not isinstance(entries, list) or not entries:
        problems.add(FILE, "shifts", "", "至少要有一个班次", "there must be at least one shift")
        return found
    for entry in entries:
        section = Section({"shifts": entry}, "shifts", problems)
        code = section.text("code")
        if code in found:
            section.wrong("code", f"“{code}”出现了两次", f'"{code}" stands twice')
        start = section.parsed("start", section.text("start"), _clock)
        end = section.parsed("end", section.text("end"), _clock)
        found[code] = Shift(
            code=code,
            name=section.text("name"),
            name_en=section.text("name_en"),
            start=start or time(0),
            end=end or time(0),
        )
    return found
