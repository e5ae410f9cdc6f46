import pytest

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.clock import Level
from console.i18n import Texts
from console.store.nearby import NearbyWorker
from console.store.ranking import RankedUnit
from console.tables.rows import (
    age_text,
    distance_text,
    minutes_text,
    place_text,
    queue_row,
    team_rows,
    ticks_of,
    unit_row,
    worker_row,
)
from tests.builders import CITY, GAS_WORKS, at, case, order, worker

ZH = Texts("zh", "办件", strict=True)
EN = Texts("en", "case", strict=True)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(12, "12"), (0, "0"), (-7, "\u22127"), (99, "99"), (100, "1时"), (-150, "\u22122时")],
)
def test_minutes_in_figures(minutes: int, words: str) -> None:
    assert minutes_text(minutes, ZH) == words


def test_from_two_days_on_days() -> None:
    assert minutes_text(48 * 60, ZH) == "2天"
    assert minutes_text(-5 * 1440, EN) == "\u22125d"


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "5 秒"), (65, "1 分"), (6000, "1 小时"), (200_000, "2 天")]
)
def test_ages(seconds: float, words: str) -> None:
    assert age_text(seconds, ZH) == words


def test_distances() -> None:
    assert distance_text(347, ZH) == "350 米"
    assert distance_text(1249, ZH) == "1.2 公里"


def test_a_waiting_case() -> None:
    row = queue_row(case(), None, CITY, ZH, at(22))
    assert (row.level, row.minutes) == (Level.RED, "\u22127")
    assert row.category == "小类0101"
    assert row.second == "海秀中路·电话·待派单"
    assert (row.urgent, row.unsigned, row.ticks, row.has_place) == (False, False, "", True)


def test_an_urgent_case_that_nobody_signed_for() -> None:
    one = case(urgency=Urgency.URGENT, state=CaseState.DISPATCHED, lead="A1")
    row = queue_row(one, order(urgency=Urgency.URGENT), CITY, EN, at(5))
    assert row.urgent
    assert row.unsigned
    assert row.ticks == "✓✓"
    assert row.minutes == "25"
    assert row.tail.endswith("Not signed")


def test_a_signed_case_has_three_ticks_and_no_ring() -> None:
    lead = order(state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(3))
    row = queue_row(case(state=CaseState.DISPATCHED, lead="A1"), lead, CITY, ZH, at(5))
    assert row.ticks == "✓✓✓"
    assert not row.unsigned


def test_what_this_console_was_told_goes_first() -> None:
    assert ticks_of(None, "stored") == "✓"
    assert ticks_of(order(), "refused") == "✗"
    assert ticks_of(order(), "committed") == "✓✓"
    assert ticks_of(None, None) == ""


def test_a_case_without_a_place_says_so() -> None:
    nowhere = case(position=None, place="")
    assert place_text(nowhere, CITY, ZH) == "无位置·区11"
    assert place_text(case(position=None), CITY, ZH) == "无位置·海秀中路"
    assert place_text(case(position=None, place="", town=None, district=None), CITY, ZH) == "无位置"
    assert place_text(case(place="", town=None, district=None), CITY, ZH) == "地图选点"


def test_an_unknown_category_shows_its_code() -> None:
    assert queue_row(case(category="9999"), None, CITY, ZH, at(0)).category == "9999"


def near(**fields: object) -> NearbyWorker:
    known: dict[str, object] = {
        "worker": worker(),
        "on_duty": True,
        "owns_grid": True,
        "distance_m": 820.0,
        "fix_age_s": 40.0,
        "load": 2,
        "travel_s": 317.0,
        "reasons": ("owns_grid", "nearest", "busy"),
    }
    return NearbyWorker(**(known | fields))  # type: ignore[arg-type]


def test_a_nearby_worker() -> None:
    row = worker_row(near(), CITY, ZH, at(0))
    assert (row.name, row.owns_grid) == ("王榕涛", "本网格")
    assert (row.distance, row.load, row.near) == ("820 米", "在办 2", "820 米·在办 2")
    assert row.position == "定位 40 秒前"
    assert not row.position_old
    assert row.arrival == "约 10:05 到"
    assert row.why == "排序依据：负责本网格，距离最近，手上有办件"


def test_an_old_or_unknown_position_is_amber() -> None:
    assert worker_row(near(fix_age_s=181.0), CITY, ZH, at(0)).position_old
    row = worker_row(near(fix_age_s=None, distance_m=None, travel_s=None), CITY, ZH, at(0))
    assert row.position_old
    assert (row.position, row.distance, row.arrival) == ("位置未知", "", "到达未知")


def test_somebody_off_duty_does_not_arrive() -> None:
    assert worker_row(near(on_duty=False), CITY, ZH, at(0)).arrival == "不在岗"


def test_a_ranked_unit_and_its_teams() -> None:
    unit = CITY.units[GAS_WORKS]
    ranked = RankedUnit(unit=unit, reason="duty", article=12, proposed=True, load=18, overdue=3)
    row = unit_row(ranked, CITY, ZH)
    assert row.reason == "首选·职责第 12 条"
    assert (row.load, row.overdue, row.teams) == ("在办 18", "超时 3", 1)
    (team,) = team_rows(GAS_WORKS, CITY, EN)
    assert (team.name, team.reason, team.depth) == ("Crew 1", "5 people", 1)
