"""The places of the program: what each is called, by which key it is entered, and who sees which."""

from console.domain.role import SCREENS, SCREENS_OF, Role
from console.i18n import Texts


def key_of(name: str) -> str:
    """The key that enters a screen: Ctrl+1 is the first of `SCREENS`, whoever sits here."""
    return f"Ctrl+{SCREENS.index(name) + 1}"


def title_of(name: str, texts: Texts) -> str:
    """What the screen is called."""
    return texts(f"window.{name}")


def seen_by(role: Role) -> tuple[str, ...]:
    """The screens that the role sees, in the order of the program."""
    mine = SCREENS_OF.get(role, ())
    return tuple(name for name in SCREENS if name in mine)


def home_of(role: Role) -> str:
    """The screen that the role begins on."""
    return SCREENS_OF[role][0]
