"""What a drop on the lanes or on a footprint does: a case is attached, a worker or a team is asked."""

from console.domain.case import TERMINAL
from console.domain.incident import Incident
from console.live.board import Board
from console.live.drag import Payload
from console.views.incident.acts import Acts
from console.views.incident.ask_dialog import already
from console.views.stage import Stage


class IncidentDrops:
    """Answers for an incident: the chosen one's lanes, or the footprint under the pointer."""

    def __init__(self, stage: Stage, acts: Acts) -> None:
        """For one screen."""
        self._board: Board = stage.board
        self._stage, self._acts = stage, acts

    def refusal(self, payload: Payload, target: str) -> str | None:
        """Why nothing in hand would join the incident `target`; None when something would."""
        incident = self._board.picture.incidents.get(target)
        if incident is None:
            return "unknown-incident"
        codes = [self._fault(payload.kind, one, incident) for one in payload.ids]
        return None if None in codes else next(iter(codes), "unknown-incident")

    def verdict(self, payload: Payload, target: str) -> str:
        """What letting go over the incident `target` would do, or why it would do nothing, in words."""
        texts, incident = self._stage.texts, self._board.picture.incidents.get(target)
        code = self.refusal(payload, target)
        if incident is None or code is not None:
            return texts(f"problem.{code or 'unknown-incident'}")
        key = "case" if payload.kind == "case" else "call_in"
        return texts(
            f"incident.drop.{key}", n=len(self._useful(payload, incident)), name=incident.name
        )

    def _useful(self, payload: Payload, incident: Incident) -> list[str]:
        return [one for one in payload.ids if self._fault(payload.kind, one, incident) is None]

    def drop(self, payload: Payload, target: str) -> bool:
        """Do it: one command for each case, one for all who are asked."""
        incident = self._board.picture.incidents.get(target)
        if incident is None:
            return False
        useful = self._useful(payload, incident)
        if useful and payload.kind == "case":
            self._acts.attach(incident, useful)
        elif useful:
            self._acts.call_in(incident, [(payload.kind, one) for one in useful])
        return bool(useful)

    def _fault(self, kind: str, one: str, incident: Incident) -> str | None:
        """The problem code of one thing in hand."""
        operation = "attach" if kind == "case" else "call_in"
        if self._stage.why_not(operation) is not None:
            return "role"
        if not incident.open:
            return "incident-ended"
        if kind == "case":
            return self._case_fault(one, incident)
        if (kind, one) in already(self._board.picture.orders_of(incident.id)):
            return "already-assigned"
        if kind == "team":
            return None if one in self._board.city.teams else "unknown-team"
        duty = self._board.picture.workers.get(one)
        return None if kind == "worker" and duty is not None and duty.on_duty else "off-duty"

    def _case_fault(self, case_id: str, incident: Incident) -> str | None:
        case = self._board.picture.cases.get(case_id)
        if case is None:
            return "unknown-case"
        if case.incident == incident.id:
            return "already-done"
        return "wrong-state" if case.state in TERMINAL else None
