"""Every indicator's definition, case by case, and the published figures."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import CaseState, Channel
from console.domain.category import Urgency
from console.domain.city import Policy
from console.domain.indicator import (
    INDICATORS,
    CaseFile,
    Excluded,
    IndicatorId,
    Kind,
    Period,
    Reading,
    measure,
)
from console.i18n.texts import catalogue
from tests.builders import BUREAU, POLICE, TOWN, WORKER, at, case, order

DAY = Period(at(-600), at(840))
EVENING = at(480)
POLICY = Policy()
ID = IndicatorId


def read(
    indicator: IndicatorId,
    *files: CaseFile,
    now: datetime = EVENING,
    period: Period = DAY,
    version: int = 1,
) -> Reading:
    return measure(INDICATORS[indicator], files, period, now, POLICY, version=version)


def verdict(indicator: IndicatorId, file: CaseFile, **terms: Any) -> str:
    """Where the one case ended up."""
    found = read(indicator, file, **terms)
    if found.excluded:
        return found.excluded[0][1].value
    if not found.denominator:
        return "outside"
    return "counts" if found.numerator else "counts not"


def file(*orders: Any, **fields: Any) -> CaseFile:
    return CaseFile(case(**fields), orders)


def handled(**fields: Any) -> CaseFile:
    return file(
        **({"reported_at": at(100), "state": CaseState.CALLBACK, "due_at": at(240)} | fields)
    )


def closed(*orders: Any, **fields: Any) -> CaseFile:
    known: dict[str, Any] = {
        "state": CaseState.CLOSED,
        "reported_at": at(100),
        "closed_at": at(200),
        "dispatched_at": at(1),
    }
    return file(*orders, **(known | fields))


def many(count: int, maker: Any, start: int = 0, **fields: Any) -> Iterable[CaseFile]:
    return [maker(id=f"C{n:05d}", **fields) for n in range(start, start + count)]


# The figures cities have published.


def test_handled_and_handled_in_time() -> None:
    in_time = many(737, handled)
    late = many(911 - 737, handled, 1000, reported_at=at(300))
    overdue = many(972 - 911, file, 2000, due_at=at(240))
    files = [*in_time, *late, *overdue]
    assert read(ID.HANDLING, *files).text == "93.72 %"
    assert read(ID.HANDLING_IN_TIME, *files).text == "75.82 %"
    assert read(ID.OVERDUE_OPEN, *files).value == Fraction(61, 972)


def test_closed() -> None:
    due = at(
        -1200
    )  # the closing deadline is a day after the handling deadline: four hours after T0
    files = [*many(902, closed), *many(956 - 902, handled, 1000, due_at=due)]
    assert read(ID.CLOSING, *files).text == "94.35 %"


def answered(id: str, after: float) -> CaseFile:
    return file(order(case=id, acknowledged_at=at(after)), id=id)


def test_response() -> None:
    files = [answered(f"C{n:05d}", 30 if n < 5912 else 31) for n in range(6026)]
    assert read(ID.RESPONSE, *files).text == "98.11 %"


def test_joint_handling() -> None:
    assist = order(id="A2", role=AssignmentRole.ASSIST, unit=POLICE)
    files = [file(order(), *([assist] if n < 72 else []), id=f"C{n:05d}") for n in range(1421)]
    reading = read(ID.JOINT_HANDLING, *files)
    assert (len(reading.numerator), len(reading.denominator)) == (72, 1421)
    assert reading.text == "5.07 %"


def test_hands_from_between_six_and_seven_to_three() -> None:
    def passed_on(id: str, units: int) -> CaseFile:
        orders = [
            order(id=f"{id}.{n}", sent_at=at(n), state=AssignmentState.RETURNED)
            for n in range(units)
        ]
        return closed(*orders, id=id)

    assert read(ID.HANDS, passed_on("C1", 4), passed_on("C2", 5)).text == "6.50"
    assert read(ID.HANDS, closed(order(state=AssignmentState.DONE))).text == "3.00"
    assert read(ID.HANDS, handled()).value is None


# Response.


def test_an_order_is_in_no_denominator_before_its_half_hour_is_up() -> None:
    running = file(order())
    assert verdict(ID.RESPONSE, running, now=at(29)) == "not_yet_due"
    assert verdict(ID.RESPONSE, running, now=at(30)) == "counts not"


def test_an_urgent_order_is_answered_by_responding_not_by_signing() -> None:
    urgent = {"urgency": Urgency.URGENT, "acknowledged_at": at(2)}
    assert verdict(ID.RESPONSE, file(order(**urgent))) == "counts not"
    assert verdict(ID.RESPONSE, file(order(**urgent, arrived_at=at(29)))) == "counts"


def test_a_late_first_order_is_not_washed_clean_by_a_second() -> None:
    late = order(id="A1", state=AssignmentState.RECALLED, ended_at=at(40))
    quick = order(id="A2", sent_at=at(40), response_due=at(70), acknowledged_at=at(41))
    assert verdict(ID.RESPONSE, file(late, quick)) == "counts not"
    assert verdict(ID.RESPONSE, file(quick, late)) == "counts not"


def test_an_order_taken_back_in_time_is_passed_over() -> None:
    undone = order(id="A1", state=AssignmentState.RECALLED, ended_at=at(4))
    late = order(id="A2", sent_at=at(5), response_due=at(35), acknowledged_at=at(50))
    assert verdict(ID.RESPONSE, file(undone)) == "outside"
    assert verdict(ID.RESPONSE, file(undone, late)) == "counts not"


@pytest.mark.parametrize(("ended", "found"), [(45, "outside"), (46, "counts not")])
def test_the_ruling_on_a_confirmed_return_is_the_centres_time(ended: float, found: str) -> None:
    given_back = order(state=AssignmentState.RETURNED, ended_at=at(ended))
    assert verdict(ID.RESPONSE, file(given_back)) == found


def test_assistance_is_not_the_leads_answer() -> None:
    helper = order(role=AssignmentRole.ASSIST, acknowledged_at=at(1))
    assert verdict(ID.RESPONSE, file(helper)) == "outside"


# Handling and closing.


def test_a_case_should_be_handled_once_it_is_or_its_deadline_has_come() -> None:
    assert verdict(ID.HANDLING, file(due_at=at(500))) == "not_yet_due"
    assert verdict(ID.HANDLING, file(due_at=at(480))) == "counts not"
    assert verdict(ID.HANDLING, handled(due_at=at(5000))) == "counts"
    assert verdict(ID.HANDLING, file(due_at=at(5000))) == "outside"


def test_what_was_never_dispatched_should_have_been_handled_too() -> None:
    assert verdict(ID.HANDLING, file(state=CaseState.REGISTERED, due_at=at(10))) == "counts not"


def test_a_case_counts_in_one_period_only() -> None:
    yesterday = Period(at(-2040), at(-600))
    late = handled(due_at=at(-700))
    assert verdict(ID.HANDLING, late) == "outside"
    assert verdict(ID.HANDLING, late, period=yesterday) == "counts"
    assert verdict(ID.HANDLING_IN_TIME, late, period=yesterday) == "counts not"


def test_in_time_includes_the_deadline_itself() -> None:
    assert verdict(ID.HANDLING_IN_TIME, handled(reported_at=at(240))) == "counts"
    assert verdict(ID.HANDLING_IN_TIME, handled(reported_at=at(240.1))) == "counts not"


def test_closing_has_the_centres_limit_after_the_deadline() -> None:
    due = at(200 - POLICY.closing_min)
    assert verdict(ID.CLOSING_IN_TIME, closed(due_at=due)) == "counts"
    assert verdict(ID.CLOSING_IN_TIME, closed(due_at=due, closed_at=at(201))) == "counts not"
    assert verdict(ID.CLOSING, handled(due_at=due)) == "counts not"
    assert verdict(ID.CLOSING, handled(due_at=at(0))) == "outside"


OF_DUE = (
    ID.HANDLING,
    ID.HANDLING_IN_TIME,
    ID.CLOSING,
    ID.CLOSING_IN_TIME,
    ID.REWORK,
    ID.EXTENSION,
    ID.OVERDUE_OPEN,
)


@pytest.mark.parametrize("indicator", OF_DUE)
def test_two_versions_differ_by_the_suspended_cases(indicator: IndicatorId) -> None:
    due = at(-1200) if indicator in (ID.CLOSING, ID.CLOSING_IN_TIME, ID.REWORK) else at(240)
    files = [
        file(id="C1", due_at=due),
        file(id="C2", due_at=due, state=CaseState.SUSPENDED),
    ]
    first, second = (read(indicator, *files, version=v) for v in (1, 2))
    assert first.denominator == ("C1", "C2")
    assert second.denominator == ("C1",)
    assert second.excluded == (("C2", Excluded.SUSPENDED),)


@pytest.mark.parametrize("state", [CaseState.REJECTED, CaseState.TRANSFERRED, CaseState.VOID])
@pytest.mark.parametrize("indicator", [*OF_DUE, ID.SELF_FOUND, ID.SELF_HANDLED, ID.JOINT_HANDLING])
def test_what_was_not_ours_is_left_out_with_its_reason(
    indicator: IndicatorId, state: CaseState
) -> None:
    gone = file(state=state, closed_at=at(5), channel=Channel.GRID)
    assert verdict(indicator, gone) == state.value


@pytest.mark.parametrize("indicator", list(ID))
def test_what_was_answered_at_once_never_left_the_centre(indicator: IndicatorId) -> None:
    assert verdict(indicator, file(state=CaseState.ANSWERED, closed_at=at(1))) == "outside"


def test_rework_and_extension_count_cases_not_times() -> None:
    assert read(ID.REWORK, closed(reworks=3)).value == 1
    assert verdict(ID.REWORK, closed()) == "counts not"
    assert read(ID.EXTENSION, handled(extensions=2)).value == 1
    assert verdict(ID.EXTENSION, handled()) == "counts not"


# Returns.


def test_a_return_counts_when_asked_and_is_a_wrong_dispatch_when_confirmed() -> None:
    sent: dict[str, Any] = {"dispatched_at": at(1), "state": CaseState.DISPATCHED}
    asked = sent | {"state": CaseState.RETURN_ASKED}
    assert verdict(ID.RETURN, file(**sent)) == "counts not"
    assert verdict(ID.RETURN, file(**asked)) == "counts"
    assert verdict(ID.RETURN, file(**sent, returns=1)) == "counts"
    assert verdict(ID.DISPATCH_ACCURACY, file(**asked)) == "counts"
    assert verdict(ID.DISPATCH_ACCURACY, file(**sent, returns=1)) == "counts not"
    assert verdict(ID.DISPATCH_ACCURACY, file()) == "outside"


# The citizen's word.


def test_the_citizens_word() -> None:
    files = [
        closed(id="C1", reached=True, solved=True, satisfied=True),
        closed(id="C2", reached=True, solved=True, satisfied=False),
        closed(id="C3", reached=True, solved=True, satisfied=None),
        closed(id="C4", reached=False),
        handled(id="C5"),
    ]
    assert read(ID.CALLBACK, *files).text == "75.00 %"
    assert read(ID.SOLUTION, *files).text == "100.00 %"
    assert read(ID.SATISFACTION, *files).text == "33.33 %"


# Where it came from and who took part.


def test_found_by_workers() -> None:
    assert verdict(ID.SELF_FOUND, file(channel=Channel.GRID)) == "counts"
    assert verdict(ID.SELF_FOUND, file(channel=Channel.JOINED)) == "counts not"
    assert verdict(ID.SELF_HANDLED, file(channel=Channel.PHONE)) == "outside"


def test_handled_by_the_workers_themselves() -> None:
    by_hand = order(worker=WORKER, state=AssignmentState.DONE)
    found: dict[str, Any] = {"channel": Channel.GRID}
    second = order(id="A2", unit=BUREAU, sent_at=at(9), worker=WORKER)
    assert verdict(ID.SELF_HANDLED, closed(by_hand, **found)) == "counts"
    assert verdict(ID.SELF_HANDLED, closed(order(), **found)) == "counts not"
    assert verdict(ID.SELF_HANDLED, closed(by_hand, second, **found)) == "counts not"
    assert verdict(ID.SELF_HANDLED, file(by_hand, **found)) == "counts not"


@pytest.mark.parametrize(
    "helper",
    [
        {"unit": None, "worker": WORKER},
        {"unit": TOWN},
        {"unit": POLICE, "role": AssignmentRole.GUARD},
        {"unit": POLICE, "state": AssignmentState.RECALLED},
        {"unit": POLICE, "state": AssignmentState.RETURNED},
    ],
)
def test_what_makes_no_joint_handling(helper: dict[str, Any]) -> None:
    second = order(**({"id": "A2", "role": AssignmentRole.ASSIST} | helper))
    assert verdict(ID.JOINT_HANDLING, file(order(), second)) == "counts not"


# The definitions as data.


def test_every_id_is_defined_and_only_hands_is_no_share() -> None:
    assert list(INDICATORS) == list(IndicatorId)
    assert [i.id for i in INDICATORS.values() if i.kind is Kind.MEAN] == [ID.HANDS]
    assert all(i.rules[0].version == 1 for i in INDICATORS.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_formula_and_exclusion_has_words(lang: str) -> None:
    wanted = {i.name_key for i in INDICATORS.values()}
    wanted |= {i.formula_key(r.version) for i in INDICATORS.values() for r in i.rules}
    wanted |= {f"indicator.excluded.{code.value}" for code in Excluded}
    assert wanted == {key for key in catalogue(lang) if key.startswith("indicator.")}


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(ValueError, match=r"'response' has no version 7; there are 1"):
        read(ID.RESPONSE, version=7)
    with pytest.raises(ValueError, match="version"):
        INDICATORS[ID.RESPONSE].formula_key(2)


def test_the_pairs_of_every_formula_are_of_the_same_cases() -> None:
    files = [handled(id="C1"), file(id="C2"), handled(id="C3", reported_at=at(300))]
    handling, overdue = read(ID.HANDLING, *files), read(ID.OVERDUE_OPEN, *files)
    assert handling.denominator == overdue.denominator
    assert {*handling.numerator, *overdue.numerator} == {*handling.denominator}
