"""When what is over leaves the picture: at a midnight, so that a shift still sees what it has just done."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from console.domain.case import TERMINAL, Case
from console.domain.handover import Handover
from console.domain.incident import Incident
from console.domain.roster import Turn
from console.store.reducer import Entity

KEPT = timedelta(hours=24)
"""What is over is kept so long before the midnight at which it leaves."""


def midnight(day: str, tz: ZoneInfo) -> datetime:
    """The beginning (UTC) of the local day `YYYY-MM-DD`."""
    return datetime.combine(date.fromisoformat(day), time(), tz).astimezone(UTC)


def leaves(entity: Entity, day_begins: datetime) -> bool:
    """Whether it leaves the picture when the day begins; assignments leave with what they belong to."""
    if isinstance(entity, Case):
        return entity.state in TERMINAL
    if isinstance(entity, Incident):
        return entity.ended_at is not None and entity.ended_at + KEPT <= day_begins
    if isinstance(entity, Turn):
        return entity.end + KEPT <= day_begins
    if isinstance(entity, Handover):
        return entity.made_at + KEPT <= day_begins
    return False
