"""All cases a queue knows, whatever tab they stand in, and their figures; no Qt."""

from collections import Counter
from collections.abc import Iterator

from console.domain.city import City
from console.domain.clock import Level
from console.store.picture import Picture
from console.tables.queue_order import Entry, QueueTab, entry_of


class QueueBook:
    """Entries by case id, counted per tab as they come and go."""

    def __init__(self, city: City) -> None:
        """Empty."""
        self._city = city
        self._entries: dict[str, Entry] = {}
        self._counts: Counter[QueueTab] = Counter()
        self.mine: set[str] = set()
        self.told: dict[str, str] = {}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, case_id: str) -> Entry | None:
        """The entry of a case, None when it is not known."""
        return self._entries.get(case_id)

    def __getitem__(self, case_id: str) -> Entry:
        return self._entries[case_id]

    def reset(self, picture: Picture) -> None:
        """Read a whole picture; what was told of cases that are gone is forgotten."""
        self._entries = {
            case.id: entry_of(case, picture.lead(case), self._city)
            for case in picture.cases.values()
        }
        self._counts = Counter(e.tab for e in self._entries.values() if e.tab is not None)
        self.told = {case: tick for case, tick in self.told.items() if case in self._entries}

    def read(self, case_id: str, picture: Picture) -> Entry | None:
        """Read one case anew; None when it has left the picture."""
        before = self._entries.pop(case_id, None)
        if before is not None and before.tab is not None:
            self._counts[before.tab] -= 1
        case = picture.cases.get(case_id)
        if case is None:
            self.told.pop(case_id, None)
            return None
        entry = entry_of(case, picture.lead(case), self._city)
        if before is not None and before.same_words(entry):
            entry.words = before.words
        self.keep(entry)
        return entry

    def keep(self, entry: Entry) -> None:
        """Put an entry in; also one that has left the picture and whose row must stand a while."""
        self._entries[entry.case.id] = entry
        if entry.tab is not None:
            self._counts[entry.tab] += 1

    def tab_counts(self) -> dict[QueueTab, int]:
        """Open cases per tab, in the tabs' order."""
        mine = sum((e := self._entries.get(c)) is not None and e.tab is not None for c in self.mine)
        counts = {tab: self._counts[tab] for tab in QueueTab}
        return {**counts, QueueTab.MINE: mine, QueueTab.ALL: sum(self._counts.values())}

    def level_counts(self, moment: float) -> dict[Level, int]:
        """Open cases per level, worst first, at `moment` (epoch seconds of domain time)."""
        found = Counter(e.level(moment) for e in self._entries.values() if e.tab is not None)
        return {level: found[level] for level in sorted(Level, reverse=True)}

    def without_place(self) -> int:
        """Open cases that stand on no map."""
        open_entries = (e for e in self._entries.values() if e.tab is not None)
        return sum(e.case.position is None for e in open_entries)
