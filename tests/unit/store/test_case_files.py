"""The same figure from the picture as from the log's cases."""

from datetime import date

import pytest
from hypothesis import given

from console.domain.case import Channel
from console.domain.city import Policy
from console.domain.command import Accept, CallBack, Dispatch, Report
from console.domain.indicator import INDICATORS, CaseFile, Indicator, Period, Reading, measure
from console.store.case_files import case_files
from console.store.picture import Picture
from tests.builders import NOISE, TOWN, TZ, Story, at, case, order, snapshot
from tests.case_lives import NOW, Life, log_of, many_lives

TODAY = date(2026, 6, 3)
DAY = Period.of_day(TODAY, TZ)
RULES = [(i, r.version) for i in INDICATORS.values() for r in i.rules]


def test_a_file_has_the_cases_own_orders() -> None:
    orders = [order(), order(id="A2"), order(id="A3", case="C2")]
    first, second = case(), case(id="C2")
    page = snapshot(cases=[first, second], assignments=orders)
    picture = Picture.from_snapshot([page], TZ)
    assert list(case_files(picture)) == [
        CaseFile(first, (orders[0], orders[1])),
        CaseFile(second, (orders[2],)),
    ]


def test_an_empty_picture_has_none() -> None:
    assert list(case_files(Picture(tz=TZ))) == []


def both(told: list[Life], rule: tuple[Indicator, int]) -> tuple[Reading, Reading]:
    """Today's reading from the picture, and from all cases of the log."""
    indicator, version = rule
    picture = Picture(tz=TZ)
    picture.apply(log_of(told, TODAY.isoformat()))
    shown, known = (
        measure(indicator, found, DAY, at(NOW), Policy(), version=version)
        for found in (case_files(picture), [life.file for life in told])
    )
    return shown, known


@given(many_lives())
def test_todays_figures_are_the_same_from_the_picture_and_from_all_cases(told: list[Life]) -> None:
    for rule in RULES:
        shown, known = both(told, rule)
        assert shown == known


@pytest.mark.parametrize("rule", RULES)
def test_what_was_settled_yesterday_is_in_neither(rule: tuple[Indicator, int]) -> None:
    """Its limits end today, but it was answered, handled and closed before midnight, when the picture let it go."""
    story, facts = Story(), []
    for minute, command in (
        (-625, Accept(case="C1", channel=Channel.GRID, category=NOISE, due_at=at(300))),
        (-620, Dispatch(case="C1", assignment="A1", unit=TOWN)),
        (-615, Report(assignment="A1")),
        (-605, CallBack(case="C1", reached=True, solved=True)),
    ):
        story.minutes = minute - 1
        facts += [(minute, fact) for fact in story.do(command).facts]
    assert story.case is not None
    settled = Life(CaseFile(story.case, tuple(story.orders.values())), tuple(facts))
    shown, known = both([settled], rule)
    assert shown == known
    assert (known.denominator, known.excluded) == ((), ())
