"""What the rules ask of a case: when it joins a denominator, whether it counts, whose figure it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import CaseState, Channel
from console.domain.city import Policy
from console.domain.indicator.case_file import CaseFile
from console.domain.indicator.rule import Terms


def _first(*moments: datetime | None) -> datetime | None:
    """The earliest of those that are known."""
    return min((moment for moment in moments if moment is not None), default=None)


def _by(done: datetime | None, due: datetime | None) -> bool:
    return done is not None and due is not None and done <= due


# Response: the first order whose 30 minutes were decided.


def answering(file: CaseFile, terms: Terms) -> Assignment | None:
    """The first lead order that was answered or had to be; one ended in time, unanswered, is nobody's fault."""
    return next((order for order in file.leads if not _spared(order, terms.policy)), None)


def _spared(order: Assignment, policy: Policy) -> bool:
    if order.answered_at is not None or order.ended_at is None:
        return False
    # The minutes in which a return was decided are the centre's once it is confirmed.
    ruling = policy.return_ruling_min if order.state is AssignmentState.RETURNED else 0
    return order.ended_at <= order.response_due + timedelta(minutes=ruling)


def answered_or_due(file: CaseFile, terms: Terms) -> datetime | None:
    """When it was answered, or when the 30 minutes were up, whichever came first."""
    order = answering(file, terms)
    return None if order is None else _first(order.answered_at, order.response_due)


def answered_in_time(file: CaseFile, terms: Terms) -> bool:
    """Signed for within the limit; an urgent one: responded or on the scene."""
    order = answering(file, terms)
    return order is not None and _by(order.answered_at, order.response_due)


# Handling and closing: a case should be handled once it is handled or its deadline has come.


def handled_or_due(file: CaseFile, terms: Terms) -> datetime | None:
    """When it was handled, or when its handling deadline came, whichever was first."""
    return _first(file.handled_at, file.case.due_at)


def handled(file: CaseFile, terms: Terms) -> bool:
    """Whether the work is reported done and was not sent back for rework."""
    return file.handled_at is not None


def handled_in_time(file: CaseFile, terms: Terms) -> bool:
    """Whether it was handled by its deadline."""
    return _by(file.handled_at, file.case.due_at)


def not_handled(file: CaseFile, terms: Terms) -> bool:
    """Whether it is still open with the receiver."""
    return file.handled_at is None


def _closing_due(file: CaseFile, terms: Terms) -> datetime | None:
    due = file.case.due_at
    return None if due is None else due + timedelta(minutes=terms.policy.closing_min)


def closed_or_due(file: CaseFile, terms: Terms) -> datetime | None:
    """When it was closed, or when its handling deadline and the centre's own limit were over."""
    return _first(file.case.closed_at, _closing_due(file, terms))


def closed(file: CaseFile, terms: Terms) -> bool:
    """Whether the centre has closed it."""
    return file.case.state is CaseState.CLOSED


def closed_in_time(file: CaseFile, terms: Terms) -> bool:
    """Whether it was closed by the handling deadline and the centre's own limit together."""
    return closed(file, terms) and _by(file.case.closed_at, _closing_due(file, terms))


def reworked(file: CaseFile, terms: Terms) -> bool:
    """Whether a check or a call-back has sent it back at least once."""
    return file.case.reworks > 0


def extended(file: CaseFile, terms: Terms) -> bool:
    """Whether its deadline was moved at least once."""
    return file.case.extensions > 0


def in_state(state: CaseState) -> Callable[[CaseFile, Terms], bool]:
    """The question whether a case is in the state now."""

    def holds(file: CaseFile, terms: Terms) -> bool:
        return file.case.state is state

    return holds


# Dispatching and returning.


def dispatched(file: CaseFile, terms: Terms) -> datetime | None:
    """When it was first given to a unit."""
    return file.case.dispatched_at


def returned(file: CaseFile, terms: Terms) -> bool:
    """Whether a lead gave it back or asks to; a refused return is none."""
    return file.case.returns > 0 or file.case.state is CaseState.RETURN_ASKED


def not_wrong(file: CaseFile, terms: Terms) -> bool:
    """Whether no return was confirmed."""
    return file.case.returns == 0


def returner(file: CaseFile, terms: Terms) -> Assignment | None:
    """The first lead that gave it back, else the responsible one."""
    given_back = (o for o in file.leads if o.state is AssignmentState.RETURNED)
    return next(given_back, file.responsible)


# The citizen's word.


def closed_at(file: CaseFile, terms: Terms) -> datetime | None:
    """When the centre closed it."""
    return file.case.closed_at if closed(file, terms) else None


def reached_at(file: CaseFile, terms: Terms) -> datetime | None:
    """When it was closed with the citizen reached."""
    return closed_at(file, terms) if file.case.reached else None


def reached(file: CaseFile, terms: Terms) -> bool:
    """Whether a call-back reached the citizen."""
    return file.case.reached is True


def solved(file: CaseFile, terms: Terms) -> bool:
    """Whether the citizen said it is solved; no answer is no."""
    return file.case.solved is True


def satisfied(file: CaseFile, terms: Terms) -> bool:
    """Whether the citizen said they are satisfied; no answer is no."""
    return file.case.satisfied is True


# Where it came from and who took part.


def received(file: CaseFile, terms: Terms) -> datetime | None:
    """When it was taken in."""
    return file.case.received_at


def self_found(file: CaseFile, terms: Terms) -> bool:
    """Whether workers or inspectors brought it in."""
    return file.case.channel is Channel.GRID


def self_found_at(file: CaseFile, terms: Terms) -> datetime | None:
    """When it was taken in, if workers or inspectors brought it in."""
    return file.case.received_at if self_found(file, terms) else None


def self_handled(file: CaseFile, terms: Terms) -> bool:
    """Whether grid workers did the work themselves: handled, by a worker's hands, through one lead only."""
    receivers = file.receivers
    return handled(file, terms) and len(receivers) == 1 and receivers[0].worker is not None


_NO_PART = (AssignmentState.RECALLED, AssignmentState.RETURNED)


def joint(file: CaseFile, terms: Terms) -> bool:
    """Whether a unit beside the leads took part; a single worker's help or a guard makes no joint handling."""
    leads = {order.unit for order in file.leads}
    return any(
        order.role is AssignmentRole.ASSIST
        and order.unit is not None
        and order.unit not in leads
        and order.state not in _NO_PART
        for order in file.assignments
    )


def hands(file: CaseFile, terms: Terms) -> int:
    """The centre that dispatches, each unit that got the lead, the centre that closes."""
    return 2 + len(file.receivers)


def responsible(file: CaseFile, terms: Terms) -> Assignment | None:
    """The order of whoever answers for the case."""
    return file.responsible
