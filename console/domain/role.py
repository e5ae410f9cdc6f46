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
    "recall": frozenset({_D, _L}),
    "remind": frozenset({_D, _L, Role.DUTY_CHIEF}),
    "link_repeat": frozenset({Role.CALL_TAKER, _D}),
    "acknowledge": frozenset({_F, _D}),
    "respond": frozenset({_F, _D}),
    "arrive": frozenset({_F, _D}),
    "report": frozenset({_F, _D}),
    "ask_return": frozenset({_F, _D}),
    "rule_return": frozenset({_L, Role.DUTY_CHIEF, _F}),
    "check": frozenset({_F}),
    "call_back": frozenset({Role.CALLBACK_SEAT, Role.DUTY_CHIEF, _F}),
    "set_duty": frozenset({_F, Role.ADMIN}),
}
"""Operation → roles. FIELD is the feed: units, workers and (while simulated) the other seats."""


def may(role: Role, operation: str) -> bool:
    """Whether the role may do the operation; an unknown operation nobody may."""
    return role in OPERATIONS.get(operation, frozenset())
