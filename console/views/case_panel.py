"""The chosen case in full: its card, with the private words and the last steps fetched when it is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from console.client.messages import LinkChanged, LinkState
from console.domain.event import Event
from console.i18n import Texts
from console.live.board import Board
from console.live.link import Link
from console.live.tasks import Tasks
from console.store.changes import ChangeSet
from console.tables.case_card import CaseCard
from console.views.selection import Selection
from console.wire.frames import PrivateDetails

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
        selection.changed.connect(self._choose)
        board.changed.connect(self._refresh)
        board.ticked.connect(self._show)
        board.link_changed.connect(self._on_link)

    def attach(self, link: Link) -> None:
        """From now on details can be fetched."""
        self._link = link

    def _choose(self, case_id: str | None) -> None:
        self._private, self._steps = None, ()
        self._show()
        if case_id is not None:
            self._fetch(case_id)

    def _on_link(self, link: LinkChanged) -> None:
        """What could not be read while the centre was away is read now."""
        case_id = self._selection.case
        if link.state is LinkState.STREAMING and case_id is not None and self._private is None:
            self._fetch(case_id)

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

        self._tasks.run(lambda: link.private(case_id), private, owner=self)
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
