"""A seat is silenced for a time: recorded, so that a supervisor sees who heard nothing when."""

from datetime import timedelta

from console.domain.alarm import SILENCES
from console.domain.command import SilenceSeat
from console.domain.event import EntityKind, Fact
from console.domain.rules.scene import Decision, Refused, Scene


def silence(command: SilenceSeat, scene: Scene) -> Decision:
    """Nobody silences another's seat; 0 minutes end the silence. `until` is server time, aware UTC."""
    if command.minutes not in (0, *SILENCES):
        raise Refused("bad-time", f"minutes: 0 or one of {SILENCES}")
    until = scene.server_now + timedelta(minutes=command.minutes)
    note = {"minutes": command.minutes, "until": until, "reason": command.reason}
    return Decision(
        facts=(Fact(type="seat.silenced", kind=EntityKind.SEAT, id=scene.actor, note=note),)
    )
