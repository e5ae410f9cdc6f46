"""Who may see citizens' data: masked, in full for a minute, or only be connected with them."""

from console.domain.role import Role

LOOKERS = frozenset(Role) - {Role.FIELD, Role.CENTRE, Role.WALL, Role.TRAINER, Role.ADMIN}
"""Who works with citizens and sees their data masked: no wall, no trainee, no feed, no administrator."""

CALLERS = frozenset(
    {
        Role.CALL_TAKER,
        Role.DISPATCHER,
        Role.SHIFT_LEADER,
        Role.DUTY_CHIEF,
        Role.CALLBACK_SEAT,
        Role.EMERGENCY,
    }
)
"""Who speaks with citizens; being connected needs no number."""

REVEALERS = CALLERS | {Role.SUPERVISOR}
"""Who may see it in full, with a reason."""

_OF = {"look": LOOKERS, "dial": CALLERS, "reveal": REVEALERS}


def may_see(role: Role, operation: str) -> bool:
    """Whether the role may `look`, `reveal` or `dial`; anything else nobody may."""
    return role in _OF.get(operation, frozenset())
