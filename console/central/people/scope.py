"""Whether a command lies inside what its author decides for."""

from console.domain.command import Command, HandOver, SetTurn
from console.domain.rules.scene import Scene
from console.domain.scope import Scope, scope_of


class OutOfScope(Exception):
    """It belongs to another district or unit."""


def check(scope: Scope, command: Command, scene: Scene) -> None:
    """Raises `OutOfScope`."""
    bound = scope_of(scene.role, scope)
    if not bound.whole and not _inside(bound, command, scene):
        raise OutOfScope("it belongs to another district or unit than yours")


def _inside(scope: Scope, command: Command, scene: Scene) -> bool:
    city = scene.city
    if isinstance(command, HandOver):
        return scope.has_unit(city, command.unit)
    if isinstance(command, SetTurn):
        # Also whose turn it was: a known id replaces that turn.
        before = (turn.unit for turn in scene.turns if turn.id == command.turn)
        return all(scope.has_unit(city, unit) for unit in (command.unit, *before))
    if scene.case is not None:
        lead = scene.lead()
        return scope.has_case(city, scene.case, None if lead is None else lead.unit)
    if scene.incident is not None:
        asked = (order.unit for order in scene.assignments if order.active)
        mine = scope.district is not None and scene.incident.district == scope.district
        return mine or any(scope.has_unit(city, unit) for unit in asked)
    # What there is not, the rules refuse with a better reason.
    return True
