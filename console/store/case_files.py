"""The picture's cases with their orders, as indicators want them."""

from collections.abc import Iterator

from console.domain.indicator import CaseFile
from console.store.picture import Picture


def case_files(picture: Picture) -> Iterator[CaseFile]:
    """One file a case of the picture, made as it is asked for.

    A picture holds what is open and what ended since the local midnight: complete for a period
    within today, not for an earlier one.
    """
    orders = picture.assignments
    for case in picture.cases.values():
        yield CaseFile(case, tuple(orders[a] for a in picture.of_owner.get(case.id, ())))
