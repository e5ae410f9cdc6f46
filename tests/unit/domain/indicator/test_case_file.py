"""Who answers for a case, and when it was handled."""

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import CaseState
from console.domain.indicator import CaseFile
from tests.builders import BUREAU, POLICE, TOWN, at, case, order

FORMER = order(
    id="A1", unit=TOWN, state=AssignmentState.WITHDRAWN, acknowledged_at=at(2), ended_at=at(9)
)
NEW = order(id="A2", unit=BUREAU, sent_at=at(9))


def responsible(*orders: Assignment) -> str | None:
    found = CaseFile(case(), orders).responsible
    return None if found is None else found.unit


def test_the_former_lead_answers_until_the_new_one_has_signed() -> None:
    assert responsible(FORMER, NEW) == TOWN
    signed = order(id="A2", unit=BUREAU, sent_at=at(9), acknowledged_at=at(11))
    assert responsible(FORMER, signed) == BUREAU


def test_where_nobody_has_signed_the_last_one_sent_answers() -> None:
    assert responsible(order(id="A0", unit=POLICE, sent_at=at(-5)), NEW) == BUREAU
    assert responsible(NEW, order(id="A0", unit=POLICE, sent_at=at(-5))) == BUREAU


def test_an_order_recalled_before_a_signature_never_had_the_case() -> None:
    assert responsible(order(state=AssignmentState.RECALLED)) is None


def test_helpers_do_not_answer_for_the_case() -> None:
    assert responsible(order(role=AssignmentRole.ASSIST, acknowledged_at=at(1))) is None
    assert responsible() is None


def test_leads_come_oldest_first_however_they_are_given() -> None:
    assert [o.id for o in CaseFile(case(), (NEW, FORMER)).leads] == ["A1", "A2"]


def test_handled_is_the_report_or_the_end_of_what_ends_without_one() -> None:
    assert CaseFile(case(reported_at=at(5), closed_at=at(9))).handled_at == at(5)
    assert CaseFile(case(state=CaseState.REJECTED, closed_at=at(9))).handled_at == at(9)
    assert CaseFile(case()).handled_at is None
