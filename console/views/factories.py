"""What builds each screen of the program; its module is loaded when it is first entered."""

from collections.abc import Callable, Mapping

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

    # The same screens stand inside a replay.
    return TrainingScreen(stage, build)


FACTORIES: Mapping[str, Callable[[Stage], Screen]] = {
    "desk": _desk,
    "wall": _wall,
    "duty": _duty,
    "incident": _incident,
    "training": _training,
}
"""Name → what builds it."""


def build(name: str, stage: Stage) -> Screen:
    """A new screen; raises `KeyError` for a name that is none of `role.SCREENS`."""
    return FACTORIES[name](stage)
