"""Who is on the roster, and how a shift is handed over."""

from datetime import timedelta

from console.domain.command import HandOver, SetTurn
from console.domain.event import EntityKind, Fact
from console.domain.handover import Handover
from console.domain.roster import CITY, Roster, Turn, overlapping
from console.domain.rules.scene import Decision, Refused, Scene

LONGEST_TURN = timedelta(hours=48)
MOST_LINES = 2000


def set_turn(command: SetTurn, scene: Scene) -> Decision:
    """A turn may not share time with another of its unit; one that ends when it starts is taken off."""
    _known_unit(command.unit, scene)
    if not timedelta(0) <= command.end - command.start <= LONGEST_TURN:
        raise Refused("bad-turn", "a turn ends after it starts and lasts at most 48 hours")
    taken_off = command.start == command.end
    if not taken_off and not command.name.strip():
        raise Refused("name-needed", "say whose turn it is")
    turn = Turn(
        id=command.turn,
        version=0,
        unit=command.unit,
        start=command.start,
        end=command.end,
        name=command.name.strip(),
        phone=command.phone.strip(),
    )
    roster = Roster(scene.city.rotas, scene.turns, scene.city.tz)
    other = overlapping(roster.turns(turn.unit, turn.start, turn.end), turn)
    if other is not None and not taken_off:
        raise Refused("turn-overlaps", f"{other.name}: {other.start:%m-%d %H:%M}–{other.end:%H:%M}")
    known = next((t for t in scene.turns if t.id == turn.id), None)
    if known is None:
        return Decision(facts=(_turn_fact(turn, created=turn),))
    change = {name: getattr(turn, name) for name in ("unit", "start", "end", "name", "phone")}
    return Decision(facts=(_turn_fact(turn, change=change),))


def _turn_fact(turn: Turn, **what: object) -> Fact:
    return Fact(type="turn.set", kind=EntityKind.TURN, id=turn.id, **what)  # type: ignore[arg-type]


def hand_over(command: HandOver, scene: Scene) -> Decision:
    """Every line is accepted or refused; a refused one says why."""
    _known_unit(command.unit, scene)
    if not command.outgoing.strip() or not command.incoming.strip():
        raise Refused("name-needed", "say who hands over to whom")
    if not command.since < scene.occurred_at:
        raise Refused("bad-time", "since: the shift began before it is handed over")
    if len(command.lines) > MOST_LINES:
        raise Refused("too-many-lines", f"at most {MOST_LINES} lines")
    if any(not line.accepted and not line.remark.strip() for line in command.lines):
        raise Refused("remark-needed", "a line that is not accepted needs a remark")
    made = Handover(
        id=command.handover,
        version=0,
        unit=command.unit,
        since=command.since,
        made_at=scene.occurred_at,
        outgoing=command.outgoing.strip(),
        incoming=command.incoming.strip(),
        lines=command.lines,
    )
    fact = Fact(type="handover.made", kind=EntityKind.HANDOVER, id=made.id, created=made)
    return Decision(facts=(fact,))


def _known_unit(unit: str, scene: Scene) -> None:
    if unit != CITY and unit not in scene.city.units:
        raise Refused("unknown-unit", f"the city pack has no unit {unit!r}")
