"""Counting a branch and history against each other, off the GUI thread and one count at a time."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console.live.replayed import ReplayLink
from console.live.tasks import Tasks
from console.replay.branch import Branch
from console.replay.comparison import Comparison, compare
from console.replay.expectation import Expectation, Verdict, judge
from console.replay.headless import played
from console.store.picture import Picture


@dataclass(frozen=True, slots=True)
class Counted:
    """The comparison, history's picture at its end, and what became of the expectations."""

    comparison: Comparison
    past: Picture
    verdicts: list[Verdict]


class Counting(QObject):
    """Belongs to the scene, not to a screen: whoever is rebuilt meanwhile, the link goes on afterwards."""

    done = Signal(object)
    """A `Counted`."""
    failed = Signal(object)
    """The exception that ended the count."""

    def __init__(
        self, link: ReplayLink, tasks: Tasks, expectations: tuple[Expectation, ...], parent: QObject
    ) -> None:
        """Idle; `expectations` are a scenario's."""
        super().__init__(parent)
        self._link, self._tasks, self._expectations = link, tasks, expectations
        self._branch: Branch | None = None
        self._again = False

    def begin(self) -> None:
        """Count up to the branch's position; a count of this branch that runs already will tell."""
        branch = self._link.branch
        if branch is None:
            return
        if self._branch is not None:
            self._again = branch is not self._branch
            return
        self._branch = branch
        self._link.hold()
        self._tasks.run(lambda: self._count(branch), self._take, self._fail, owner=self)

    def _count(self, branch: Branch) -> Counted:
        """On a thread: nothing else touches branch and time line, the link is held."""
        past = branch.timeline.picture_at(branch.position)
        result = played(branch) if self._expectations else None
        verdicts = [judge(one, result) for one in self._expectations if result is not None]
        return Counted(compare(branch), past, verdicts)

    def _take(self, counted: Counted) -> None:
        if not self._over():
            self.done.emit(counted)

    def _fail(self, error: Exception) -> None:
        if not self._over():
            self.failed.emit(error)

    def _over(self) -> bool:
        """Let the link go on; whether another branch is counted now instead."""
        again, self._branch, self._again = self._again, None, False
        self._link.go_on()
        if again:
            self.begin()
        return again and self._branch is not None
