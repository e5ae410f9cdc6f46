"""The words of the queue's rows: made when a row is first drawn, kept while it stays on the screen."""

from datetime import datetime

from console.domain.category import Urgency
from console.domain.city import City
from console.i18n import Texts
from console.tables.arrangement import Arrangement, is_head
from console.tables.queue_book import QueueBook
from console.tables.queue_order import Entry
from console.tables.rows import GroupRow, QueueRow, group_row, queue_row

LIMIT = 400
"""How many rows are kept, the latest drawn; a screen shows under forty."""

Row = QueueRow | GroupRow


class QueueRows:
    """Rows by reference. Only what has been drawn can be out of date."""

    def __init__(self, rows: Arrangement, book: QueueBook, city: City, texts: Texts) -> None:
        """Of these cases in this order."""
        self._rows = rows
        self._book = book
        self._city = city
        self._texts = texts
        self._now = datetime.fromtimestamp(0, city.tz)
        self._kept: dict[str, Row] = {}

    def set_now(self, now: datetime) -> None:
        """Rows made from now on tell the minutes of `now` (aware)."""
        self._now = now

    def row(self, reference: str) -> Row:
        """What a row says."""
        found = self._kept.pop(reference, None) or self._make(reference)
        # Put back as the latest, so that what is on the screen is never the one that goes.
        self._kept[reference] = found
        if len(self._kept) > LIMIT:
            del self._kept[next(iter(self._kept))]
        return found

    def forget(self, reference: str) -> bool:
        """Have a row made anew; False when it was not drawn and need not be."""
        return self._kept.pop(reference, None) is not None

    def clear(self) -> None:
        """Have all rows made anew."""
        self._kept.clear()

    def outdated(self) -> list[str]:
        """References of drawn rows that say something else now; from now on they do."""
        changed = []
        for reference, old in list(self._kept.items()):
            if self._rows.row_of(reference) is None:
                del self._kept[reference]
                continue
            new = self._make(reference)
            if new != old:
                self._kept[reference] = new
                changed.append(reference)
        return changed

    def _make(self, reference: str) -> Row:
        if not is_head(reference):
            return self._of_case(self._book[reference])
        group = reference[1:]
        entries = [self._book[case] for case in self._rows.members(group)]
        moment = self._now.timestamp()
        return group_row(
            reference,
            self._of_case(entries[0]),
            entries[0].case,
            self._city,
            self._texts,
            level=max(entry.level(moment) for entry in entries),
            count=len(entries),
            urgent=sum(entry.case.urgency is Urgency.URGENT for entry in entries),
            opened=self._rows.is_open(group),
        )

    def _of_case(self, entry: Entry) -> QueueRow:
        told = self._book.told.get(entry.case.id)
        return queue_row(entry.case, entry.lead, self._city, self._texts, self._now, told)
