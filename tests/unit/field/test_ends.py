"""Steps are bent toward a known end."""

from datetime import timedelta

from console.domain.command import Acknowledge, CallBack, Check, Report, RuleReturn
from console.domain.role import Role
from console.field.ends import toward
from console.field.step import Step
from tests.builders import T0, at, case

END = T0 + timedelta(minutes=100)


def test_what_would_be_late_is_hurried() -> None:
    step = toward(Step(at(300), Acknowledge(assignment="A1")), case(), END)
    assert step == Step(at(35), Acknowledge(assignment="A1"))


def test_what_would_be_early_waits_for_its_part() -> None:
    step = toward(Step(at(2), Report(assignment="A1")), case(), END)
    assert step == Step(at(80), Report(assignment="A1"))


def test_nothing_leads_away_from_the_end() -> None:
    step = toward(Step(at(2), Check(case="C1", passed=False)), case(), END)
    assert step == Step(at(90), Check(case="C1", passed=True))
    step = toward(Step(at(2), CallBack(case="C1", reached=False)), case(), END)
    assert step.at == END
    assert step.command == CallBack(case="C1", reached=True, solved=True, satisfied=None)


def test_whoever_decides_is_the_same() -> None:
    ruling = RuleReturn(case="C1", confirmed=True)
    step = toward(Step(at(300), ruling, Role.SHIFT_LEADER), case(), END)
    assert step == Step(at(65), ruling, Role.SHIFT_LEADER)
