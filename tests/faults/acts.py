"""What might be done next in a city: a maker for every command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from console.domain.alarm import SilenceReason
from console.domain.case import Case, Channel
from console.domain.command import (
    COMMAND_TYPES,
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
from console.domain.place import Position
from console.domain.request import RequestKind
from console.domain.role import OPERATIONS, Role
from console.store.picture import Picture
from tests.builders import (
    BUREAU,
    GAS,
    GAS_WORKS,
    NOISE,
    OTHER_WORKER,
    POLICE,
    RUBBISH,
    SIGNAL,
    TOWN,
    WORKER,
)

SECRET = "王秘密13800001111"
"""A citizen's name and number: it must never stand in the log."""

UNITS = (TOWN, BUREAU, POLICE, GAS_WORKS)
WORKERS = (WORKER, OTHER_WORKER)
RINGS = (
    (Position(110.30, 20.00), Position(110.34, 20.00), Position(110.32, 20.04)),
    (Position(110.32, 20.04), Position(110.34, 20.00), Position(110.30, 20.00)),
    (Position(110.30, 20.00), Position(110.34, 20.04), Position(110.34, 20.00)),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody sees who decides what to do next; `step` makes new ids, `now` is domain time."""

    picture: Picture
    rnd: Random
    step: int
    now: datetime

    def case(self) -> str:
        """A case, mostly one of the newest; now and then one that does not exist."""
        known = list(self.picture.cases)[-4:]
        return self.rnd.choice(known) if known and self.rnd.random() > 0.02 else "C-none"

    def order(self) -> str:
        """An assignment of the newest."""
        known = list(self.picture.assignments)[-6:]
        return self.rnd.choice(known) if known else "A-none"

    def incident(self) -> str:
        """An incident of the newest."""
        known = list(self.picture.incidents)[-2:]
        return self.rnd.choice(known) if known else "I-none"

    def lead(self, case: Case) -> str:
        """The case's lead, or any order."""
        return case.lead or self.order()

    def new(self, kind: str) -> str:
        """A new id, now and then one that is used already."""
        return f"{kind}{self.step if self.rnd.random() > 0.02 else 1}"

    def unit(self) -> str:
        return self.rnd.choice(UNITS)

    def worker(self) -> str:
        return self.rnd.choice(WORKERS)

    def yes(self, chance: float = 0.5) -> bool:
        return self.rnd.random() < chance

    def words(self) -> str:
        return self.rnd.choice(("好", "w", "  ", "长" * 50))


def _accept(d: Desk) -> Accept:
    return Accept(
        case=d.new("C"),
        channel=d.rnd.choice(list(Channel)),
        category=d.rnd.choice((RUBBISH, RUBBISH, NOISE, SIGNAL, GAS)),
        position=Position(110.3 + d.rnd.randrange(10) / 100, 20.0) if d.yes(0.9) else None,
        private=Private(citizen=SECRET, phone=SECRET, words=SECRET, address=SECRET),
        register=d.yes(0.6),
        answered=d.yes(0.1),
        due_at=d.now + timedelta(hours=d.rnd.randrange(1, 40)) if d.yes(0.2) else None,
    )


def _assist(d: Desk) -> Assist:
    guard = d.yes(0.4)
    worker = d.worker() if guard or d.yes() else None
    return Assist(
        case=d.case(),
        assignment=d.new("A"),
        unit=None if worker else d.unit(),
        worker=worker,
        guard=guard,
    )


def _dispatch(d: Desk) -> Dispatch:
    worker = d.worker() if d.yes(0.3) else None
    return Dispatch(case=d.case(), assignment=d.new("A"), unit=d.unit(), worker=worker)


def _call_in(d: Desk) -> CallIn:
    asked = (
        Asked(assignment=f"L{d.step}", unit=d.unit()),
        Asked(assignment=f"M{d.step}", team="M1"),
        Asked(assignment=f"N{d.step}", worker=d.worker()),
    )
    return CallIn(incident=d.incident(), asked=asked[: d.rnd.randrange(1, 4)], words=d.words())


def _rule_return(d: Desk) -> RuleReturn:
    to = d.unit() if d.yes(0.4) else None
    return RuleReturn(
        case=d.case(),
        confirmed=to is not None or d.yes(),
        reason="意见",
        unit=to,
        assignment=d.new("A") if to else None,
    )


def _set_turn(d: Desk) -> SetTurn:
    start = d.now + timedelta(hours=d.rnd.randrange(-20, 40))
    end = start if d.yes(0.2) else start + timedelta(hours=d.rnd.randrange(1, 12))
    turn = f"R{d.rnd.randrange(4)}"
    return SetTurn(turn=turn, unit=d.unit(), start=start, end=end, name="值班员", phone="0")


def _hand_over(d: Desk) -> HandOver:
    fine = d.yes()
    line = Line(
        kind=d.rnd.choice(list(LineKind)),
        case=d.case(),
        before="green",
        after="red",
        accepted=fine,
        remark="" if fine else "不接",
    )
    since = d.now - timedelta(hours=8)
    return HandOver(
        handover=d.new("H"), unit="city", since=since, outgoing="甲", incoming="乙", lines=(line,)
    )


def _reply(d: Desk) -> ReplySupervision:
    return ReplySupervision(case=d.case(), problem="p", cause="c", measures="m", effect="e")


def _ask(d: Desk) -> Ask:
    kind = d.rnd.choice(list(RequestKind))
    until = d.now + timedelta(hours=d.rnd.randrange(1, 200))
    return Ask(assignment=d.order(), kind=kind, until=until, reason="r")


def _call_back(d: Desk) -> CallBack:
    reached = d.yes(0.6)
    solved = d.yes() if reached else None
    return CallBack(case=d.case(), reached=reached, solved=solved, satisfied=solved)


def _level(d: Desk) -> RecordLevel:
    level = d.rnd.choice(list(ResponseLevel))
    return RecordLevel(incident=d.incident(), level=level, number="琼令〔1〕", ordered_at=d.now)


def _start(d: Desk) -> StartIncident:
    some = tuple(list(d.picture.cases)[-2:])
    return StartIncident(
        incident=d.new("I"), name="内涝", footprint=d.rnd.choice(RINGS), cases=some
    )


_REVIEW = Review(course="c", went_well="", lessons="l", follow_up="")

MAKERS: Mapping[str, Callable[[Desk], Command]] = {
    "accept": _accept,
    "pin_place": lambda d: PinPlace(case=d.case(), position=Position(110.33, 20.01)),
    "register": lambda d: Register(
        case=d.case(), category=d.rnd.choice((None, RUBBISH, NOISE, "9999"))
    ),
    "answer": lambda d: Answer(case=d.case()),
    "transfer": lambda d: Transfer(case=d.case(), service="110"),
    "reject": lambda d: Reject(case=d.case(), reason=d.words()),
    "verify": lambda d: Verify(case=d.case(), assignment=d.new("A"), worker=d.worker()),
    "dispatch": _dispatch,
    "assist": _assist,
    "redispatch": lambda d: Redispatch(
        case=d.case(), assignment=d.new("A"), unit=d.unit(), reason="r"
    ),
    "recall": lambda d: Recall(assignment=d.order(), reason="r"),
    "remind": lambda d: Remind(assignment=d.order(), words=d.words()),
    "link_repeat": lambda d: LinkRepeat(case=d.case(), main=d.case()),
    "acknowledge": lambda d: Acknowledge(assignment=d.order()),
    "respond": lambda d: Respond(assignment=d.order()),
    "arrive": lambda d: Arrive(assignment=d.order()),
    "report": lambda d: Report(assignment=d.order(), real=d.yes()),
    "ask_return": lambda d: AskReturn(assignment=d.order(), reason="not-in-duties"),
    "rule_return": _rule_return,
    "check": lambda d: Check(case=d.case(), passed=d.yes(0.6)),
    "call_back": _call_back,
    "set_duty": lambda d: SetDuty(worker=d.worker(), on_duty=d.yes(0.8)),
    "ask": _ask,
    "rule_request": lambda d: RuleRequest(case=d.case(), granted=d.yes(0.7), opinion="o"),
    "resume": lambda d: Resume(case=d.case(), reason="r"),
    "mark_hard": lambda d: MarkHard(case=d.case(), hard=d.yes(0.7)),
    "supervise": lambda d: Supervise(case=d.case(), words="w"),
    "reply_supervision": _reply,
    "judge_reply": lambda d: JudgeReply(case=d.case(), accepted=d.yes(), words="w"),
    "set_turn": _set_turn,
    "hand_over": _hand_over,
    "silence_seat": lambda d: SilenceSeat(
        minutes=d.rnd.choice([0, 5, 15, 30]), reason=d.rnd.choice(list(SilenceReason))
    ),
    "start_incident": _start,
    "confirm_incident": lambda d: ConfirmIncident(incident=d.incident()),
    "call_in": _call_in,
    "attach": lambda d: Attach(case=d.case(), incident=d.incident()),
    "detach": lambda d: Detach(case=d.case(), reason="r"),
    "set_footprint": lambda d: SetFootprint(incident=d.incident(), footprint=d.rnd.choice(RINGS)),
    "record_level": _level,
    "note_incident": lambda d: NoteIncident(incident=d.incident(), words=d.words()),
    "report_upward": lambda d: ReportUpward(
        incident=d.incident(), kind=d.rnd.choice(list(ReportKind)), words="w"
    ),
    "end_incident": lambda d: EndIncident(incident=d.incident(), review=_REVIEW),
}
"""Operation → how one of it is made; every command the wire knows is here."""

assert MAKERS.keys() == COMMAND_TYPES.keys(), MAKERS.keys() ^ COMMAND_TYPES.keys()


def role_for(command: Command, rnd: Random) -> Role:
    """A role that may do it."""
    name = next(name for name, kind in COMMAND_TYPES.items() if kind is type(command))
    return rnd.choice(sorted(OPERATIONS[name]))
