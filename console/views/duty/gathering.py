"""Reads the histories of the touched cases in the background and tells the differences of the shift."""

import logging
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from console.domain.event import Event
from console.live.link import Link
from console.store.handover import Difference, differences, is_whole, touched
from console.views.duty.office import Office

log = logging.getLogger(__name__)

PATIENCE = 3
"""Histories that cannot be read before the centre is taken to be away."""


class Gathering(QObject):
    """One at a time; what was begun earlier tells nothing any more."""

    moved = Signal(int, int)
    """(read, of how many)"""
    done = Signal(list, int)
    """The differences, and how many histories could not be read: those count as not changed."""

    def __init__(self, office: Office, parent: QObject) -> None:
        """Idle."""
        super().__init__(parent)
        self._office = office
        self._number = 0

    def begin(self, link: Link | None, since: datetime) -> None:
        """Gather for the office's scope as the picture stands now; without a link from the picture alone."""
        office, now = self._office, self._office.now()
        frozen, scope, city = office.stage.board.picture.fork(), office.scope, office.city
        self._number += 1
        number = self._number

        def work() -> tuple[list[Difference], int]:
            wanted = touched(frozen, scope, since)
            histories = self._read(link, wanted)
            found = differences(frozen, city, scope, since, now, histories)
            return found, len(wanted) - len(histories)

        def told(result: tuple[list[Difference], int]) -> None:
            if number == self._number:
                self.done.emit(*result)

        office.stage.tasks.run(work, told, owner=self)

    def _read(self, link: Link | None, wanted: list[str]) -> dict[str, list[Event]]:
        """On a thread: the signals are queued."""
        found: dict[str, list[Event]] = {}
        failures = 0
        for number, case_id in enumerate(wanted):
            if link is None or failures >= PATIENCE:
                break
            self.moved.emit(number, len(wanted))
            try:
                history = link.history(case_id)
            except (
                Exception
            ) as error:  # whatever stands behind the link: the handover goes on without
                log.warning("the history of %s could not be read: %s", case_id, error)
                failures += 1
                continue
            if is_whole(history, case_id):
                found[case_id] = history
        return found
