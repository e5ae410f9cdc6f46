"""Which urgent cases wait for a signature: the only ones that may flash, and the loudest alarm."""

from datetime import datetime

from console.domain.assignment import Assignment, AssignmentState
from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.store.changes import ChangeSet
from console.store.picture import Picture


def is_unsigned_urgent(case: Case, lead: Assignment | None) -> bool:
    """Whether an urgent case was given to somebody who has not signed for it."""
    given = case.urgency is Urgency.URGENT and case.state is CaseState.DISPATCHED
    return given and lead is not None and lead.state is AssignmentState.SENT


class UnsignedUrgent:
    """Their ids, the longest wait first; follows a picture change by change."""

    def __init__(self) -> None:
        """None."""
        self._since: dict[str, datetime] = {}
        self._order: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them, the longest wait first."""
        return self._order

    def update(self, picture: Picture, changes: ChangeSet) -> bool:
        """Look at what has changed; whether `ids` are others now."""
        if changes.everything:
            self._since = {}
            look = set(picture.cases)
        else:
            look = changes.cases | changes.removed_cases
        for case_id in look:
            self._look(picture, case_id)
        order = tuple(sorted(self._since, key=lambda one: (self._since[one], one)))
        changed, self._order = order != self._order, order
        return changed

    def _look(self, picture: Picture, case_id: str) -> None:
        self._since.pop(case_id, None)
        case = picture.cases.get(case_id)
        lead = None if case is None else picture.lead(case)
        if case is not None and lead is not None and is_unsigned_urgent(case, lead):
            self._since[case_id] = lead.sent_at
