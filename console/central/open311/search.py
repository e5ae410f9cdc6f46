"""Which reports are asked for: by id, service, status and time, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from console.central.inbound import moment
from console.central.problems import Problem
from console.domain.case import TERMINAL, CaseState
from console.wire.codec import BadInput

LONGEST = timedelta(days=90)
"""The longest time between `start_date` and `end_date`."""

MOST = 1000
"""Reports of one answer, and ids of one question."""

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""Before this nobody reported anything, and near the calendar's own beginning one cannot count back."""

STATES: Mapping[str, frozenset[CaseState]] = {
    "open": frozenset(CaseState) - TERMINAL,
    "closed": TERMINAL,
}
"""Status of Open311 → states of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Reports received from `start` to `end` (aware UTC, domain time); empty sets ask for all."""

    start: datetime
    end: datetime
    services: frozenset[str] = frozenset()
    states: frozenset[CaseState] = frozenset()


def read_ids(given: Mapping[str, str]) -> list[str]:
    """Ids that are asked for: they leave no other question open. Raises `Problem` 400."""
    found = _listed(given, "service_request_id")
    if len(found) > MOST:
        raise Problem(400, "malformed", f"service_request_id: at most {MOST}")
    return found


def read_search(given: Mapping[str, str], now: datetime) -> Search:
    """The last 90 days unless something else is asked; `now` is domain time. Raises `Problem` 400."""
    start, end = _moment(given, "start_date"), _moment(given, "end_date")
    try:
        if end is None:
            end = now if start is None else start + LONGEST
        start = end - LONGEST if start is None else start
    except OverflowError:
        raise Problem(400, "malformed", "start_date, end_date: out of range") from None
    if not timedelta(0) <= end - start <= LONGEST:
        raise Problem(400, "malformed", "start_date, end_date: 0 to 90 days apart")
    return Search(
        start=max(start, _EARLIEST),
        end=end,
        services=frozenset(_listed(given, "service_code")),
        states=_states(_listed(given, "status")),
    )


def _states(names: list[str]) -> frozenset[CaseState]:
    unknown = [name for name in names if name not in STATES]
    if unknown:
        raise Problem(400, "malformed", f"status: open or closed, not {unknown[0][:20]!r}")
    return frozenset[CaseState]().union(*(STATES[name] for name in names))


def _listed(given: Mapping[str, str], name: str) -> list[str]:
    return [one for part in given.get(name, "").split(",") if (one := part.strip())]


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    raw = given.get(name, "")
    try:
        return moment(raw) if raw else None
    except BadInput as error:
        raise Problem(400, "malformed", f"{name}: {error}") from None
