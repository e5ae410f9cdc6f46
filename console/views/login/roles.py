"""Which role somebody who came in works in."""

from console.domain.role import SCREENS, SCREENS_OF, Role
from console.live.door import Person


def roles_here(person: Person) -> tuple[Role, ...]:
    """The roles of the person that this program has screens for."""
    return tuple(role for role in SCREENS_OF if role in person.roles)


def settled(person: Person, *wanted: str) -> Role | None:
    """The first wanted role that is the person's, else the only one there is; None when it must be asked."""
    mine = roles_here(person)
    for name in wanted:
        if name in mine:
            return Role(name)
    return mine[0] if len(mine) == 1 else None


def screens_of(role: Role) -> tuple[str, ...]:
    """What the role sees, its home first."""
    return SCREENS_OF.get(role, SCREENS)
