"""Calls that belong together."""

from console.domain.case import Case
from console.store.picture import Picture


def repeats(case: Case, picture: Picture) -> list[Case]:
    """Other cases of the picture that are likely the same matter: linked, or of the same burst of calls."""
    main = case.repeat_of or case.id
    return [
        other
        for other in picture.cases.values()
        if other.id != case.id
        and (
            (case.kin is not None and other.kin == case.kin)
            or other.repeat_of == main
            or other.id == case.repeat_of
        )
    ]
