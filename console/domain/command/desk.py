"""Commands about cases and orders: intake, dispatch, handling, return, check and call-back."""

from dataclasses import dataclass, field
from datetime import datetime

from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.place import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """Personal data of a case: erasable rows outside the log, never in an event."""

    citizen: str = ""
    phone: str = ""
    words: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A call is taken in. `case` is made by the sender, so that a retry makes no second case.

    `answered` means answered at once: no case leaves the centre. `register` registers it in the
    same act when category and place are known.
    """

    case: str
    channel: Channel
    category: str
    urgency: Urgency | None = None
    position: Position | None = None
    private: Private = field(default_factory=Private)
    kin: str | None = None
    has_photo: bool = False
    answered: bool = False
    register: bool = False
    source_ref: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PinPlace:
    """The place of a case is fixed, (lon, lat) WGS 84."""

    case: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The case is opened: class and deadline fixed."""

    case: str
    category: str | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answered at once."""

    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Given to another service such as 110, 119 or 120."""

    case: str
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Not for this line; needs a reason."""

    case: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """Somebody looks whether it is real, before registering."""

    case: str
    assignment: str
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """The case gets its lead. `unit` leads; `worker` is the hands; `assignment` is made by the sender."""

    case: str
    assignment: str
    unit: str
    worker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assist:
    """Another unit or worker joins; `guard` sends a worker to look and keep people away only."""

    case: str
    assignment: str
    unit: str | None = None
    worker: str | None = None
    guard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Redispatch:
    """The lead is replaced (改派), with a reason."""

    case: str
    assignment: str
    unit: str
    reason: str
    worker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The centre takes an assignment back (撤回), with a reason."""

    assignment: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    """A nudge (催办); changes no clock."""

    assignment: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRepeat:
    """A case is the repeat of another; the main one becomes urgent."""

    case: str
    main: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """The receiver has signed for it (签收)."""

    assignment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond:
    """Spoke to the citizen or set out (途中)."""

    assignment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """On the scene (到场)."""

    assignment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Work done, result told (反馈); `real` is what a verification found."""

    assignment: str
    real: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReturn:
    """The receiver says: not mine; `reason` is a code of the city's list."""

    assignment: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReturn:
    """A return is confirmed (back to the centre, or at once to `unit`) or refused (the asker keeps it).

    With `unit` the order named `assignment` is made in the same act (改由…承办).
    """

    case: str
    confirmed: bool
    reason: str = ""
    unit: str | None = None
    assignment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Someone else looked whether the work is done (核查); not passed means rework."""

    case: str
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """The citizen was asked. Not reached three times closes as *not reached*; not solved means rework."""

    case: str
    reached: bool
    solved: bool | None = None
    satisfied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDuty:
    """A worker goes on or off duty."""

    worker: str
    on_duty: bool
