"""A recorded day: real hotline records as calls, with everything that was wrong with them."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from console.domain.case import Channel
from console.domain.city import City
from console.domain.command import Accept, Private
from console.domain.place import Position, distance_m
from console.feed.csv_rows import Rejected, Row, read_rows
from console.feed.mapping import ColumnMap, MappingError, read_mapping
from console.field.calls import Call
from console.field.ids import new_id
from console.geo.crs import gcj02_to_wgs84

ANSWERED_WITHIN = timedelta(minutes=5)
"""A record that was closed sooner never left the centre."""

FAR_M = 200_000.0
"""A place farther than this from the city's centre is a slip of the pen."""

_LONGEST_ID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One local day of calls, sorted by time; `ends` are known closing times by case id.

    `without_place` counts kept cases without a usable place, `bad_places` those of them whose
    coordinates were there but wrong, `unknown_categories` names that fell to the other class.
    """

    file: str
    day: date
    calls: Sequence[Call]
    ends: Mapping[str, datetime]
    rejected: Sequence[Rejected]
    without_place: int
    bad_places: int
    unknown_categories: Mapping[str, int]

    def summary(self) -> dict[str, object]:
        """The figures of the day as plain values."""
        return {
            "file": self.file,
            "day": self.day.isoformat(),
            "calls": len(self.calls),
            "answered": sum(call.accept.answered for call in self.calls),
            "with_end": len(self.ends),
            "rejected": sum(not rejected.kept for rejected in self.rejected),
            "values_left_out": sum(rejected.kept for rejected in self.rejected),
            "without_place": self.without_place,
            "bad_places": self.bad_places,
            "unknown_category": sum(self.unknown_categories.values()),
        }

    def rejected_list(self) -> str:
        """One line a rejected row or left-out value, tabs between: line, field, reason twice, outcome."""
        rows = (
            f"{r.line}\t{r.field}\t{r.zh}\t{r.en}\t{'kept' if r.kept else 'rejected'}\n"
            for r in self.rejected
        )
        return "line\tfield\t原因\treason\toutcome\n" + "".join(rows)


class _Wrong(Exception):
    """One field of a row cannot be used."""

    def __init__(self, field: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.field, self.zh, self.en = field, zh, en


def _rejected(row: Row, wrong: _Wrong, kept: bool) -> Rejected:
    return Rejected(line=row.line, field=wrong.field, zh=wrong.zh, en=wrong.en, kept=kept)


@dataclass
class _Reading:
    """What has been read so far."""

    mapping: ColumnMap
    city: City
    seed: int
    calls: list[Call] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    ends: dict[str, datetime] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    bad_places: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    def take(self, row: Row | Rejected) -> None:
        """Keep a row as a call, or as a rejected one."""
        if isinstance(row, Rejected):
            self.rejected.append(row)
            return
        try:
            self._keep(row)
        except _Wrong as wrong:
            self.rejected.append(_rejected(row, wrong, kept=False))

    def _keep(self, row: Row) -> None:
        ref = self._text(row, "id")
        if not ref or len(ref) > _LONGEST_ID or not ref.isprintable():
            raise _Wrong("id", "编号缺失、过长或含有不可见字符", "the id is missing, too long or holds control characters")  # fmt: skip
        if ref in self.lines:
            raise _Wrong("id", f"编号与第 {self.lines[ref]} 行重复", f"the id stands in line {self.lines[ref]} already")  # fmt: skip
        opened = self._time(row, "opened")
        if opened is None:
            raise _Wrong("opened", "没有来电时间", "there is no time of the call")
        due, closed = self._after(row, "due", opened), self._after(row, "closed", opened)
        answered = closed is not None and closed - opened < ANSWERED_WITHIN
        case = f"R-{new_id(self.seed, 'recorded', ref)}"
        self.lines[ref] = row.line
        if closed is not None and not answered:
            self.ends[case] = closed
        accept = Accept(
            case=case,
            channel=self._channel(row),
            category=self._category(row),
            position=self._position(row),
            private=Private(words=self._text(row, "words"), address=self._address(row)),
            answered=answered,
            register=not answered,
            source_ref=ref,
            due_at=due,
        )
        self.calls.append(Call(at=opened, accept=accept))

    def _text(self, row: Row, name: str) -> str:
        header = self.mapping.columns.get(name)
        return row.values[header].strip() if header else ""

    def _after(self, row: Row, name: str, opened: datetime) -> datetime | None:
        """An optional time; one that cannot be is listed and left out, the case is kept."""
        try:
            found = self._time(row, name)
            if found is not None and found < opened:
                raise _Wrong(name, "早于来电时间", "before the time of the call")
        except _Wrong as wrong:
            self.rejected.append(_rejected(row, wrong, kept=True))
            return None
        return found

    def _time(self, row: Row, name: str) -> datetime | None:
        text = self._text(row, name)
        if not text:
            return None
        for form in self.mapping.formats:
            try:
                parsed = datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
            except ValueError:
                continue
            local = parsed if parsed.tzinfo else parsed.replace(tzinfo=self.mapping.tz)
            return self._utc(local, name, text)
        raise _Wrong(name, f"读不懂时间“{text[:40]}”", f"cannot read the time {text[:40]!r}")

    @staticmethod
    def _utc(local: datetime, name: str, text: str) -> datetime:
        try:
            return local.astimezone(UTC)
        except (OverflowError, ValueError) as error:
            raise _Wrong(name, f"时间“{text[:40]}”超出范围", f"the time {text[:40]!r} is out of range") from error  # fmt: skip

    def _category(self, row: Row) -> str:
        name = self._text(row, "category")
        if name in self.mapping.categories:
            return self.mapping.categories[name]
        if name in self.city.categories:
            return name
        for subcategory in self.city.categories.values():
            if subcategory.name == name:
                return subcategory.code
        self.unknown[name[:60]] += 1
        return self.mapping.other

    def _channel(self, row: Row) -> Channel:
        name = self._text(row, "channel")
        known = self.mapping.channels.get(name)
        if known is not None:
            return known
        try:
            return Channel(name.lower())
        except ValueError:
            return Channel.PHONE

    def _address(self, row: Row) -> str:
        district, address = self._text(row, "district"), self._text(row, "address")
        return address if address.startswith(district) else f"{district} {address}".strip()

    def _position(self, row: Row) -> Position | None:
        """Where it is; coordinates that cannot be right are counted and the case is kept."""
        lon, lat = self._text(row, "lon"), self._text(row, "lat")
        if not lon and not lat:
            return None
        try:
            x, y = float(lon), float(lat)
            if not (math.isfinite(x) and math.isfinite(y)):
                raise ValueError("not finite")
            position = Position(x, y)
            if self.mapping.crs == "gcj02":
                position = Position(*gcj02_to_wgs84(x, y))
            if distance_m(position, self.city.centre) > FAR_M:
                raise ValueError("far from the city")
        except ValueError:
            self.bad_places += 1
            return None
        return Position(round(position.lon, 6), round(position.lat, 6))


def read_recorded(path: Path, mapping_file: Path, city: City, seed: int) -> Recorded:
    """The recorded day of that file. Raises `MappingError` when nothing of it can be used."""
    mapping = read_mapping(mapping_file, city)
    reading = _Reading(mapping, city, seed)
    for row in read_rows(path, mapping):
        reading.take(row)
    day = _day_of(path, reading)
    calls = sorted(_of_day(reading, day), key=lambda call: (call.at, call.accept.source_ref or ""))
    kept = {call.accept.case for call in calls}
    return Recorded(
        file=path.name,
        day=day,
        calls=calls,
        ends={case: end for case, end in reading.ends.items() if case in kept},
        rejected=sorted(reading.rejected, key=lambda rejected: rejected.line),
        without_place=sum(call.accept.position is None for call in calls),
        bad_places=reading.bad_places,
        unknown_categories=dict(reading.unknown),
    )


def _day_of(path: Path, reading: _Reading) -> date:
    """The local day that most rows belong to."""
    days = Counter(call.at.astimezone(reading.city.tz).date() for call in reading.calls)
    if not days:
        raise MappingError(
            f"{path.name}：没有一行可用（{len(reading.rejected)} 行有误）",
            f"{path.name}: not one row can be used ({len(reading.rejected)} are wrong)",
        )
    return max(days, key=lambda day: (days[day], day))


def _of_day(reading: _Reading, day: date) -> list[Call]:
    """The calls of the day; those of other days are rejected, with the line they stand in."""
    kept = []
    for call in reading.calls:
        if call.at.astimezone(reading.city.tz).date() == day:
            kept.append(call)
            continue
        ref = call.accept.source_ref or ""
        reading.rejected.append(
            Rejected(
                line=reading.lines[ref],
                field="opened",
                zh=f"不在 {day} 这一天",
                en=f"not on the day {day}",
            )
        )
    return kept
