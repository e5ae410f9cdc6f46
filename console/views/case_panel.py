"""The chosen case in full: its card, with the personal data and the last steps fetched when it is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from console.domain.event import Event
from console.live.link import Link
from console.store.changes import ChangeSet
from console.tables.case_card import CaseCard
from console.views.private.bar import PrivateBar
from console.views.private.look import Look
from console.views.sight import Sight
from console.views.stage import Stage
from console.wire.messages import LinkChanged, LinkState

LAST_STEPS = 3


class CasePanel(QObject):
    """Keeps the card equal to the chosen case."""

    told = Signal(str)
    """Words for the status line."""

    def __init__(self, stage: Stage, card: CaseCard) -> None:
        """Follow the selection and the board."""
        super().__init__(card)
        board, selection = stage.board, stage.selection
        self._board = board
        self._selection = selection
        self._tasks = stage.tasks
        self._card = card
        self._link: Link | None = None
        self.look = Look(stage, card)
        self.look.changed.connect(self._show)
        self.private_bar = PrivateBar(stage, self.look)
        self.private_bar.told.connect(self.told)
        card.put_beside_citizen(self.private_bar)
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
        self.look.attach(link)
        self._catch_up()

    def _catch_up(self) -> None:
        """Show what is chosen, and ask for what was missed of it."""
        self._choose(self._selection.case)

    def _choose(self, case_id: str | None) -> None:
        if not self._sight.open:
            return
        if case_id != self._case:
            self._case, self._steps = case_id, ()
        self.look.choose(case_id)
        self._show()
        if case_id is not None:
            self._fetch(case_id)

    def _on_link(self, link: LinkChanged) -> None:
        """What could not be read while the centre was away is read now."""
        if link.state is LinkState.STREAMING and self.look.details is None:
            self._catch_up()

    def _fetch(self, case_id: str) -> None:
        link = self._link
        if link is None:
            return

        def steps(found: list[Event]) -> None:
            if self._selection.case == case_id:
                self._steps = found[-LAST_STEPS:]
                self._show()

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
            self.look.mask()
            self._card.clear()
            return
        self._card.show_case(
            case,
            picture,
            self._board.time.domain_now(),
            private=self.look.details,
            in_full=bool(self.look.left),
            steps=self._steps,
        )
