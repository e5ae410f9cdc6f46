"""The commands of the emergency linkage as this seat gives them, with what the operator saw."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from console.domain.command import (
    Asked,
    Attach,
    CallIn,
    Command,
    ConfirmIncident,
    Detach,
    EndIncident,
    NoteIncident,
    RecordLevel,
    ReportUpward,
    SetFootprint,
    StartIncident,
)
from console.domain.event import EntityKind, entity_ref
from console.domain.footprint import Ring
from console.domain.incident import Incident, ReportKind, ResponseLevel, Review
from console.views.awaited import refusal
from console.views.stage import Stage
from console.wire.commands import Envelope
from console.wire.messages import CommandMoved, Tick


class Acts(QObject):
    """Sends and forgets; the picture tells what came of it."""

    refused = Signal(str, str)
    """The id of the incident or case that the command was about, and the reason in words."""

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        """Nothing is sent yet."""
        super().__init__(parent)
        self._stage = stage
        stage.orders.moved.connect(self._on_moved)

    def start(self, incident: str, name: str, ring: Ring, cases: Iterable[str]) -> None:
        """Start an incident of this id with these cases."""
        command = StartIncident(
            incident=incident, name=name, footprint=tuple(ring), cases=tuple(cases)
        )
        self._send(command, {})

    def confirm(self, incident: Incident) -> None:
        """Stand behind it."""
        self._send(ConfirmIncident(incident=incident.id), _seen(incident))

    def call_in(
        self, incident: Incident, asked: Iterable[tuple[str, str]], words: str = ""
    ) -> None:
        """Ask (kind, id) pairs, kind `unit`, `worker` or `team`, in one command."""
        orders = tuple(Asked(assignment=uuid.uuid4().hex, **{kind: one}) for kind, one in asked)
        # Without an expectation: another seat may be asking others at the same moment.
        self._send(CallIn(incident=incident.id, asked=orders, words=words), {})

    def attach(self, incident: Incident, cases: Iterable[str]) -> None:
        """Cases join it, one command each."""
        for case_id in cases:
            case = self._stage.board.picture.cases.get(case_id)
            if case is not None and case.incident != incident.id:
                seen = {entity_ref(EntityKind.CASE, case.id): case.version}
                self._send(Attach(case=case.id, incident=incident.id), seen)

    def detach(self, case_id: str) -> None:
        """A case leaves it."""
        case = self._stage.board.picture.cases.get(case_id)
        if case is not None:
            seen = {entity_ref(EntityKind.CASE, case.id): case.version}
            self._send(Detach(case=case.id, reason="operator"), seen)

    def redraw(self, incident: Incident, ring: Ring) -> None:
        """Another footprint."""
        command = SetFootprint(incident=incident.id, footprint=tuple(ring))
        self._send(command, _seen(incident))

    def record_level(
        self, incident: Incident, level: ResponseLevel, number: str, ordered_at: datetime
    ) -> Envelope:
        """Write down what the headquarters has ordered; `ordered_at` aware UTC."""
        command = RecordLevel(
            incident=incident.id, level=level, number=number, ordered_at=ordered_at
        )
        return self._send(command, _seen(self._now(incident)))

    def note(self, incident: Incident, words: str) -> None:
        """A line of the timeline."""
        self._send(NoteIncident(incident=incident.id, words=words), {})

    def report(self, incident: Incident, kind: ReportKind, words: str) -> Envelope:
        """A situation report has gone up."""
        command = ReportUpward(incident=incident.id, kind=kind, words=words)
        return self._send(command, _seen(self._now(incident)))

    def end(self, incident: Incident, review: Review) -> Envelope:
        """The operation is over."""
        command = EndIncident(incident=incident.id, review=review)
        return self._send(command, _seen(self._now(incident)))

    def _now(self, incident: Incident) -> Incident:
        """As it stands now: what a dialog is about may have gone on while somebody typed."""
        return self._stage.board.picture.incidents.get(incident.id, incident)

    def _send(self, command: Command, expect: Mapping[str, int | dict[str, str]]) -> Envelope:
        return self._stage.orders.send(command, expect)

    def _on_moved(self, moved: CommandMoved) -> None:
        body = moved.envelope.body
        about = body.get("case") or body.get("incident")
        if moved.tick is Tick.REFUSED and moved.answer is not None and about:
            words = refusal(moved.answer.problem or "", self._stage.texts)
            self.refused.emit(str(about), words)


def _seen(incident: Incident) -> dict[str, int | dict[str, str]]:
    return {entity_ref(EntityKind.INCIDENT, incident.id): incident.version}
