"""What the linkage says: lanes, timeline, checklist, names; no screen needed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Level
from console.domain.event import EntityKind
from console.domain.incident import Incident, IncidentState
from console.domain.roster import Roster
from console.i18n import Texts
from console.store.inside import circle
from console.store.picture import Picture
from console.views.incident.banner import clock_text
from console.views.incident.checklist import FILE, Step, load_steps, steps_for, ticked
from console.views.incident.figures import figures_of, firsts
from console.views.incident.lanes import is_late, lane, order_of, wait_level
from console.views.incident.looking import fitting_zoom, hours_ago, is_near
from console.views.incident.naming import proposed_name
from console.views.incident.report_dialog import file_name
from console.views.incident.timeline import lines_of
from tests.builders import case as plain_case
from tests.builders import event
from tests.qt.desk_picture import NOW
from tests.qt.views.linkage import CENTRE, DISTRICT


def order(name: str = "o1", sent: float = 0.0, **fields: object) -> Assignment:
    """An order of the incident, sent so many minutes after NOW."""
    at = NOW + timedelta(minutes=sent)
    known: dict[str, object] = {
        "id": name,
        "version": 1,
        "case": None,
        "role": AssignmentRole.LINKAGE,
        "state": AssignmentState.SENT,
        "urgency": Urgency.URGENT,
        "unit": "B.water",
        "worker": None,
        "sent_at": at,
        "response_due": at + timedelta(minutes=30),
        "incident": "i1",
    }
    return Assignment(**(known | fields))  # type: ignore[arg-type]


def signed(name: str, minutes: float, **fields: object) -> Assignment:
    at = NOW + timedelta(minutes=minutes)
    state = AssignmentState.ACKNOWLEDGED
    return order(name, **({"state": state, "acknowledged_at": at} | fields))


@pytest.fixture
def incident() -> Incident:
    return Incident(
        id="i1",
        version=1,
        state=IncidentState.CONFIRMED,
        name="停水",
        footprint=circle(CENTRE, 500),
        district=DISTRICT,
        started_at=NOW,
        started_by="seat-1",
    )


def roster(city: City) -> Roster:
    return Roster(city.rotas, [], city.tz)


def test_the_longest_unsigned_wait_stands_on_top_and_what_was_taken_back_last() -> None:
    orders = [
        order("back", state=AssignmentState.RECALLED),
        signed("signed", 1),
        order("young", sent=5),
        order("old", sent=1),
        signed("there", 1, state=AssignmentState.ON_SCENE),
    ]
    assert [o.id for o in order_of(orders)] == ["old", "young", "signed", "there", "back"]


def test_late_is_whoever_signed_after_the_ladder_had_called(city: City) -> None:
    assert not is_late(signed("a", 2.9), city)
    assert is_late(signed("b", 3), city)
    assert not is_late(order(), city)
    assert is_late(order(step=1), city)


@pytest.mark.parametrize(
    ("step", "minutes", "level"),
    [(0, 1, Level.GREEN), (1, 4, Level.AMBER), (2, 7, Level.RED), (3, 40, Level.RED)],
)
def test_a_wait_is_as_bad_as_the_ladder_is_high(
    city: City, step: int, minutes: float, level: Level
) -> None:
    assert wait_level(order(step=step), city, NOW + timedelta(minutes=minutes)) is level


def test_a_team_and_a_worker_are_called_by_their_own_names(
    city: City, zh: Texts, incident: Incident
) -> None:
    team, worker = next(iter(city.teams.values())), next(iter(city.workers.values()))
    asked = (
        order(unit=team.unit, team=team.code),
        order(unit=None, worker=worker.id),
        order(unit="B.water"),
    )
    names = [lane(o, incident, city, roster(city), zh, NOW).name for o in asked]
    assert names == [team.name, worker.name, city.units["B.water"].name]


def test_an_order_taken_back_says_so_and_waits_no_more(
    city: City, zh: Texts, incident: Incident
) -> None:
    row = lane(order(state=AssignmentState.RECALLED), incident, city, roster(city), zh, NOW)
    assert row.gone == zh("assignment.recalled")
    assert (row.waits, row.next_who) == ("", "")
    assert not row.unsigned


def test_cases_attached_together_are_one_line(city: City, zh: Texts) -> None:
    attached = [
        event(n, EntityKind.CASE, f"C{n}", type="case.attached", change={"incident": "i1"})
        for n in range(2, 8)
    ]
    started = event(1, EntityKind.INCIDENT, "i1", type="incident.started", change={"name": "停水"})
    lines = lines_of([started, *attached], Picture(tz=city.tz), city, zh, NOW)
    assert [line.detail for line in lines] == ["停水", zh("incident.attached_n", n=6)]


def test_milestones_need_everybody_for_all(incident: Incident) -> None:
    both = (signed("a", 2), signed("b", 4))
    codes = dict(firsts(incident, both))
    assert codes["first_signed"] == NOW + timedelta(minutes=2)
    assert codes["all_signed"] == NOW + timedelta(minutes=4)
    assert "all_signed" not in dict(firsts(incident, (*both, order("c"))))
    assert [code for code, _ in firsts(incident, ())] == ["started"]


def test_the_figures_add_up(city: City, incident: Incident) -> None:
    picture = Picture(tz=city.tz)
    for n in range(7):
        grid = f"g{n % 3}"
        one = plain_case(id=f"C{n}", incident="i1", grid=grid, category=("0901", "0902")[n % 2])
        picture.cases[one.id] = one
    found = figures_of(incident, picture, city, NOW)
    assert sum(n for _, n in found.levels) == found.open_cases == len(found.cases) == 7
    assert sum(n for _, n in found.categories) == 7
    assert sum(n for _, _, n in found.by_hour) == 7


def test_a_name_is_proposed_from_place_and_matter(city: City, zh: Texts) -> None:
    town = next(code for code, area in city.areas.items() if area.parent == DISTRICT)
    cases = [
        plain_case(id=str(n), category=("0901", "0901", "0902")[n], town=town) for n in range(3)
    ]
    water = city.categories["0901"].name
    assert (
        proposed_name(cases, [], None, city, zh) == city.areas[town].name + zh("list.dot") + water
    )
    chosen = replace(cases[2])
    assert city.categories["0902"].name in proposed_name(cases, [], chosen, city, zh)
    assert proposed_name([], [town], None, city, zh).startswith(city.areas[town].name)


def test_hours_and_clocks() -> None:
    seen = {"g": NOW - timedelta(minutes=125), "h": NOW + timedelta(minutes=1)}
    assert hours_ago(seen, NOW) == {"g": 2, "h": 0}
    assert [clock_text(s) for s in (59, 61, 3725, -65)] == ["00:59", "01:01", "1:02:05", "−01:05"]


def test_a_wider_area_is_looked_at_from_farther_away() -> None:
    near, far = (fitting_zoom(circle(CENTRE, r), 456) for r in (300, 3000))
    assert 9 <= far < near <= 16.5


def test_near_is_inside_or_a_little_round_it() -> None:
    ring = circle(CENTRE, 500)
    assert is_near(CENTRE, ring)
    assert is_near(circle(CENTRE, 4000)[0], ring)
    assert not is_near(circle(CENTRE, 5000)[0], ring)


def test_a_file_name_is_one_everywhere() -> None:
    assert file_name('a/b\\c:d*e?"<>|\n.pdf') == "a_b_c_d_e______.pdf"


# -- the checklist ----------------------------------------------------------------------------------


def write(folder: Path, words: str) -> Path:
    (folder / FILE).write_text(words, encoding="utf-8")
    return folder


def test_the_packs_steps_depend_on_what_most_calls_are_about(tmp_path: Path) -> None:
    step = '{ zh = "甲", en = "a" }'
    other = '{ zh = "乙", en = "b" }'
    words = f'default = [{step}]\n[category]\n"09" = [{other}]\n'
    steps = load_steps(write(tmp_path, words))
    water = [plain_case(category="0901"), plain_case(category="0902"), plain_case(category="0101")]
    assert steps_for(steps, water) == (Step("甲", "a"), Step("乙", "b"))
    assert steps_for(steps, water[2:]) == (Step("甲", "a"),)
    assert steps_for(steps, []) == (Step("甲", "a"),)


def test_a_pack_without_a_checklist_has_no_steps(tmp_path: Path) -> None:
    assert load_steps(tmp_path) == {}


@pytest.mark.parametrize(
    "words",
    [
        "default = [",
        "default = 3",
        'default = [{ zh = "甲" }]',
        'default = [{ zh = 1, en = "a" }]',
        "category = 3",
        '[category]\n"09" = ["x"]',
    ],
)
def test_a_broken_checklist_says_what_is_wrong(tmp_path: Path, words: str) -> None:
    with pytest.raises(ValueError, match=FILE):
        load_steps(write(tmp_path, words))


def test_a_step_counts_as_done_in_either_language() -> None:
    done, open_step = Step("甲", "a"), Step("乙", "b")
    noted = event(1, EntityKind.INCIDENT, "i1", type="incident.noted", note={"words": "✓ a"})
    plain = event(2, EntityKind.INCIDENT, "i1", type="incident.noted", note={"words": "乙"})
    assert ticked([done, open_step], [noted, plain]) == {done}
