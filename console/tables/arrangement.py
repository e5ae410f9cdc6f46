"""The order of a list's rows: sorted keys, found by bisection, with groups that open and close; no Qt."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

SortKey = tuple[Any, ...]
"""What a row is sorted by. Its last part is the row's reference, so that no two are equal."""

_HEAD = "\x1f"
"""A control character: no case id begins with it."""


@dataclass(slots=True)
class _Group:
    members: list[SortKey] = field(default_factory=list)
    shown: dict[str, SortKey] = field(default_factory=dict)


class Hooks:
    """Told around each single change of the rows; a Qt model overrides them."""

    def inserting(self, row: int) -> None:
        """A row is about to appear at `row`."""

    def inserted(self) -> None:
        """It has appeared."""

    def removing(self, row: int) -> None:
        """The row at `row` is about to go."""

    def removed(self) -> None:
        """It is gone."""


class Arrangement:
    """Rows by reference: a case's id, or a `head` reference for the first row of a group of two and more.

    Not grouped, a row's key is its sort key. Grouped, it is (key of the group's worst, group, 0 for
    a head or a lonely case and 1 for a member, own key, reference).
    """

    def __init__(self, hooks: Hooks | None = None) -> None:
        """Empty, not grouped."""
        self.hooks = hooks or Hooks()
        self.grouped = False
        self._open: set[str] = set()
        self._rows: list[SortKey] = []
        self._sort: dict[str, SortKey] = {}
        self._group_of: dict[str, str] = {}
        self._groups: dict[str, _Group] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, reference: str) -> bool:
        return reference in self._sort

    def __iter__(self) -> Iterator[str]:
        return (str(key[-1]) for key in self._rows)

    @property
    def cases(self) -> int:
        """How many cases are arranged, in closed groups too."""
        return len(self._sort)

    def at(self, row: int) -> str:
        """The reference in a row."""
        return str(self._rows[row][-1])

    def row_of(self, reference: str) -> int | None:
        """Where a reference stands, None when it is not shown (or in a closed group)."""
        key = self._key(reference)
        return None if key is None else bisect_left(self._rows, key)

    def _key(self, reference: str) -> SortKey | None:
        if not self.grouped:
            return self._sort.get(reference)
        group = reference[1:] if is_head(reference) else self._group_of.get(reference, "")
        held = self._groups.get(group)
        return held.shown.get(reference) if held is not None else None

    def depth(self, row: int) -> int:
        """1 for a member below its group's head, else 0."""
        return int(self._rows[row][2]) if self.grouped else 0

    def members(self, group: str) -> list[str]:
        """The ids of a group, worst first."""
        held = self._groups.get(group)
        return [str(key[-1]) for key in held.members] if held is not None else []

    def with_head(self, reference: str) -> tuple[str, ...]:
        """A case's own reference, and that of its group's head when there are groups."""
        if reference not in self._sort:
            return ()
        return (reference, head(self._group_of[reference])) if self.grouped else (reference,)

    def is_open(self, group: str) -> bool:
        """Whether a group shows its members."""
        return group in self._open

    def rebuild(self, items: Iterable[tuple[SortKey, str]], *, grouped: bool) -> None:
        """Arrange (key, group) anew; the hooks hear nothing, the caller resets its views."""
        self.grouped = grouped
        self._group_of.clear()
        self._groups.clear()
        pairs = list(items)
        self._sort = {str(sort[-1]): sort for sort, _ in pairs}
        if not grouped:
            self._rows = sorted(sort for sort, _ in pairs)
            return
        for sort, group in pairs:
            self._group_of[str(sort[-1])] = group
            self._groups.setdefault(group, _Group()).members.append(sort)
        self._open &= self._groups.keys()
        for name, held in self._groups.items():
            held.members.sort()
            held.shown = self._display(name, held)
        self._rows = sorted(key for held in self._groups.values() for key in held.shown.values())

    def put(self, sort: SortKey, group: str) -> None:
        """Bring a row to its place, wherever it stood before."""
        reference = str(sort[-1])
        before = self._sort.get(reference)
        if self.grouped:
            self._put_grouped(reference, before, sort, group)
        elif before != sort:
            self._sort[reference] = sort
            self._move(before, sort)

    def _put_grouped(
        self, reference: str, before: SortKey | None, sort: SortKey, group: str
    ) -> None:
        known = self._group_of.get(reference)
        if before == sort and known == group:
            return
        if known is not None and before is not None:
            self._groups[known].members.remove(before)
        self._sort[reference] = sort
        self._group_of[reference] = group
        held = self._groups.setdefault(group, _Group())
        held.members.insert(bisect_left(held.members, sort), sort)
        if known is not None and known != group:
            self._show(known)
        self._show(group)

    def drop(self, reference: str) -> None:
        """Take a row out; one that is not there is no matter."""
        before = self._sort.pop(reference, None)
        if before is None:
            return
        if not self.grouped:
            self._move(before, None)
            return
        group = self._group_of.pop(reference)
        self._groups[group].members.remove(before)
        self._show(group)

    def toggle(self, group: str) -> None:
        """Open or close a group."""
        if group in self._groups:
            self._open ^= {group}
            self._show(group)

    def _display(self, name: str, held: _Group) -> dict[str, SortKey]:
        """The rows of one group as they should stand."""
        if not held.members:
            return {}
        worst = held.members[0]
        if len(held.members) == 1:
            return {str(worst[-1]): (worst, "", 0, worst, str(worst[-1]))}
        rows: dict[str, SortKey] = {head(name): (worst, name, 0, (), head(name))}
        if name in self._open:
            rows |= {str(key[-1]): (worst, name, 1, key, str(key[-1])) for key in held.members}
        return rows

    def _show(self, name: str) -> None:
        """Bring the rows of one group to where they should stand."""
        held = self._groups[name]
        wanted = self._display(name, held)
        for reference in held.shown.keys() - wanted.keys():
            self._move(held.shown[reference], None)
        for reference, key in wanted.items():
            before = held.shown.get(reference)
            if before != key:
                self._move(before, key)
        held.shown = wanted
        if not held.members:
            del self._groups[name]
            self._open.discard(name)

    def _move(self, before: SortKey | None, after: SortKey | None) -> None:
        """Take a row away, put one in, or both, telling the hooks; one that stays in its row is silent."""
        row = len(self._rows) if before is None else bisect_left(self._rows, before)
        if before is not None and after is not None and self._fits(row, after):
            self._rows[row] = after
            return
        if before is not None:
            self.hooks.removing(row)
            del self._rows[row]
            self.hooks.removed()
        if after is not None:
            row = bisect_left(self._rows, after)
            self.hooks.inserting(row)
            self._rows.insert(row, after)
            self.hooks.inserted()

    def _fits(self, row: int, key: SortKey) -> bool:
        """Whether a key belongs between the neighbours of a row."""
        above = row == 0 or self._rows[row - 1] < key
        return above and (row + 1 == len(self._rows) or key < self._rows[row + 1])


def head(group: str) -> str:
    """The reference of a group's head row."""
    return _HEAD + group


def is_head(reference: str) -> bool:
    """Whether a reference names a group's head and no case."""
    return reference.startswith(_HEAD)
