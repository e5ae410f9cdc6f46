"""What a drop on the lanes or on a footprint does: a case is attached, a worker or a team is asked."""

from PySide6.QtCore import QMimeData

from console.domain.case import TERMINAL
from console.domain.incident import Incident
from console.live.board import Board
from console.live.drag import Payload, payload_of
from console.views.incident.acts import Acts
from console.views.incident.ask_dialog import already
from console.views.incident.focus import Focus
from console.views.stage import Stage


class IncidentDrops:
    """Answers for the chosen incident (lanes) or the one whose footprint is under the pointer."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts) -> None:
        """For one screen."""
        self._board: Board = stage.board
        self._stage, self._focus, self._acts = stage, focus, acts

    def accepts(self, payload: Payload, incident_id: str) -> bool:
        """Whether a drop does something for at least one thing in hand."""
        incident = self._board.picture.incidents.get(incident_id)
        return incident is not None and bool(self._useful(payload, incident))

    def drop(self, payload: Payload, incident_id: str) -> bool:
        """Do it: one command for each case, one for all who are asked."""
        incident = self._board.picture.incidents.get(incident_id)
        useful = self._useful(payload, incident) if incident is not None else []
        if incident is None or not useful:
            return False
        if payload.kind == "case":
            self._acts.attach(incident, useful)
        else:
            self._acts.call_in(incident, [(payload.kind, one) for one in useful])
        return True

    def accepts_on_lanes(self, mime: QMimeData) -> bool:
        """The lanes are the chosen incident's."""
        payload = payload_of(mime)
        return payload is not None and self.accepts(payload, self._focus.id or "")

    def _useful(self, payload: Payload, incident: Incident) -> list[str]:
        operation = "attach" if payload.kind == "case" else "call_in"
        if not incident.open or self._stage.why_not(operation) is not None:
            return []
        if payload.kind == "case":
            return [one for one in payload.ids if self._may_attach(one, incident)]
        asked = already(self._board.picture.orders_of(incident.id))
        return [
            one
            for one in payload.ids
            if (payload.kind, one) not in asked and self._may_ask(payload.kind, one)
        ]

    def _may_attach(self, case_id: str, incident: Incident) -> bool:
        case = self._board.picture.cases.get(case_id)
        return case is not None and case.state not in TERMINAL and case.incident != incident.id

    def _may_ask(self, kind: str, one: str) -> bool:
        if kind == "team":
            return one in self._board.city.teams
        duty = self._board.picture.workers.get(one)
        return kind == "worker" and duty is not None and duty.on_duty
