"""Shifts: which hours of a day somebody is on duty."""

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A daily span of local time; one that ends at or before its start runs over midnight."""

    code: str
    name: str
    name_en: str
    start: time
    end: time

    def covers(self, local: datetime) -> bool:
        """Whether the aware local time lies in this shift (start inclusive, end exclusive)."""
        now = local.timetz().replace(tzinfo=None)
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end
