"""What happened while nobody watched: counts of events, printed at the end of an unattended run."""

from collections import Counter
from collections.abc import Iterable

from console.domain.event import Event

_LINES = (
    ("case.received", "接到办件", "cases received"),
    ("case.answered", "即时答复", "answered at once"),
    ("case.dispatched", "派单", "dispatched"),
    ("assignment.acknowledged", "签收", "acknowledged"),
    ("assignment.arrived", "到场", "arrived"),
    ("case.reported", "反馈", "reported"),
    ("case.closed", "办结", "closed"),
    ("assignment.overdue", "时限已到", "timers run out"),
    ("assignment.escalated", "逐级催办", "escalated"),
)


class Tally:
    """Counts events by type."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self._counts: Counter[str] = Counter()

    def add(self, events: Iterable[Event]) -> None:
        """Count some events."""
        self._counts.update(event.type for event in events)

    def text(self) -> str:
        """One line a kind of event, in both languages."""
        rows = [f"  {self._counts[kind]:6d}  {zh} / {en}" for kind, zh, en in _LINES]
        return "\n".join(rows)
