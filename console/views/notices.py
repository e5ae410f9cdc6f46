"""What the operator must have seen: kept until it is acknowledged, told in the language in use."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from console.i18n import Texts

Words = Callable[[Texts], str]
"""Makes the words of a notice in a language."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind` is notice, warning or error, as a banner's; `count` how often it came."""

    name: str
    words: Words
    kind: str = "warning"
    count: int = 1

    def text(self, texts: Texts) -> str:
        """What it says, and how often it came."""
        words = self.words(texts)
        return texts("notice.count", words=words, n=self.count) if self.count > 1 else words


_WORST_FIRST = ("error", "warning", "notice")


class NoticeBook(QObject):
    """One for all windows of a shift, so that what is acknowledged on one is gone from all."""

    changed = Signal()
    acknowledged = Signal(str)
    """The name of what the operator has seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._open: dict[str, Notice] = {}

    @property
    def open(self) -> tuple[Notice, ...]:
        """What is not acknowledged, the worst first, then in the order in which it came."""
        return tuple(sorted(self._open.values(), key=lambda one: _WORST_FIRST.index(one.kind)))

    def add(self, name: str, words: Words, kind: str = "warning", *, counted: bool = False) -> None:
        """Say something until it is acknowledged; the same name again takes the former's place.

        `counted` says how often it came.
        """
        before = self._open.get(name)
        notice = Notice(name, words, kind)
        if before is not None and counted:
            notice = replace(notice, count=before.count + 1)
        self._open[name] = notice
        self.changed.emit()

    def acknowledge(self, name: str) -> None:
        """The operator has seen it."""
        if self._open.pop(name, None) is not None:
            self.acknowledged.emit(name)
            self.changed.emit()

    def name_anew(self) -> None:
        """What the notices speak of may be known by name now."""
        if self._open:
            self.changed.emit()
