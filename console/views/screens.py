"""The places of the program: how each is built, by which key it is entered, and who sees which."""

from collections.abc import Callable, Mapping

from console.domain.role import SCREENS, SCREENS_OF, Role
from console.i18n import Texts
from console.views.screen import Screen
from console.views.stage import Stage


def _desk(stage: Stage) -> Screen:
    from console.views.desk.screen import DeskScreen

    return DeskScreen(stage)


def _wall(stage: Stage) -> Screen:
    from console.views.wall.screen import WallScreen

    return WallScreen(stage)


def _duty(stage: Stage) -> Screen:
    from console.views.duty.screen import DutyScreen

    return DutyScreen(stage)


def _incident(stage: Stage) -> Screen:
    from console.views.incident.screen import IncidentScreen

    return IncidentScreen(stage)


def _training(stage: Stage) -> Screen:
    from console.views.training.screen import TrainingScreen

    return TrainingScreen(stage)


FACTORIES: Mapping[str, Callable[[Stage], Screen]] = {
    "desk": _desk,
    "wall": _wall,
    "duty": _duty,
    "incident": _incident,
    "training": _training,
}
"""Name → what builds it; its module is loaded when it is first entered."""


def build(name: str, stage: Stage) -> Screen:
    """A new screen; raises `KeyError` for a name that is none of `SCREENS`."""
    return FACTORIES[name](stage)


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
