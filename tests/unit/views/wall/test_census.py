from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.clock import Level, case_level
from console.domain.incident import Incident, IncidentState
from console.i18n import Texts
from console.store.picture import Picture
from console.store.urgent import is_unsigned_urgent
from console.views.wall.census import Unsigned, take_census, worst
from console.views.wall.scenes import CITY_SCENE, Scene, SceneKind
from console.views.wall.urgent_row import urgent_row
from tests.builders import CITY, GAS, POLICE, SIGNAL, T0, TZ, at, case, order, tiny_city

DISTRICT = Scene(SceneKind.DISTRICT, "1")


def picture(*lives: tuple[str, AssignmentState, Urgency, float]) -> Picture:
    """Dispatched cases: id, state of the lead, urgency, minutes after T0 at which it was sent."""
    made = Picture(tz=TZ)
    for name, state, urgency, sent in lives:
        lead = order(
            id=f"A{name}",
            case=name,
            state=state,
            urgency=urgency,
            unit=POLICE,
            sent_at=at(sent),
            response_due=at(sent + 30),
        )
        made.assignments[lead.id] = lead
        made.cases[name] = case(
            id=name, state=CaseState.DISPATCHED, urgency=urgency, category=SIGNAL, lead=lead.id
        )
    return made


SENT, SIGNED = AssignmentState.SENT, AssignmentState.ACKNOWLEDGED
URGENT, NORMAL = Urgency.URGENT, Urgency.NORMAL


def test_only_urgent_cases_that_nobody_has_signed_for_longest_first() -> None:
    found = take_census(
        picture(
            ("young", SENT, URGENT, 5),
            ("old", SENT, URGENT, 1),
            ("signed", SIGNED, URGENT, 0),
            ("normal", SENT, NORMAL, 0),
        ),
        CITY,
        at(10),
    )
    assert [one.case.id for one in found.unsigned] == ["old", "young"]


def test_red_and_unsigned_urgent_stand_alone_on_the_map() -> None:
    made = picture(("late", SENT, NORMAL, 0), ("new", SENT, URGENT, 40), ("calm", SENT, NORMAL, 40))
    found = take_census(made, CITY, at(41))
    assert {c.id for c in found.pins()} == {"late", "new"}


def test_a_suspended_case_is_nobodys_emergency() -> None:
    made = picture(("c", SENT, URGENT, 0))
    made.cases["c"] = replace(made.cases["c"], state=CaseState.SUSPENDED)
    found = take_census(made, CITY, at(100))
    assert found.pins() == []
    assert found.unsigned == []


def test_emergencies_are_open_incidents_and_urgent_cases() -> None:
    made = picture(("u", SENT, URGENT, 0), ("late", SENT, NORMAL, 0), ("red", SIGNED, URGENT, 0))
    for name, state in (("I1", IncidentState.STARTED), ("I2", IncidentState.ENDED)):
        made.incidents[name] = Incident(
            id=name,
            version=1,
            state=state,
            name=name,
            footprint=(),
            district=None,
            started_at=T0,
            started_by="seat-1",
        )
    assert take_census(made, CITY, at(60)).emergencies(made) == {"u", "red", "I1"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(AssignmentState)),
            st.sampled_from(list(Urgency)),
            st.floats(0, 120),
            st.sampled_from([None, "1"]),
        ),
        max_size=30,
    ),
    st.floats(0, 300),
)
def test_districts_sum_to_the_whole(
    lives: list[tuple[AssignmentState, Urgency, float, str | None]], now: float
) -> None:
    made = picture(*((f"c{n}", state, u, sent) for n, (state, u, sent, _) in enumerate(lives)))
    for n, (_, _, _, district) in enumerate(lives):
        made.cases[f"c{n}"] = replace(made.cases[f"c{n}"], district=district)
    found = take_census(made, CITY, at(now))
    whole = Counter(
        case_level(c, made.lead(c), CITY.policy, at(now)) for c in made.cases.values() if c.district
    )
    assert {k: n for k, n in found.levels(DISTRICT, {}).items() if n} == dict(whole)
    assert sum(map(sum, found.districts.values())) == sum(whole.values())


def test_the_citys_counts_are_those_of_all_screens() -> None:
    found = take_census(picture(("c", SENT, NORMAL, 0)), CITY, at(1))
    assert found.levels(CITY_SCENE, {Level.RED: 7}) == {Level.RED: 7}
    assert found.levels(Scene(SceneKind.DISTRICT, "none"), {Level.RED: 7}) == {}


def test_the_worst_of_nothing_is_nothing() -> None:
    assert worst([]) is None
    assert worst([0, 1, 2, 0, 0]) is Level.AMBER


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_names_town_and_receiver_never_the_address(lang: str) -> None:
    made = picture(("c", SENT, URGENT, 0))
    one = Unsigned(made.cases["c"], made.assignments["Ac"], Level.AMBER)
    row = urgent_row(one, CITY, Texts(lang, strict=True), at(12.9))
    assert row.minutes == 12
    assert row.place == CITY.area_name("11", lang)
    assert row.receiver
    assert row.title
    assert made.cases["c"].place not in repr(row)


def test_a_sensitive_row_has_its_district_and_its_minutes_only() -> None:
    city = tiny_city(
        categories={code: replace(c, sensitive=True) for code, c in CITY.categories.items()}
    )
    made = picture(("c", SENT, URGENT, 0))
    one = Unsigned(made.cases["c"], made.assignments["Ac"], Level.AMBER)
    row = urgent_row(one, city, Texts("zh", strict=True), at(3))
    assert (row.title, row.place, row.receiver, row.minutes) == ("区1", "", "", 3)


def test_a_category_that_nobody_knows_counts_as_sensitive() -> None:
    made = picture(("c", SENT, URGENT, 0))
    unknown = replace(made.cases["c"], category=GAS + "9", district=None)
    row = urgent_row(
        Unsigned(unknown, made.assignments["Ac"], Level.RED), CITY, Texts("zh", strict=True), at(3)
    )
    assert row.title == "位置不明"
    assert not row.receiver


def test_a_case_without_an_order_is_not_unsigned() -> None:
    assert not is_unsigned_urgent(case(state=CaseState.DISPATCHED, urgency=URGENT), None)
