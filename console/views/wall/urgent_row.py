"""What a wall says of one unsigned urgent case: nothing that points to a house or a person."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.city import City
from console.domain.clock import Level
from console.i18n import Texts
from console.views.wall.census import Unsigned


@dataclass(frozen=True, slots=True)
class UrgentRow:
    """One row; `minutes` since it was sent.

    `place` (a town) and `receiver` are empty for a sensitive case, whose `title` is its district. A
    `settled` row waits no longer (signed, recalled, returned) and is about to go.
    """

    id: str
    level: Level
    minutes: int
    title: str
    place: str = ""
    receiver: str = ""
    settled: bool = False


def urgent_row(one: Unsigned, city: City, texts: Texts, now: datetime) -> UrgentRow:
    """The row of a case: a sensitive one gives its district and its minutes only."""
    case = one.case
    district = city.area_name(case.district, texts.lang) or texts("wall.no_place")
    category = city.categories.get(case.category)
    minutes = max(0, int((now - one.lead.sent_at).total_seconds() // 60))
    if category is None or category.sensitive:
        return UrgentRow(case.id, one.level, minutes, district)
    town = city.area_name(case.town, texts.lang).removesuffix(" Subdistrict") or district
    unit = city.units.get(one.lead.unit or "")
    receiver = (
        # Everything on this wall is of this city: its name is left out for want of room.
        texts.pick(unit.name.removeprefix(f"{city.name}市"), unit.name_en)
        if unit is not None
        else texts("wall.unknown_unit")
    )
    return UrgentRow(
        case.id,
        one.level,
        minutes,
        texts.pick(category.name, category.name_en),
        town,
        receiver,
    )
