"""Who may do what: DOMAIN.md §4 as one table from operation to roles."""

from enum import StrEnum


class Role(StrEnum):
    """Roles of people and systems; one person may hold several, a session has one."""

    CALL_TAKER = "call_taker"
    DISPATCHER = "dispatcher"
    SHIFT_LEADER = "shift_leader"
    DUTY_CHIEF = "duty_chief"
    CALLBACK_SEAT = "callback_seat"
    CENTRE_LEADER = "centre_leader"
    SUPERVISOR = "supervisor"
    EMERGENCY = "emergency"
    TRAINER = "trainer"
    WALL = "wall"
    AUDITOR = "auditor"
    ADMIN = "admin"
    FIELD = "field"
    CENTRE = "centre"


_D, _L, _F = Role.DISPATCHER, Role.SHIFT_LEADER, Role.FIELD
_C, _E = Role.DUTY_CHIEF, Role.EMERGENCY

_SEATS = frozenset(
    {Role.CALL_TAKER, _D, _L, _C, Role.CALLBACK_SEAT, Role.CENTRE_LEADER, Role.SUPERVISOR, _E}
) | {Role.ADMIN}
"""Where alarms sound."""

OPERATIONS: dict[str, frozenset[Role]] = {
    "accept": frozenset({Role.CALL_TAKER, _D, _F}),
    "pin_place": frozenset({Role.CALL_TAKER, _D}),
    "register": frozenset({Role.CALL_TAKER, _D, _F}),
    "answer": frozenset({Role.CALL_TAKER, _D, _F}),
    "transfer": frozenset({Role.CALL_TAKER, _D}),
    "reject": frozenset({_L}),
    "verify": frozenset({_D, _F}),
    "dispatch": frozenset({_D, _L, _F}),
    "assist": frozenset({_D, _L, _F}),
    "redispatch": frozenset({_D, _L}),
    "recall": frozenset({_D, _L, _E}),
    "remind": frozenset({_D, _L, _C, _E}),
    "link_repeat": frozenset({Role.CALL_TAKER, _D}),
    "acknowledge": frozenset({_F, _D}),
    "respond": frozenset({_F, _D}),
    "arrive": frozenset({_F, _D}),
    "report": frozenset({_F, _D}),
    "ask_return": frozenset({_F, _D}),
    "rule_return": frozenset({_L, _C, Role.CENTRE_LEADER, _F}),
    "check": frozenset({_F}),
    "call_back": frozenset({Role.CALLBACK_SEAT, Role.DUTY_CHIEF, _F}),
    "set_duty": frozenset({_F, Role.ADMIN}),
    "ask": frozenset({_F, _D}),
    "rule_request": frozenset({_L, _C, Role.CENTRE_LEADER}),
    "resume": frozenset({_L, _C, Role.CENTRE_LEADER}),
    "mark_hard": frozenset({_D, _L, _C}),
    "supervise": frozenset({_L, _C, Role.SUPERVISOR}),
    "reply_supervision": frozenset({_F, _D}),
    "judge_reply": frozenset({_L, _C, Role.SUPERVISOR}),
    "set_turn": frozenset({_L, _C, Role.CENTRE_LEADER, Role.ADMIN}),
    "hand_over": frozenset({_L, _C, Role.CENTRE_LEADER}),
    "silence_seat": _SEATS,
    "start_incident": frozenset({_E, _L, _D}),
    "confirm_incident": frozenset({_E, _L}),
    "call_in": frozenset({_E, _L, _D}),
    "attach": frozenset({_E, _L, _D}),
    "detach": frozenset({_E, _L, _D}),
    "set_footprint": frozenset({_E, _L, _D}),
    "record_level": frozenset({_E, _L}),
    "note_incident": frozenset({_E, _L, _D, _C}),
    "report_upward": frozenset({_E, _L}),
    "end_incident": frozenset({_E, _L}),
}
"""Command → roles. FIELD is the feed: units, workers and (while simulated) the other seats."""

_CALLERS = frozenset({Role.CALL_TAKER, _D, _L, _C, Role.CALLBACK_SEAT, _E})

OTHERS: dict[str, frozenset[Role]] = {
    "look": _CALLERS | {Role.CENTRE_LEADER, Role.SUPERVISOR, Role.AUDITOR},
    "dial": _CALLERS,
    "reveal": _CALLERS | {Role.SUPERVISOR},
    "erase": frozenset({Role.CENTRE_LEADER, Role.ADMIN}),
    "read_access": frozenset({Role.AUDITOR, Role.SUPERVISOR}),
    "tell_positions": frozenset({_F}),
    "import_volumes": frozenset({_F}),
    "set_clock": frozenset({_F, Role.ADMIN}),
    "administer_people": frozenset({Role.ADMIN}),
}
"""What is no command → roles. A citizen's data: masked to who works with citizens (`look`: no wall, no
trainee, no feed, no administrator), in full with a reason (`reveal`); who speaks with citizens is
connected without seeing a number (`dial`). What is in neither table everybody may: it only reads, and
nothing personal."""


SCREENS = ("desk", "wall", "duty", "incident", "training")
"""The places of the program."""

_ALL_LIVE = ("desk", "wall", "duty", "incident")

SCREENS_OF: dict[Role, tuple[str, ...]] = {
    Role.CALL_TAKER: ("desk",),
    Role.DISPATCHER: ("desk", "wall", "incident", "training"),
    Role.SHIFT_LEADER: (*_ALL_LIVE, "training"),
    Role.DUTY_CHIEF: ("duty", "desk", "wall", "incident", "training"),
    Role.CALLBACK_SEAT: ("desk",),
    Role.CENTRE_LEADER: ("duty", "desk", "wall", "incident", "training"),
    Role.SUPERVISOR: ("duty", "desk", "wall", "incident"),
    Role.EMERGENCY: ("incident", "desk", "wall", "training"),
    Role.TRAINER: ("training",),
    Role.WALL: ("wall",),
    Role.AUDITOR: _ALL_LIVE,
    Role.ADMIN: ("duty", "desk", "wall", "incident", "training"),
}
"""Role → the screens it sees, its home first. Seeing is not doing: `OPERATIONS` says what it may do."""


STAND_INS = frozenset({"answer", "verify", "dispatch", "assist", "rule_return", "call_back"})
"""What the feed does in the place of people, while there are none: never in a city in production."""


def who_may(operation: str, *, production: bool = False) -> frozenset[Role]:
    """The roles that may do the operation; an unknown one nobody may.

    In `production` the feed speaks for units, workers and inspectors alone.
    """
    found = OPERATIONS.get(operation) or OTHERS.get(operation, frozenset())
    return found - {Role.FIELD} if production and operation in STAND_INS else found


def may(role: Role, operation: str, *, production: bool = False) -> bool:
    """Whether the role may do the operation: the one place that answers, at the centre and on a screen."""
    return role in who_may(operation, production=production)


def not_allowed(role: Role, operation: str, *, production: bool = False) -> str:
    """Why the role may not, in English: it names who may."""
    needed = ", ".join(sorted(who_may(operation, production=production))) or "nobody"
    return f"the role {role.value} may not {operation}; needed: {needed}"
