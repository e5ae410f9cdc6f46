"""What a change of a case counts as in the daily volumes; the picture and the centre share it."""

from console.domain.case import Case, CaseState


def counted(before: object | None, after: Case) -> tuple[str, ...]:
    """Which counts of `wire.frames.DayVolumes` a change adds one to; `before` is None for a new case."""
    if before is None:
        return steps(None, _stage(after))
    return steps(_stage(before), _stage(after)) if isinstance(before, Case) else ()


Stage = tuple[str, bool]
"""A case's state, and whether it was ever dispatched."""


def steps(before: Stage | None, after: Stage) -> tuple[str, ...]:
    """The same from what alone decides it, for whoever has not decoded the case."""
    if before is None:
        return ("calls",)
    found = []
    if after[0] == CaseState.ANSWERED != before[0]:
        found.append("answered")
    if after[1] and not before[1]:
        found.append("cases")
    return tuple(found)


def _stage(case: Case) -> Stage:
    return case.state, case.dispatched_at is not None
