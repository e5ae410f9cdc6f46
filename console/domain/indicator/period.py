"""A period over which cases are counted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` on and before `end`, domain time, kept in UTC; raises `ValueError` for naive or turned-round times."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse what is not a span of time; another zone's times are turned into UTC."""
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise ValueError("a period needs times with their zone")
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    @classmethod
    def of_day(cls, day: date, tz: ZoneInfo) -> "Period":
        """The local calendar day, midnight to midnight, also where clocks change."""
        after = day + timedelta(days=1)
        return cls(
            datetime(day.year, day.month, day.day, tzinfo=tz),
            datetime(after.year, after.month, after.day, tzinfo=tz),
        )

    def holds(self, moment: datetime) -> bool:
        """Whether the aware moment lies in the period."""
        return self.start <= moment < self.end
