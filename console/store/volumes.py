"""What a change of a case counts as in the daily volumes; the picture and the centre share it."""

from console.domain.case import Case, CaseState


def counted(before: object | None, after: Case) -> tuple[str, ...]:
    """Which counts of `wire.frames.DayVolumes` a change adds one to; `before` is None for a new case."""
    if before is None:
        return ("calls",)
    if not isinstance(before, Case):
        return ()
    found = []
    if after.state is CaseState.ANSWERED and before.state is not CaseState.ANSWERED:
        found.append("answered")
    if before.dispatched_at is None and after.dispatched_at is not None:
        found.append("cases")
    return tuple(found)
