"""From a gesture to a command in the outbox, and what became of it; the same for mouse, key and menu."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal

from console.domain import gesture
from console.domain.command import (
    OPERATION_OF,
    Assist,
    Command,
    Dispatch,
    Recall,
    Redispatch,
    Register,
    Remind,
    Verify,
)
from console.domain.event import EntityKind, entity_ref
from console.domain.gesture import Gesture
from console.domain.role import Role, may
from console.domain.scope import WHOLE, Scope, scope_of
from console.live.board import Board
from console.wire.commands import Envelope, wrap
from console.wire.messages import CommandMoved, Tick

UNDO_KEPT = 20


@dataclass(frozen=True, slots=True)
class Target:
    """What something is dropped on: kind `unit`, `worker`, `case` or `queue`, and its id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Given:
    """An order this seat gave: its command's key, the assignment, the case, to whom and how."""

    key: str
    assignment: str
    case: str
    target: Target
    verb: str


class Orders(QObject):
    """Makes envelopes with what the operator saw and hands them to the link."""

    moved = Signal(object)
    """A CommandMoved of this seat."""
    given = Signal(object)
    """A Given: something was sent to somebody."""
    undone = Signal(object)
    """A Given that was taken back."""

    def __init__(
        self,
        board: Board,
        submit: Callable[[Envelope], None],
        parent: QObject | None = None,
        *,
        role: Role = Role.DISPATCHER,
        scope: Scope = WHOLE,
    ) -> None:
        """`submit` stores the envelope durably before it returns; `role` is who sits here.

        `scope` is what of the city they decide for.
        """
        super().__init__(parent)
        self._scope = scope_of(role, scope)
        self._role = role
        self._board = board
        self._submit = submit
        self._given: list[Given] = []
        self.mine: set[str] = set()
        """Cases this seat has given to somebody since the start."""
        board.command_moved.connect(self._note)

    def may(self, operation: str) -> bool:
        """Whether the role of this seat may do the operation."""
        return may(self._role, operation)

    def refusal(self, operation: str, case_id: str) -> str | None:
        """The code of why this seat may not do the operation to the case; None when it may."""
        if not self.may(operation):
            return "role"
        picture = self._board.picture
        case = picture.cases.get(case_id)
        if case is None:
            return None
        lead = picture.lead(case)
        unit = None if lead is None else lead.unit
        return None if self._scope.has_case(self._board.city, case, unit) else "scope"

    def gesture_for(self, case_id: str, target: Target, *, assist: bool = False) -> Gesture | None:
        """What dropping the case on the target would do; None when either is not there.

        What could be done but not by this seat is refused with the code `role` or `scope`.
        """
        found = self._gesture(case_id, target, assist=assist)
        if found is None or found.command is None:
            return found
        refused = self.refusal(OPERATION_OF[type(found.command)], case_id)
        return found if refused is None else replace(found, command=None, refusal=refused)

    def _gesture(self, case_id: str, target: Target, *, assist: bool) -> Gesture | None:
        picture, city = self._board.picture, self._board.city
        case = picture.cases.get(case_id)
        if case is None:
            return None
        orders = tuple(picture.orders_of(case_id))
        new_id = uuid.uuid4().hex
        if target.kind == "unit" and target.id in city.units:
            unit = city.units[target.id]
            return gesture.on_unit(case, orders, unit, city, new_id=new_id, assist=assist)
        if target.kind == "worker" and target.id in city.workers:
            worker, duty = city.workers[target.id], picture.workers.get(target.id)
            return gesture.on_worker(case, orders, worker, duty, city, new_id=new_id, assist=assist)
        if target.kind == "case" and target.id in picture.cases:
            return gesture.on_case(case, picture.cases[target.id])
        if target.kind == "queue":
            return gesture.on_queue(case, orders, reason="operator")
        return None

    def give(self, case_id: str, target: Target, *, assist: bool = False) -> Gesture | None:
        """Do what the drop means; a refused gesture is returned and does nothing."""
        wanted = self.gesture_for(case_id, target, assist=assist)
        if wanted is None or wanted.command is None:
            return wanted
        envelope = self.send(wanted.command, self._seen(case_id))
        if isinstance(wanted.command, Dispatch | Assist | Verify | Redispatch):
            entry = Given(
                envelope.key, wanted.command.assignment, case_id, target, wanted.verb.value
            )
            self._given = [*self._given[1 - UNDO_KEPT :], entry]
            self.mine.add(case_id)
            self.given.emit(entry)
        return wanted

    def register(self, case_id: str) -> None:
        """Open a received case."""
        self.send(Register(case=case_id), self._seen(case_id))

    def undo(self) -> Given | None:
        """Take the last order of this seat back; None when there is none."""
        if not self._given:
            return None
        last = self._given[-1]
        self.undo_one(last)
        return last

    def undo_one(self, given: Given) -> None:
        """Take one order of this seat back; it stands on the order's own command, sent or not."""
        if given not in self._given:
            return
        self._given.remove(given)
        ref = entity_ref(EntityKind.ASSIGNMENT, given.assignment)
        self.send(Recall(assignment=given.assignment, reason="undo"), {ref: {"after": given.key}})
        self.mine.discard(given.case)
        self.undone.emit(given)

    def redispatch(self, case_id: str, unit: str, reason: str) -> None:
        """Replace the lead (改派), with a reason."""
        order = uuid.uuid4().hex
        command = Redispatch(case=case_id, assignment=order, unit=unit, reason=reason)
        self.send(command, self._seen(case_id))

    def remind(self, assignment_id: str) -> None:
        """Nudge the holder (催办)."""
        self.send(Remind(assignment=assignment_id))

    def recall(self, assignment_id: str, reason: str) -> None:
        """Take an order back, with a reason."""
        order = self._board.picture.assignments.get(assignment_id)
        expect: dict[str, int | dict[str, str]] = {}
        if order is not None:
            expect[entity_ref(EntityKind.ASSIGNMENT, assignment_id)] = order.version
        self.send(Recall(assignment=assignment_id, reason=reason), expect)

    def send(
        self, command: Command, expect: Mapping[str, int | dict[str, str]] | None = None
    ) -> Envelope:
        """One intention, one key, made here and now."""
        envelope = wrap(command, uuid.uuid4().hex, expect)
        self._submit(envelope)
        return envelope

    def _seen(self, case_id: str) -> dict[str, int | dict[str, str]]:
        case = self._board.picture.cases.get(case_id)
        return {} if case is None else {entity_ref(EntityKind.CASE, case_id): case.version}

    def _note(self, moved: CommandMoved) -> None:
        if moved.tick is Tick.REFUSED:
            self._given = [g for g in self._given if g.key != moved.envelope.key]
        self.moved.emit(moved)


def wants_assist(modifiers: Qt.KeyboardModifier) -> bool:
    """Ctrl (or Shift with a key way) makes a helper instead of a lead."""
    return bool(
        modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    )
