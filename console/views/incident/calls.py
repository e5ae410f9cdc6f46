"""What a row of the calls inside says: new facts first, repeats folded under the first call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Case, life_state
from console.domain.city import City
from console.domain.clock import Level, case_level
from console.domain.incident import Incident
from console.i18n import Texts
from console.store.inside import Footprint, cases_inside, matters
from console.store.picture import Picture
from console.tables.case_words import moment
from console.tables.rows import category_name, is_unsigned, place_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call, or the first of a matter with `repeats` more folded under it."""

    id: str
    level: Level
    unsigned: bool
    title: str
    second: str
    time: str
    repeats: int
    opened: bool
    below: bool
    attached: bool

    @property
    def spoken(self) -> str:
        """The row in words."""
        count = f"×{self.repeats + 1}" if self.repeats else ""
        return " · ".join(part for part in (self.time, self.title, count, self.second) if part)


def calls_of(incident: Incident, picture: Picture) -> list[list[Case]]:
    """Every matter of the incident: what is attached and what lies inside, the newest matter first."""
    found = {case.id: case for case in picture.cases_of(incident.id)}
    footprint = Footprint(incident.footprint)
    for case in cases_inside(footprint, picture) if incident.open else ():
        if case.incident is None:
            found[case.id] = case
    return matters(found.values())


def rows_of(
    groups: list[list[Case]],
    opened: Collection[str],
    incident: Incident,
    picture: Picture,
    city: City,
    texts: Texts,
    now: datetime,
) -> list[Call]:
    """The rows; `opened` are the ids of the first calls whose repeats are shown."""
    rows: list[Call] = []

    def add(case: Case, repeats: int, *, below: bool) -> None:
        lead = picture.lead(case)
        state = texts(f"state.{life_state(case, lead).value}")
        rows.append(
            Call(
                id=case.id,
                level=case_level(case, lead, city.policy, now),
                unsigned=is_unsigned(lead),
                title=category_name(case, city, texts),
                second=texts("list.dot").join((place_text(case, city, texts), state)),
                time=moment(case.received_at, now, city),
                repeats=repeats,
                opened=case.id in opened,
                below=below,
                attached=case.incident == incident.id,
            )
        )

    for group in groups:
        add(group[0], len(group) - 1, below=False)
        if group[0].id in opened:
            for case in reversed(group[1:]):
                add(case, 0, below=True)
    return rows
