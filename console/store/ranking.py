"""The units that could take a case, best first, with the reason for each one's place."""

from dataclasses import dataclass

from console.domain.case import Case
from console.domain.city import City
from console.domain.gesture import proposed_lead
from console.domain.unit import Unit, UnitKind
from console.store.picture import Picture

_KIND_ORDER = (UnitKind.BUREAU, UnitKind.UTILITY, UnitKind.DISTRICT, UnitKind.TOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedUnit:
    """One unit for a case. `reason` is a code: lead, duty, town, district, none.

    `article` is the one of its list of duties that names the subcategory; `proposed` marks the
    unit the city pack proposes first; `load` counts its active leads, `overdue` those unanswered too long.
    """

    unit: Unit
    reason: str
    article: int | None
    proposed: bool
    load: int
    overdue: int


def rank_units(case: Case, picture: Picture, city: City) -> list[RankedUnit]:
    """All units of the city: the proposed lead, those whose duty it is, the case's town and district, the rest."""
    lead = proposed_lead(case, city)
    own = {case.town: "town", case.district: "district"}
    articles = {
        duty.unit: duty.article for duty in city.duties_by_subcategory.get(case.category, ())
    }
    found: list[tuple[tuple[int, int, int, str], RankedUnit]] = []
    for unit in city.units.values():
        # A duty that every town has names only the case's own town.
        elsewhere = unit.area is not None and unit.area not in own
        article = None if elsewhere else articles.get(unit.code)
        reason = _reason(unit, article, lead, own)
        load, overdue = picture.load_of_unit(unit.code)
        ranked = RankedUnit(
            unit=unit,
            reason=reason,
            article=article,
            proposed=unit.code == lead,
            load=load,
            overdue=overdue,
        )
        found.append((_key(ranked), ranked))
    return [ranked for _, ranked in sorted(found, key=lambda pair: pair[0])]


def _reason(unit: Unit, article: int | None, lead: str | None, own: dict[str | None, str]) -> str:
    if article is not None:
        return "duty"
    if unit.code == lead:
        return "lead"
    return own.get(unit.area, "none") if unit.area is not None else "none"


def _key(ranked: RankedUnit) -> tuple[int, int, int, str]:
    group = 0 if ranked.proposed else {"duty": 1, "town": 2, "district": 3}.get(ranked.reason, 4)
    kind = _KIND_ORDER.index(ranked.unit.kind)
    return group, ranked.article or 0, kind, ranked.unit.code
