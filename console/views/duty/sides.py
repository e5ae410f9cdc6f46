"""The two sides of a question in words: who asks for what and why, and what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case
from console.domain.city import City
from console.i18n import Texts
from console.store.decisions import DecisionKind, Waiting
from console.store.picture import Picture
from console.tables.case_words import moment
from console.views.duty.words import reason_words, unit_name


@dataclass(frozen=True, slots=True)
class Side:
    """A heading and what stands below it."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Teller:
    """Knows what the words depend on; `now` is domain time."""

    picture: Picture
    city: City
    texts: Texts
    now: datetime

    def asker(self, waiting: Waiting) -> Side:
        """What is asked for, by whom and why."""
        texts = self.texts
        name = unit_name(waiting.unit, self.city, texts)
        if waiting.kind is DecisionKind.REPLY:
            return Side(texts("duty.side.wanted"), self._wanted(waiting))
        lines = [reason_words(waiting.reason, texts) or texts("duty.no_reason")]
        if waiting.until is not None:
            lines.append(texts("duty.until", time=self._at(waiting.until)))
        if waiting.case.due_at is not None:
            lines.append(texts("duty.due_now", time=self._at(waiting.case.due_at)))
        return Side(texts("duty.side.asker", unit=name, time=self._at(waiting.since)), lines)

    def other(self, waiting: Waiting) -> Side:
        """The units that had it before; a supervision's reply in its four fields."""
        texts, supervision = self.texts, waiting.case.supervision
        if waiting.kind is DecisionKind.REPLY and supervision is not None and supervision.reply:
            reply = supervision.reply
            fields = {
                "problem": reply.problem,
                "cause": reply.cause,
                "measures": reply.measures,
                "effect": reply.effect,
            }
            lines = [texts(f"duty.reply.{name}", words=said) for name, said in fields.items()]
            who = unit_name(waiting.unit, self.city, texts)
            return Side(texts("duty.side.reply", unit=who), lines)
        return self.former(waiting.case)

    def former(self, case: Case) -> Side:
        """Who had the case, in the order of time, and how it ended there."""
        leads = [o for o in self.picture.orders_of(case.id) if o.role is AssignmentRole.LEAD]
        lines = [self._order(order) for order in leads]
        title = self.texts("duty.side.former", n=len(leads))
        return Side(title, lines or [self.texts("duty.nobody_yet")])

    def _order(self, order: Assignment) -> str:
        name = unit_name(order.unit, self.city, self.texts)
        parts = [self._at(order.sent_at), name, self.texts(f"assignment.{order.state.value}")]
        if order.return_reason and order.state is AssignmentState.RETURNED:
            parts.append(reason_words(order.return_reason, self.texts))
        return self.texts("list.dot").join(parts)

    def _wanted(self, waiting: Waiting) -> list[str]:
        supervision = waiting.case.supervision
        if supervision is None:
            return []
        lines = [supervision.words, self.texts("duty.opened", time=self._at(supervision.opened_at))]
        if supervision.refusals:
            lines.append(self.texts("duty.refusals", n=supervision.refusals))
        return lines

    def precedents(self, same: Sequence[Case]) -> Side:
        """How other returns of the same kind ended today."""
        texts = self.texts
        lines = [self._precedent(case) for case in same]
        return Side(texts("duty.precedents", n=len(same)), lines or [texts("duty.no_precedents")])

    def _precedent(self, case: Case) -> str:
        leads = [o for o in self.picture.orders_of(case.id) if o.role is AssignmentRole.LEAD]
        names = [unit_name(order.unit, self.city, self.texts) for order in leads]
        return self.texts(
            "duty.precedent", time=self._at(case.received_at), units=" → ".join(names)
        )

    def _at(self, at: datetime) -> str:
        return moment(at, self.now, self.city)
