"""One example of every command: of cases, of those who decide, of incidents."""

from collections.abc import Sequence

from console.central.openapi.samples import (
    CASE,
    INCIDENT,
    NOW,
    ORDER,
    RING,
    SPOT,
    TURN,
    UNIT,
    WORKER,
    after,
)
from console.domain.alarm import SilenceReason
from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.command import (
    Accept,
    Acknowledge,
    Answer,
    Arrive,
    Ask,
    Asked,
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
    Private,
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
from console.domain.handover import Line, LineKind
from console.domain.incident import ReportKind, ResponseLevel, Review
from console.domain.request import RequestKind

_CITIZEN = Private(
    citizen="王小明", phone="13812341234", words="门口积水，车开不出来", address="龙昆北路 12号"
)

DESK: Sequence[Command] = (
    Accept(
        case=CASE,
        channel=Channel.PHONE,
        category="0101",
        urgency=Urgency.NORMAL,
        position=SPOT,
        private=_CITIZEN,
        register=True,
    ),
    PinPlace(case=CASE, position=SPOT),
    Register(case=CASE, category="0101", urgency=Urgency.URGENT),
    Answer(case=CASE),
    Transfer(case=CASE, service="110"),
    Reject(case=CASE, reason="不属本线受理范围"),
    Verify(case=CASE, assignment=ORDER, worker=WORKER),
    Dispatch(case=CASE, assignment=ORDER, unit=UNIT, worker=WORKER),
    Assist(case=CASE, assignment=ORDER, worker=WORKER, guard=True),
    Redispatch(case=CASE, assignment=ORDER, unit=UNIT, reason="原单位人手不足"),
    Recall(assignment=ORDER, reason="派错"),
    Remind(assignment=ORDER, words="市民又来电，请尽快"),
    LinkRepeat(case=CASE, main="C-20260603-0007"),
    Acknowledge(assignment=ORDER),
    Respond(assignment=ORDER),
    Arrive(assignment=ORDER),
    Report(assignment=ORDER),
    AskReturn(assignment=ORDER, reason="not_ours"),
    RuleReturn(case=CASE, confirmed=True, reason="属燃气公司", unit="gas", assignment="A-7c22"),
    Check(case=CASE, passed=True),
    CallBack(case=CASE, reached=True, solved=True, satisfied=True),
    SetDuty(worker=WORKER, on_duty=True),
)
"""Cases and orders."""

DECIDING: Sequence[Command] = (
    Ask(assignment=ORDER, kind=RequestKind.EXTENSION, until=after(hours=28), reason="等配件"),
    RuleRequest(case=CASE, granted=True, opinion="同意，抓紧"),
    Resume(case=CASE, reason="配件已到"),
    MarkHard(case=CASE, hard=True),
    Supervise(case=CASE, words="今天内办结并回复"),
    ReplySupervision(
        case=CASE, problem="管网堵塞", cause="施工泥浆", measures="已清淤", effect="积水已退"
    ),
    JudgeReply(case=CASE, accepted=True),
    SilenceSeat(minutes=15, reason=SilenceReason.CALL),
    SetTurn(
        turn=TURN,
        unit="460106",
        start=NOW,
        end=after(hours=12),
        name="陈东一",
        phone="0898-00009002",
    ),
    HandOver(
        handover="H-460106-0603",
        unit="460106",
        since=after(hours=-12),
        outgoing="陈东一",
        incoming="陈东二",
        lines=(
            Line(
                kind=LineKind.COLOUR,
                case=CASE,
                before="green",
                after="red",
                accepted=False,
                remark="先说明原因",
            ),
        ),
    ),
)
"""Requests, rulings, supervision, the roster and the handover."""

LINKAGE: Sequence[Command] = (
    StartIncident(incident=INCIDENT, name="龙昆北路积水", footprint=RING, cases=(CASE,)),
    ConfirmIncident(incident=INCIDENT),
    CallIn(
        incident=INCIDENT,
        asked=(Asked(assignment="A-7c30", team="M1"), Asked(assignment="A-7c31", unit=UNIT)),
        words="带两台泵",
    ),
    Attach(case=CASE, incident=INCIDENT),
    Detach(case=CASE, reason="另一处"),
    SetFootprint(incident=INCIDENT, footprint=RING),
    RecordLevel(
        incident=INCIDENT, level=ResponseLevel.IV, number="琼三防〔2026〕6号", ordered_at=NOW
    ),
    NoteIncident(incident=INCIDENT, words="泵已到位"),
    ReportUpward(incident=INCIDENT, kind=ReportKind.FIRST, words="积水 40 厘米，两泵在抽"),
    EndIncident(
        incident=INCIDENT,
        review=Review(
            course="两小时排干", went_well="联动快", lessons="泵要前置", follow_up="清淤"
        ),
    ),
)
"""The emergency linkage."""
