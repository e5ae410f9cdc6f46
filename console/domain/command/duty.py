"""Commands of those who decide: requests and rulings, supervision, the roster, the handover."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.alarm import SilenceReason
from console.domain.handover import Line
from console.domain.request import RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The holder asks for a later deadline, or to park the case, `until` (aware, domain time)."""

    assignment: str
    kind: RequestKind
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRequest:
    """The case's open request is agreed to or refused, with an opinion."""

    case: str
    granted: bool
    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A suspended case goes on before its review date."""

    case: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkHard:
    """A 疑难件: solved the same day or with a written opinion."""

    case: str
    hard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervise:
    """Watch a case from above (督办); the reply clock starts."""

    case: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySupervision:
    """The unit's reply: problem, cause, measures, effect."""

    case: str
    problem: str
    cause: str
    measures: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeReply:
    """The reply is accepted, which ends the supervision, or not: then it is asked for again."""

    case: str
    accepted: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTurn:
    """Set a turn on the roster; with a known id it replaces that turn, with end = start takes it off."""

    turn: str
    unit: str
    start: datetime
    end: datetime
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceSeat:
    """The sender's own seat makes no sound for so many minutes; 0 ends a silence before its time."""

    minutes: int
    reason: SilenceReason


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The shift of a unit (or of the city) is handed over, every line accepted or refused."""

    handover: str
    unit: str
    since: datetime
    outgoing: str
    incoming: str
    lines: tuple[Line, ...]
