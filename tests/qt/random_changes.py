"""Random changes of a picture, as batches of events bring them."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.store.picture import Picture
from tests.qt.desk_picture import NOW, add_case

STATES = (
    CaseState.RECEIVED,
    CaseState.REGISTERED,
    CaseState.DISPATCHED,
    CaseState.CHECKING,
    CaseState.SUSPENDED,
    CaseState.CLOSED,
)


class Changes:
    """Changes one picture; the same seed makes the same changes."""

    def __init__(self, picture: Picture, city: City, seed: int) -> None:
        self.picture = picture
        self.now = NOW
        self._city = city
        self._dice = random.Random(seed)
        self._next = 5000

    def batch(self, most: int = 6) -> tuple[set[str], set[str], datetime]:
        """Ids of changed and of removed cases, and the time after them."""
        changed: set[str] = set()
        removed: set[str] = set()
        for _ in range(self._dice.randint(1, most)):
            self._one(changed, removed)
        self.now += timedelta(seconds=self._dice.choice((0, 1, 20, 90)))
        return changed, removed, self.now

    def _one(self, changed: set[str], removed: set[str]) -> None:
        dice, cases = self._dice, self.picture.cases
        act = dice.random()
        if act < 0.3 or not cases:
            self._next += 1
            state = dice.choice(STATES)
            changed.add(add_case(self.picture, self._city, self._next, state, self._next).id)
            return
        case = cases[dice.choice(sorted(cases))]
        if act < 0.4:
            del cases[case.id]
            changed.discard(case.id)
            removed.add(case.id)
            return
        changed.add(case.id)
        if act < 0.7:
            state = dice.choice(STATES)
            parked = CaseState.REGISTERED if state is CaseState.SUSPENDED else None
            cases[case.id] = replace(case, state=state, former=parked, version=case.version + 1)
        elif act < 0.85 and case.lead is not None:
            lead = self.picture.assignments[case.lead]
            state = dice.choice(list(AssignmentState))
            self.picture.assignments[lead.id] = replace(lead, state=state, acknowledged_at=self.now)
        else:
            cases[case.id] = replace(
                case,
                urgency=dice.choice(list(Urgency)),
                place=dice.choice(("海秀中路", "滨海大道", "红城湖路")),
                position=dice.choice((case.position, None)),
                waiting_since=self.now - timedelta(minutes=dice.uniform(0, 60)),
            )
