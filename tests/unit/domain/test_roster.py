"""The roster: the pack's rotas, what was set over them, gaps and overlaps."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.roster import OnCall, Roster, Rota, Turn, overlapping
from console.domain.shift import Shift
from tests.builders import T0, TZ, at

PEOPLE = tuple(OnCall(name=name, name_en=name, phone="1") for name in "甲乙丙")
DAY = Shift(code="chief", name="区局长值班", name_en="Duty chief", start=time(8, 30), end=time(22))
NIGHT = Shift(code="night", name="夜间", name_en="Night", start=time(22), end=time(8, 30))
ROTAS = (
    Rota(unit="D.1", shift=DAY, people=PEOPLE),
    Rota(unit="D.1", shift=NIGHT, people=PEOPLE[:2]),
)


def turn(**fields: object) -> Turn:
    known: dict[str, object] = {"id": "R1", "version": 5, "unit": "D.1", "name": "丁", "phone": "2"}
    return Turn(**(known | {"start": at(0), "end": at(60)} | fields))  # type: ignore[arg-type]


def test_day_and_night_somebody_decides_and_people_take_turns() -> None:
    roster = Roster(ROTAS, (), TZ)
    week = [roster.now("D.1", T0 + timedelta(days=n)) for n in range(6)]
    names = [chief.name for chief in week if chief is not None]
    assert sorted(set(names[:3])) == sorted("甲乙丙")
    assert names[:3] == names[3:]
    assert roster.gaps("D.1", T0, T0 + timedelta(days=3)) == []


def test_the_night_turn_runs_over_midnight() -> None:
    roster = Roster(ROTAS, (), TZ)
    at_23 = datetime(2026, 6, 3, 15, 0, tzinfo=UTC)
    at_5 = datetime(2026, 6, 3, 21, 0, tzinfo=UTC)
    night = roster.now("D.1", at_23)
    assert night is not None
    assert night == roster.now("D.1", at_5)
    following = roster.next("D.1", at_5)
    assert following is not None
    assert following.start == night.end


def test_what_was_set_in_the_log_counts_over_the_pack() -> None:
    roster = Roster(ROTAS, (turn(),), TZ)
    chief = roster.now("D.1", at(1))
    assert chief is not None
    assert chief.name == "丁"
    later = roster.now("D.1", at(61))
    assert later is not None
    assert later.name != "丁"


def test_a_turn_that_was_taken_off_leaves_a_gap() -> None:
    there = Roster(ROTAS, (), TZ).now("D.1", T0)
    assert there is not None
    gone = turn(id=there.id, start=there.start, end=there.start)
    roster = Roster(ROTAS, (gone,), TZ)
    assert roster.now("D.1", T0) is None
    assert roster.gaps("D.1", T0, T0 + timedelta(minutes=5)) == [(T0, T0 + timedelta(minutes=5))]


def test_a_unit_without_a_roster_has_nobody() -> None:
    roster = Roster(ROTAS, (), TZ)
    assert roster.now("D.2", T0) is None
    assert roster.next("D.2", T0) is None
    assert roster.units() == ["D.1"]


def test_overlaps_are_found_within_a_unit_only() -> None:
    new = turn(id="R2", start=at(30), end=at(90))
    assert overlapping([turn()], new) == turn()
    assert overlapping([turn(unit="D.2")], new) is None
    assert overlapping([turn(end=at(30))], new) is None, "one ends when the other begins"
    assert overlapping([turn(id="R2")], new) is None, "its own former self"


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 300)), max_size=6))
def test_gaps_and_turns_share_out_the_time(spans: list[tuple[int, int]]) -> None:
    turns = [
        turn(id=f"R{n}", start=at(start), end=at(start + long))
        for n, (start, long) in enumerate(spans)
    ]
    roster = Roster((), turns, TZ)
    gaps = roster.gaps("D.1", at(0), at(600))
    for minute in range(0, 600, 7):
        in_gap = any(a <= at(minute) < b for a, b in gaps)
        assert in_gap is (roster.now("D.1", at(minute)) is None)
