"""The rules: from a command and what is known to facts and timers, or a refusal; one file per stretch of a case's life."""

from collections.abc import Callable
from typing import Any

from console.domain.command import (
    Accept,
    Acknowledge,
    Answer,
    Arrive,
    AskReturn,
    Assist,
    CallBack,
    Check,
    Command,
    Dispatch,
    LinkRepeat,
    PinPlace,
    Recall,
    Redispatch,
    Register,
    Reject,
    Remind,
    Report,
    Respond,
    RuleReturn,
    SetDuty,
    Transfer,
    Verify,
)
from console.domain.rules import closing, dispatching, handling, intake, returning
from console.domain.rules.scene import Decision, Refused, Scene

__all__ = ["Decision", "Refused", "Scene", "decide"]

_RULES: dict[type[Command], Callable[[Any, Scene], Decision]] = {
    Accept: intake.accept,
    PinPlace: intake.pin_place,
    Register: intake.register,
    Answer: intake.answer,
    Transfer: intake.transfer,
    Reject: intake.reject,
    LinkRepeat: intake.link_repeat,
    Verify: dispatching.verify,
    Dispatch: dispatching.dispatch,
    Assist: dispatching.assist,
    Redispatch: dispatching.redispatch,
    Recall: dispatching.recall,
    Remind: dispatching.remind,
    Acknowledge: handling.acknowledge,
    Respond: handling.respond,
    Arrive: handling.arrive,
    Report: handling.report,
    SetDuty: handling.set_duty,
    AskReturn: returning.ask_return,
    RuleReturn: returning.rule_return,
    Check: closing.check,
    CallBack: closing.call_back,
}


def decide(command: Command, scene: Scene) -> Decision:
    """What the command does to the scene; raises `Refused` where a rule forbids it."""
    return _RULES[type(command)](command, scene)
