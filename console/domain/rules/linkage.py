"""The emergency linkage: an incident from its start to its after-action sheet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from console.domain import footprint
from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import TERMINAL, Case
from console.domain.category import Urgency
from console.domain.clock import response_due
from console.domain.command import (
    Asked,
    Attach,
    CallIn,
    ConfirmIncident,
    Detach,
    EndIncident,
    NoteIncident,
    RecordLevel,
    ReportUpward,
    SetFootprint,
    StartIncident,
)
from console.domain.event import EntityKind, Fact, entity_ref
from console.domain.footprint import Ring
from console.domain.incident import Incident, IncidentState, LevelOrder, ReportKind
from console.domain.role import Role
from console.domain.rules.orders import sent
from console.domain.rules.scene import Decision, Refused, Scene, all_taken_back, case_fact
from console.domain.timer import TimeBasis, Timer, TimerKind

MOST_ASKED = 200


def start(command: StartIncident, scene: Scene) -> Decision:
    """A dispatcher may start it; the shift leader confirms or ends it while units are already asked."""
    if scene.incident is not None or scene.case is not None:
        raise Refused("incident-exists", "an incident or a case with this id exists already")
    if not command.name.strip():
        raise Refused("name-needed", "an incident needs a name")
    _check_footprint(command.footprint, scene)
    at, policy = scene.occurred_at, scene.city.policy
    confirmed = scene.role is not Role.DISPATCHER
    incident = Incident(
        id=command.incident,
        version=0,
        state=IncidentState.CONFIRMED if confirmed else IncidentState.STARTED,
        name=command.name.strip(),
        footprint=command.footprint,
        district=scene.located.district,
        started_at=at,
        started_by=scene.actor,
        confirmed_at=at if confirmed else None,
        report_due=at + timedelta(minutes=policy.first_report_min),
    )
    begun = Fact(
        type="incident.started", kind=EntityKind.INCIDENT, id=incident.id, created=incident
    )
    attached = (_attached(case, incident.id) for case in scene.cases if _is_free(case, scene))
    due = at + timedelta(minutes=policy.confirm_incident_min)
    ref = entity_ref(EntityKind.INCIDENT, incident.id)
    confirm = Timer(due=due, basis=TimeBasis.DOMAIN, kind=TimerKind.CONFIRM_DUE, entity=ref)
    return Decision(facts=(begun, *attached), timers=() if confirmed else (confirm,))


def _is_free(case: Case, scene: Scene) -> bool:
    """Whether an open case belongs to no operation that goes on."""
    other = scene.incidents.get(case.incident or "")
    return case.state not in TERMINAL and (other is None or not other.open)


def confirm(command: ConfirmIncident, scene: Scene) -> Decision:
    """The shift leader stands behind it."""
    incident = _open(scene)
    if incident.state is IncidentState.CONFIRMED:
        raise Refused("already-done", "it is confirmed already")
    change: dict[str, Any] = {"state": IncidentState.CONFIRMED, "confirmed_at": scene.occurred_at}
    change |= {"unconfirmed": False}
    return Decision(facts=(_fact("confirmed", incident, **change),))


def confirm_due(timer: Timer, scene: Scene) -> Decision:
    """Nobody has confirmed it in time: said on every screen, and it goes on."""
    incident = scene.incident
    if incident is None or incident.state is not IncidentState.STARTED:
        return Decision(facts=())
    return Decision(facts=(_fact("unconfirmed", incident, unconfirmed=True),))


def call_in(command: CallIn, scene: Scene) -> Decision:
    """Several receivers in one command, each with an order, a clock and an acknowledgement of its own."""
    incident = _open(scene)
    if not 0 < len(command.asked) <= MOST_ASKED:
        raise Refused("no-receiver", f"ask 1 to {MOST_ASKED} receivers")
    facts: list[Fact] = []
    timers: list[Timer] = []
    orders = list(scene.assignments)
    there: list[str] = []
    for asked in command.asked:
        order = _order(asked, incident, command.words, scene)
        if _is_asked(order, orders):
            # Somebody else was quicker with this one; that must not hold the others back.
            there.append(order.id)
            continue
        orders.append(order)
        fact, watch = sent(order, scene)
        facts.append(fact)
        timers.extend(watch)
    if not facts:
        raise Refused("already-assigned", "all of them have been asked already")
    note = {"assignments": [fact.id for fact in facts], "words": command.words, "there": there}
    return Decision(facts=(*facts, _fact("called_in", incident, note)), timers=tuple(timers))


def _order(asked: Asked, incident: Incident, words: str, scene: Scene) -> Assignment:
    if sum(one is not None for one in (asked.unit, asked.worker, asked.team)) != 1:
        raise Refused("no-receiver", "each order names exactly one unit, worker or team")
    unit = asked.unit
    if asked.team is not None:
        team = scene.city.teams.get(asked.team)
        if team is None:
            raise Refused("unknown-team", f"the city pack has no team {asked.team!r}")
        unit = team.unit
    elif unit is not None and unit not in scene.city.units:
        raise Refused("unknown-unit", f"the city pack has no unit {unit!r}")
    elif asked.worker is not None:
        _check_worker(asked.worker, scene)
    at = scene.occurred_at
    return Assignment(
        id=asked.assignment,
        version=0,
        case=None,
        role=AssignmentRole.LINKAGE,
        state=AssignmentState.SENT,
        urgency=Urgency.URGENT,
        unit=unit,
        worker=asked.worker,
        sent_at=at,
        response_due=response_due(at, scene.city.policy),
        announced_at=scene.now,
        incident=incident.id,
        team=asked.team,
        words=words,
    )


def _check_worker(worker: str, scene: Scene) -> None:
    if worker not in scene.city.workers:
        raise Refused("unknown-worker", f"the city pack has no worker {worker!r}")
    duty = scene.duties.get(worker)
    if duty is None or not duty.on_duty:
        raise Refused("off-duty", f"{worker} is not on duty")


def _is_asked(order: Assignment, orders: list[Assignment]) -> bool:
    """Whether the receiver has an order of this incident in hand; raises `Refused` for a used id."""

    def whom(one: Assignment) -> tuple[str | None, str | None, str | None]:
        return one.unit, one.worker, one.team

    if any(one.id == order.id for one in orders):
        raise Refused("assignment-exists", f"assignment {order.id} exists already")
    return any(one.active and whom(one) == whom(order) for one in orders)


def attach(command: Attach, scene: Scene) -> Decision:
    """A case joins the incident; one that belonged to another leaves that."""
    incident = _open(scene)
    case = scene.need_case()
    if case.state in TERMINAL:
        raise Refused("wrong-state", f"the case is {case.state.value}")
    if case.incident == incident.id:
        raise Refused("already-done", "it belongs to the incident already")
    return Decision(facts=(_attached(case, incident.id),))


def detach(command: Detach, scene: Scene) -> Decision:
    """A case leaves its incident."""
    case = scene.need_case()
    if case.incident is None:
        raise Refused("not-attached", "it belongs to no incident")
    note = {"reason": command.reason, "incident": case.incident}
    return Decision(facts=(case_fact("detached", case, note, incident=None),))


def _attached(case: Case, incident: str) -> Fact:
    return case_fact("attached", case, incident=incident)


def set_footprint(command: SetFootprint, scene: Scene) -> Decision:
    """The incident grew, or was drawn anew."""
    incident = _open(scene)
    _check_footprint(command.footprint, scene)
    change: dict[str, Any] = {"footprint": command.footprint, "district": scene.located.district}
    return Decision(facts=(_fact("footprint", incident, **change),))


def record_level(command: RecordLevel, scene: Scene) -> Decision:
    """What the headquarters has ordered, with its number; the console itself sets no level."""
    incident = _open(scene)
    if not command.number.strip():
        raise Refused("order-number-needed", "a response level needs the number of its order")
    if command.ordered_at > scene.now:
        raise Refused("bad-time", "ordered_at: lies in the future")
    level = LevelOrder(
        level=command.level, number=command.number.strip(), ordered_at=command.ordered_at
    )
    return Decision(facts=(_fact("level", incident, level=level),))


def note(command: NoteIncident, scene: Scene) -> Decision:
    """A line of the timeline."""
    incident = _open(scene)
    if not command.words.strip():
        raise Refused("words-needed", "an empty note says nothing")
    return Decision(facts=(_fact("noted", incident, {"words": command.words}),))


def report_upward(command: ReportUpward, scene: Scene) -> Decision:
    """One first report, any number of follow-ups, one final one, which may come after the end."""
    incident = scene.need_incident()
    first = command.kind is ReportKind.FIRST
    final = command.kind is ReportKind.FINAL
    if incident.report_due is None:
        raise Refused("already-done", "the final report has been made")
    if not incident.open and not final:
        raise Refused("incident-ended", "only the final report may follow the end")
    # A short incident may be over before its first report: then the final one is all there is.
    if incident.open and first == bool(incident.reports):
        raise Refused("report-order", f"{incident.reports} reports have been made")
    wait = timedelta(minutes=scene.city.policy.follow_up_min)
    due: datetime | None = None if final else scene.occurred_at + wait
    told = {"kind": command.kind.value, "words": command.words}
    fact = _fact("reported", incident, told, reports=incident.reports + 1, report_due=due)
    return Decision(facts=(fact,))


def end(command: EndIncident, scene: Scene) -> Decision:
    """The operation is over: nobody is left under way, and what was learnt is written down."""
    incident = _open(scene)
    if not command.review.course.strip() or not command.review.lessons.strip():
        raise Refused("review-incomplete", "course and lessons are needed")
    change: dict[str, Any] = {"state": IncidentState.ENDED, "ended_at": scene.occurred_at}
    change |= {"review": command.review, "unconfirmed": False}
    back = all_taken_back(scene, "incident-ended")
    return Decision(facts=(*back, _fact("ended", incident, **change)))


def _open(scene: Scene) -> Incident:
    incident = scene.need_incident()
    if not incident.open:
        raise Refused("incident-ended", "the incident is over")
    return incident


def _check_footprint(ring: Ring, scene: Scene) -> None:
    fault = footprint.fault(ring)
    if fault is not None:
        raise Refused(fault, "footprint: not a simple ring")
    if scene.located.district is None:
        raise Refused("outside-city", "footprint: lies outside the city")


def _fact(
    kind: str, incident: Incident, note: Mapping[str, Any] | None = None, **change: Any
) -> Fact:
    return Fact(
        type=f"incident.{kind}",
        kind=EntityKind.INCIDENT,
        id=incident.id,
        change=change,
        note=note or {},
    )
