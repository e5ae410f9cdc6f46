"""The chosen case in full: its card, with the private words and the last steps fetched when it is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from console.domain.event import Event
from console.i18n import Texts
from console.live.board import Board
from console.live.link import Link
from console.live.tasks import Tasks
from console.store.changes import ChangeSet
from console.tables.case_card import CaseCard
from console.views.private import fetch_private
from console.views.selection import Selection
from console.views.sight import Sight
from console.wire.frames import PrivateDetails
from console.wire.messages import LinkChanged, LinkState

LAST_STEPS = 3


class CasePanel(QObject):
    """Keeps the card equal to the chosen case."""

    def __init__(
        self, board: Board, selection: Selection, tasks: Tasks, card: CaseCard, texts: Texts
    ) -> None:
        """Follow the selection and the board."""
        super().__init__(card)
        self._board = board
        self._selection = selection
        self._tasks = tasks
        self._card = card
        self._texts = texts
        self._link: Link | None = None
        self._private: PrivateDetails | None = None
        self._steps: Sequence[Event] = ()
        self._case: str | None = None
        self._sight = Sight(board, card)
        selection.changed.connect(self._choose)
        self._sight.changed.connect(self._refresh)
        self._sight.ticked.connect(self._show)
        self._sight.opened.connect(self._catch_up)
        board.link_changed.connect(self._on_link)

    def attach(self, link: Link) -> None:
        """From now on details can be fetched."""
        self._link = link
        self._catch_up()

    def _catch_up(self) -> None:
        """Show what is chosen, and ask for what was missed of it."""
        self._choose(self._selection.case)

    def _choose(self, case_id: str | None) -> None:
        if not self._sight.open:
            return
        if case_id != self._case:
            self._case, self._private, self._steps = case_id, None, ()
        self._show()
        if case_id is not None:
            self._fetch(case_id)

    def _on_link(self, link: LinkChanged) -> None:
        """What could not be read while the centre was away is read now."""
        if link.state is LinkState.STREAMING and self._private is None:
            self._catch_up()

    def _fetch(self, case_id: str) -> None:
        link = self._link
        if link is None:
            return

        def private(found: PrivateDetails) -> None:
            if self._selection.case == case_id:
                self._private = found
                self._show()

        def steps(found: list[Event]) -> None:
            if self._selection.case == case_id:
                self._steps = found[-LAST_STEPS:]
                self._show()

        fetch_private(link, case_id, self._tasks, self._texts, private, owner=self)
        self._tasks.run(lambda: link.history(case_id), steps, owner=self)

    def _refresh(self, changes: ChangeSet) -> None:
        case_id = self._selection.case
        if case_id is None:
            return
        if changes.everything or case_id in changes.cases or case_id in changes.removed_cases:
            own = [e for e in changes.events if self._is_step(e, case_id)]
            self._steps = [*self._steps, *own][-LAST_STEPS:]
            self._show()

    def _is_step(self, event: Event, case_id: str) -> bool:
        if event.kind == "case":
            return event.entity_id == case_id
        order = self._board.picture.assignments.get(event.entity_id)
        return order is not None and order.case == case_id

    def _show(self) -> None:
        case_id = self._selection.case
        picture = self._board.picture
        case = picture.cases.get(case_id) if case_id is not None else None
        if case is None:
            self._card.clear()
            return
        self._card.show_case(
            case,
            picture,
            self._board.time.domain_now(),
            private=self._private,
            steps=self._steps,
        )
