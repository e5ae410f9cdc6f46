"""Cases of a recorded day whose end is known: the field hurries or waits so that it comes out."""

from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.case import Case
from console.domain.command import (
    Acknowledge,
    Arrive,
    CallBack,
    Check,
    Command,
    Dispatch,
    Register,
    Report,
    Respond,
    RuleReturn,
)
from console.field.step import Step

_AT_LATEST: dict[type[Command], float] = {
    Register: 0.1,
    Dispatch: 0.2,
    Acknowledge: 0.35,
    Respond: 0.5,
    Arrive: 0.6,
    RuleReturn: 0.65,
}
_EXACTLY: dict[type[Command], float] = {Report: 0.8, Check: 0.9, CallBack: 1.0}


def toward(step: Step, case: Case, end: datetime) -> Step:
    """The step bent so that the case closes at `end`."""
    command = step.command
    if isinstance(command, Check):
        command = replace(command, passed=True)
    if isinstance(command, CallBack):
        command = CallBack(case=case.id, reached=True, solved=True, satisfied=command.satisfied)
    span = max(end - case.received_at, timedelta(0))
    kind = type(command)
    if kind in _EXACTLY:
        return replace(step, at=case.received_at + span * _EXACTLY[kind], command=command)
    latest = case.received_at + span * _AT_LATEST.get(kind, 1.0)
    return replace(step, at=min(step.at, latest), command=command)
