"""Which cases a queue shows and in what order: tabs, filters and sort keys; no Qt."""

from dataclasses import dataclass
from enum import StrEnum

from console.domain.assignment import Assignment
from console.domain.case import TERMINAL, WAITING, Case, CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Level
from console.tables.arrangement import SortKey
from console.tables.countdown import Countdown, countdown_of
from console.tables.search import haystack, matches


class QueueTab(StrEnum):
    """The tabs of the queue, in their order on the screen."""

    WAITING = "waiting"
    MINE = "mine"
    DISPATCHED = "dispatched"
    VERIFY_CALLBACK = "verify_callback"
    ALL = "all"


class QueueOrder(StrEnum):
    """What a queue may be sorted by."""

    WORST = "worst"
    NEWEST = "newest"
    CATEGORY = "category"
    PLACE = "place"
    CHANNEL = "channel"


_AFTER_WORK = frozenset({CaseState.REPORTED, CaseState.CHECKING, CaseState.CALLBACK})


def tab_of(case: Case) -> QueueTab | None:
    """The tab a case belongs to besides MINE and ALL; None when it is over."""
    if case.state in TERMINAL:
        return None
    if case.state in WAITING or (case.state is CaseState.SUSPENDED and case.lead is None):
        return QueueTab.WAITING
    return QueueTab.VERIFY_CALLBACK if case.state in _AFTER_WORK else QueueTab.DISPATCHED


@dataclass(slots=True)
class Entry:
    """A case as the queue keeps it: with its lead, its clock and, once searched, its words."""

    case: Case
    lead: Assignment | None
    countdown: Countdown | None
    tab: QueueTab | None
    words: str | None = None

    def level(self, now: float) -> Level:
        """The level at `now` (epoch seconds of domain time)."""
        if self.case.state is CaseState.SUSPENDED:
            return Level.SUSPENDED
        return Level.GREEN if self.countdown is None else self.countdown.level(now)

    def same_words(self, other: "Entry") -> bool:
        """Whether a search would find both alike."""
        mine, its = self.case, other.case
        return (mine.place, mine.category, mine.town) == (its.place, its.category, its.town)

    def text(self, city: City) -> str:
        """What a search looks in; made at the first search."""
        if self.words is None:
            self.words = _words(self.case, city)
        return self.words


def entry_of(case: Case, lead: Assignment | None, city: City) -> Entry:
    """A queue's entry for a case."""
    return Entry(case, lead, countdown_of(case, lead, city.policy), tab_of(case))


def _words(case: Case, city: City) -> str:
    category = city.categories.get(case.category)
    town, district = city.areas.get(case.town or ""), city.areas.get(case.district or "")
    names = [case.place]
    if category is not None:
        names += [category.name, category.name_en]
    names += [name for area in (town, district) if area for name in (area.name, area.name_en)]
    return "\n".join((case.id.casefold(), (case.source_ref or "").casefold(), haystack(*names)))


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What is shown of a tab. `levels` None means all; `text` is normalised."""

    text: str = ""
    levels: frozenset[Level] | None = None
    urgent_only: bool = False
    without_place: bool = False

    def takes(self, entry: Entry, city: City, now: float) -> bool:
        """Whether an entry passes at `now` (epoch seconds of domain time)."""
        if self.urgent_only and entry.case.urgency is not Urgency.URGENT:
            return False
        if self.without_place and entry.case.position is not None:
            return False
        if self.levels is not None and entry.level(now) not in self.levels:
            return False
        return not self.text or matches(entry.text(city), self.text)


def in_tab(
    entry: Entry, tab: QueueTab, mine: frozenset[str] | set[str], *, searching: bool
) -> bool:
    """Whether an entry stands in a tab; one that is over is found only by searching in ALL."""
    if entry.tab is None:
        return tab is QueueTab.ALL and searching
    if tab is QueueTab.MINE:
        return entry.case.id in mine
    return tab is QueueTab.ALL or entry.tab is tab


def sort_key(entry: Entry, order: QueueOrder) -> SortKey:
    """What an entry is sorted by. It holds no "now", so that time alone never moves a row."""
    case = entry.case
    worst = (_band(entry), entry.countdown.due if entry.countdown is not None else 0.0, case.id)
    if order is QueueOrder.NEWEST:
        return -case.received_at.timestamp(), case.id
    if order is QueueOrder.CATEGORY:
        return case.category, *worst
    if order is QueueOrder.PLACE:
        return case.district or "~", case.town or "~", case.place, *worst
    if order is QueueOrder.CHANNEL:
        return case.channel.value, *worst
    return worst


def _band(entry: Entry) -> int:
    """Urgent cases nobody has answered stand above all; what waits for nothing, below."""
    if entry.countdown is None:
        return 3
    if entry.case.state is CaseState.SUSPENDED:
        return 2
    unanswered = entry.tab is QueueTab.WAITING or (
        entry.lead is not None and entry.lead.active and entry.lead.answered_at is None
    )
    return 0 if entry.case.urgency is Urgency.URGENT and unanswered else 1


def group_of(case: Case) -> str:
    """The group a waiting case belongs to in a flood: its town (or district) and its category."""
    return f"{case.town or case.district or '-'}|{case.category}"
