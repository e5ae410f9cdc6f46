"""Commands: what an operator, a unit or a system wants; one dataclass an operation."""

from console.domain.command.desk import (
    Accept,
    Acknowledge,
    Answer,
    Arrive,
    AskReturn,
    Assist,
    CallBack,
    Check,
    Dispatch,
    LinkRepeat,
    PinPlace,
    Private,
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
from console.domain.command.duty import (
    Ask,
    HandOver,
    JudgeReply,
    MarkHard,
    ReplySupervision,
    Resume,
    RuleRequest,
    SetTurn,
    SilenceSeat,
    Supervise,
)
from console.domain.command.incident import (
    Asked,
    Attach,
    CallIn,
    ConfirmIncident,
    Detach,
    EndIncident,
    NoteIncident,
    RecordLevel,
    ReportUpward,
    SetFootprint,
    StartIncident,
)

__all__ = [
    "COMMAND_TYPES",
    "OPERATION_OF",
    "Accept",
    "Acknowledge",
    "Answer",
    "Arrive",
    "Ask",
    "AskReturn",
    "Asked",
    "Assist",
    "Attach",
    "CallBack",
    "CallIn",
    "Check",
    "Command",
    "ConfirmIncident",
    "Detach",
    "Dispatch",
    "EndIncident",
    "HandOver",
    "JudgeReply",
    "LinkRepeat",
    "MarkHard",
    "NoteIncident",
    "PinPlace",
    "Private",
    "Recall",
    "RecordLevel",
    "Redispatch",
    "Register",
    "Reject",
    "Remind",
    "ReplySupervision",
    "Report",
    "ReportUpward",
    "Respond",
    "Resume",
    "RuleRequest",
    "RuleReturn",
    "SetDuty",
    "SetFootprint",
    "SetTurn",
    "SilenceSeat",
    "StartIncident",
    "Supervise",
    "Transfer",
    "Verify",
]

Command = (
    Accept
    | PinPlace
    | Register
    | Answer
    | Transfer
    | Reject
    | Verify
    | Dispatch
    | Assist
    | Redispatch
    | Recall
    | Remind
    | LinkRepeat
    | Acknowledge
    | Respond
    | Arrive
    | Report
    | AskReturn
    | RuleReturn
    | Check
    | CallBack
    | SetDuty
    | Ask
    | RuleRequest
    | Resume
    | MarkHard
    | Supervise
    | ReplySupervision
    | JudgeReply
    | SetTurn
    | HandOver
    | SilenceSeat
    | StartIncident
    | ConfirmIncident
    | CallIn
    | Attach
    | Detach
    | SetFootprint
    | RecordLevel
    | NoteIncident
    | ReportUpward
    | EndIncident
)

COMMAND_TYPES: dict[str, type[Command]] = {
    "accept": Accept,
    "pin_place": PinPlace,
    "register": Register,
    "answer": Answer,
    "transfer": Transfer,
    "reject": Reject,
    "verify": Verify,
    "dispatch": Dispatch,
    "assist": Assist,
    "redispatch": Redispatch,
    "recall": Recall,
    "remind": Remind,
    "link_repeat": LinkRepeat,
    "acknowledge": Acknowledge,
    "respond": Respond,
    "arrive": Arrive,
    "report": Report,
    "ask_return": AskReturn,
    "rule_return": RuleReturn,
    "check": Check,
    "call_back": CallBack,
    "set_duty": SetDuty,
    "ask": Ask,
    "rule_request": RuleRequest,
    "resume": Resume,
    "mark_hard": MarkHard,
    "supervise": Supervise,
    "reply_supervision": ReplySupervision,
    "judge_reply": JudgeReply,
    "set_turn": SetTurn,
    "hand_over": HandOver,
    "silence_seat": SilenceSeat,
    "start_incident": StartIncident,
    "confirm_incident": ConfirmIncident,
    "call_in": CallIn,
    "attach": Attach,
    "detach": Detach,
    "set_footprint": SetFootprint,
    "record_level": RecordLevel,
    "note_incident": NoteIncident,
    "report_upward": ReportUpward,
    "end_incident": EndIncident,
}
"""Operation name on the wire → command; the names are those of `role.OPERATIONS`."""

OPERATION_OF: dict[type[Command], str] = {kind: name for name, kind in COMMAND_TYPES.items()}
"""Command → operation name."""
