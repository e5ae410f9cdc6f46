from console.domain.assignment import AssignmentState
from console.domain.unit import Duty, UnitKind
from console.store.picture import Picture
from console.store.ranking import rank_units
from tests.builders import (
    BUREAU,
    CITY,
    DISTRICT,
    GAS,
    GAS_WORKS,
    NOISE,
    POLICE,
    RUBBISH,
    TOWN,
    TZ,
    case,
    order,
    tiny_city,
    unit,
)


def ranked(category: str, **fields: object) -> list[tuple[str, str]]:
    found = rank_units(case(category=category, **fields), Picture(tz=TZ), CITY)
    return [(r.unit.code, r.reason) for r in found]


def test_the_proposed_lead_then_duties_by_article_then_town_and_district() -> None:
    assert ranked(GAS) == [
        (GAS_WORKS, "duty"),
        (POLICE, "duty"),
        (TOWN, "town"),
        (DISTRICT, "district"),
        (BUREAU, "none"),
    ]


def test_at_town_means_the_cases_own() -> None:
    assert ranked(RUBBISH)[0] == (TOWN, "duty")
    assert ranked(RUBBISH, town=None, district=None)[0][1] == "none"


def test_a_lead_without_an_article_is_first_too() -> None:
    assert ranked(NOISE)[0] == (BUREAU, "lead")


def test_a_duty_of_every_town_names_only_the_own_one() -> None:
    other = unit("T.2", UnitKind.TOWN, area="12")
    city = tiny_city(
        units={**CITY.units, "T.2": other},
        duties=(*CITY.duties, Duty(unit="T.2", subcategory=RUBBISH, article=1)),
    )
    found = {r.unit.code: r for r in rank_units(case(), Picture(tz=TZ), city)}
    assert found["T.2"].reason == "none"
    assert found["T.2"].article is None
    assert found[TOWN].article == 1
    assert found[TOWN].proposed


def test_every_unit_is_there_once_whatever_the_category() -> None:
    for category in (GAS, NOISE, "no-such"):
        assert sorted(code for code, _ in ranked(category)) == sorted(CITY.units)


def test_load_and_overdue_come_from_the_picture() -> None:
    picture = Picture(tz=TZ)
    held = [
        order(id="1", unit=POLICE),
        order(id="2", unit=POLICE, overdue=True),
        order(id="3", unit=POLICE, state=AssignmentState.DONE),
    ]
    picture.assignments = {o.id: o for o in held}
    picture.of_unit = {POLICE: ("1", "2", "3")}
    found = {r.unit.code: r for r in rank_units(case(), picture, CITY)}
    assert (found[POLICE].load, found[POLICE].overdue) == (2, 1)
    assert (found[BUREAU].load, found[BUREAU].overdue) == (0, 0)
