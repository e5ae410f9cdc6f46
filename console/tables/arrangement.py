"""The order of a list's rows: sorted keys, found by bisection, with groups that open and close; no Qt."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SortKey = tuple[object, ...]
"""What a row is sorted by; ends with the row's id, so that no two are equal."""

_HEAD = "\x1f"
"""A control character: no case id begins with it."""

_DisplayKey = tuple[SortKey, str, int, SortKey, str]
"""(key of the group's worst row, group, 0 head or 1 member, own key, reference)."""


@dataclass(slots=True)
class _Group:
    members: list[tuple[SortKey, str]] = field(default_factory=list)
    shown: dict[str, _DisplayKey] = field(default_factory=dict)


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
    """Rows by reference: a case's id, or a `head` reference for the first row of a group of two and more."""

    def __init__(self, hooks: Hooks | None = None) -> None:
        """Empty, not grouped."""
        self.hooks = hooks or Hooks()
        self.grouped = False
        self._open: set[str] = set()
        self._rows: list[_DisplayKey] = []
        self._sort: dict[str, SortKey] = {}
        self._group_of: dict[str, str] = {}
        self._groups: dict[str, _Group] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, reference: str) -> bool:
        return reference in self._sort

    def __iter__(self) -> Iterator[str]:
        return (key[-1] for key in self._rows)

    @property
    def cases(self) -> int:
        """How many cases are arranged, in closed groups too."""
        return len(self._sort)

    def at(self, row: int) -> str:
        """The reference in a row."""
        return self._rows[row][-1]

    def row_of(self, reference: str) -> int | None:
        """Where a reference stands, None when it is not shown (or in a closed group)."""
        group = reference[1:] if is_head(reference) else self._group_of.get(reference)
        held = self._groups.get(group) if group is not None else None
        key = held.shown.get(reference) if held is not None else None
        return None if key is None else bisect_left(self._rows, key)

    def with_head(self, reference: str) -> tuple[str, ...]:
        """A case's own reference, and that of its group's head when there is one."""
        group = self._group_of.get(reference)
        if group is None:
            return ()
        return (reference, head(group)) if self.grouped else (reference,)

    def members(self, group: str) -> list[str]:
        """The ids of a group, worst first."""
        held = self._groups.get(group)
        return [reference for _, reference in held.members] if held is not None else []

    def is_open(self, group: str) -> bool:
        """Whether a group shows its members."""
        return group in self._open

    def depth(self, row: int) -> int:
        """1 for a member below its group's head, else 0."""
        return self._rows[row][2]

    def rebuild(self, items: Iterable[tuple[str, SortKey, str]], *, grouped: bool) -> None:
        """Arrange (id, key, group) anew; the hooks hear nothing, the caller resets its views."""
        self.grouped = grouped
        self._sort.clear()
        self._group_of.clear()
        self._groups.clear()
        for reference, sort, group in items:
            self._enter(reference, sort, group)
        for held in self._groups.values():
            held.members.sort()
        self._open &= self._groups.keys()
        for name, held in self._groups.items():
            held.shown = self._display(name, held)
        self._rows = sorted(key for held in self._groups.values() for key in held.shown.values())

    def put(self, reference: str, sort: SortKey, group: str) -> None:
        """Bring a row to its place, wherever it stood before."""
        name = group if self.grouped else reference
        known = self._group_of.get(reference)
        if known == name and self._sort[reference] == sort:
            return
        if known is not None:
            self._leave(reference)
        self._enter(reference, sort, group)
        held = self._groups[name]
        if len(held.members) > 1:
            held.members.sort()
        if known is not None and known != name:
            self._show(known)
        self._show(name)

    def drop(self, reference: str) -> None:
        """Take a row out; one that is not there is no matter."""
        name = self._group_of.get(reference)
        if name is not None:
            self._leave(reference)
            self._show(name)

    def toggle(self, group: str) -> None:
        """Open or close a group."""
        if group in self._groups:
            self._open ^= {group}
            self._show(group)

    def _enter(self, reference: str, sort: SortKey, group: str) -> None:
        name = group if self.grouped else reference
        self._sort[reference] = sort
        self._group_of[reference] = name
        self._groups.setdefault(name, _Group()).members.append((sort, reference))

    def _leave(self, reference: str) -> None:
        held = self._groups[self._group_of.pop(reference)]
        held.members.remove((self._sort.pop(reference), reference))

    def _display(self, name: str, held: _Group) -> dict[str, _DisplayKey]:
        """The rows of one group as they should stand."""
        if not held.members:
            return {}
        worst, first = held.members[0]
        if len(held.members) == 1:
            return {first: (worst, "", 0, worst, first)}
        rows: dict[str, _DisplayKey] = {head(name): (worst, name, 0, (), head(name))}
        if name in self._open:
            rows |= {ref: (worst, name, 1, sort, ref) for sort, ref in held.members}
        return rows

    def _show(self, name: str) -> None:
        """Bring the rows of one group to where they should stand, telling the hooks of each step."""
        held = self._groups[name]
        wanted = self._display(name, held)
        for reference, key in list(held.shown.items()):
            if wanted.get(reference) != key:
                row = bisect_left(self._rows, key)
                self.hooks.removing(row)
                del self._rows[row]
                del held.shown[reference]
                self.hooks.removed()
        for reference, key in wanted.items():
            if reference not in held.shown:
                self.hooks.inserting(bisect_left(self._rows, key))
                insort(self._rows, key)
                held.shown[reference] = key
                self.hooks.inserted()
        if not held.members:
            del self._groups[name]


def head(group: str) -> str:
    """The reference of a group's head row."""
    return _HEAD + group


def is_head(reference: str) -> bool:
    """Whether a reference names a group's head and no case."""
    return reference.startswith(_HEAD)
