"""The rules: from a command and what is known to facts and timers, or a refusal; one file per stretch of a case's life."""

from collections.abc import Callable
from typing import Any

from console.domain.command import (
    Accept,
    Acknowledge,
    Answer,
    Arrive,
    Ask,
    AskReturn,
    Assist,
    Attach,
    CallBack,
    CallIn,
    Check,
    Command,
    ConfirmIncident,
    Detach,
    Dispatch,
    EndIncident,
    HandOver,
    JudgeReply,
    LinkRepeat,
    MarkHard,
    NoteIncident,
    PinPlace,
    Recall,
    RecordLevel,
    Redispatch,
    Register,
    Reject,
    Remind,
    ReplySupervision,
    Report,
    ReportUpward,
    Respond,
    Resume,
    RuleRequest,
    RuleReturn,
    SetDuty,
    SetFootprint,
    SetTurn,
    SilenceSeat,
    StartIncident,
    Supervise,
    Transfer,
    Verify,
)
from console.domain.rules import (
    closing,
    dispatching,
    handling,
    intake,
    linkage,
    returning,
    rostering,
    ruling,
    silencing,
    supervising,
    timing,
)
from console.domain.rules.scene import Decision, Refused, Scene
from console.domain.timer import Timer, TimerKind

__all__ = ["Decision", "Refused", "Scene", "decide", "fire"]

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
    Ask: ruling.ask,
    RuleRequest: ruling.rule_request,
    Resume: ruling.resume,
    MarkHard: ruling.mark_hard,
    Supervise: supervising.supervise,
    ReplySupervision: supervising.reply,
    JudgeReply: supervising.judge,
    SetTurn: rostering.set_turn,
    HandOver: rostering.hand_over,
    SilenceSeat: silencing.silence,
    StartIncident: linkage.start,
    ConfirmIncident: linkage.confirm,
    CallIn: linkage.call_in,
    Attach: linkage.attach,
    Detach: linkage.detach,
    SetFootprint: linkage.set_footprint,
    RecordLevel: linkage.record_level,
    NoteIncident: linkage.note,
    ReportUpward: linkage.report_upward,
    EndIncident: linkage.end,
}

_FIRED: dict[TimerKind, Callable[[Timer, Scene], Decision]] = {
    TimerKind.ANNOUNCE: timing.announce,
    TimerKind.ESCALATE: timing.escalate,
    TimerKind.RESPONSE_DUE: timing.response_due,
    TimerKind.SUPERVISION_DUE: supervising.supervision_due,
    TimerKind.REVIEW_DUE: ruling.review_due,
    TimerKind.CONFIRM_DUE: linkage.confirm_due,
}


def decide(command: Command, scene: Scene) -> Decision:
    """What the command does to the scene; raises `Refused` where a rule forbids it."""
    return _RULES[type(command)](command, scene)


def fire(timer: Timer, scene: Scene) -> Decision:
    """What a timer that fell due does; nothing where the begun day itself is all."""
    rule = _FIRED.get(timer.kind)
    return Decision(facts=()) if rule is None else rule(timer, scene)
