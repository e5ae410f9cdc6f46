"""The page of one case: its story, the two sides, precedents, and what the chief says to it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.domain.case import TERMINAL, Case, life_state
from console.domain.command import Command, MarkHard, Supervise
from console.domain.event import EntityKind, Event, entity_ref
from console.live.link import Link
from console.store.changes import ChangeSet
from console.store.decisions import DecisionKind, Waiting, precedents
from console.tables.case_words import citizen_line, moment, step_lines, where_line
from console.tables.rows import age_text
from console.views.duty import acts, words
from console.views.duty.acts import Act
from console.views.duty.office import Office
from console.views.duty.opinion import OpinionBox
from console.views.duty.sides import Side, Teller
from console.views.duty.supervise import SuperviseDialog
from console.views.duty.unit_picker import UnitPicker
from console.views.private.bar import PrivateBar
from console.views.private.look import Look
from console.views.sight import Sight
from console.widgets.empty_state import EmptyState
from console.widgets.label import ElidedLabel
from console.widgets.text_box import TextBox
from console.wire.commands import Envelope

STEPS = 8


class CasePage(QWidget):
    """Shows what is chosen; a case about which nothing is asked can be supervised all the same."""

    told = Signal(str)

    def __init__(self, office: Office) -> None:
        """Nothing chosen."""
        super().__init__()
        self.setObjectName("duty-page")
        self._office = office
        self._stage = office.stage
        self._texts = office.stage.texts
        self._link: Link | None = None
        self._case: str | None = None
        self._waiting: Waiting | None = None
        self._history: list[Event] = []
        self.look = Look(office.stage, self)
        self.look.changed.connect(self._show)
        self.private_bar = PrivateBar(office.stage, self.look)
        self.private_bar.told.connect(self.told)
        self._asked_for = 0
        self._title, self._second = ElidedLabel(tone="duty-title"), ElidedLabel(tone="second")
        self._words = TextBox()
        self._left, self._right = TextBox(), TextBox()
        self._story, self._same = TextBox(), TextBox()
        self._watch, self._hard = QPushButton(), QPushButton()
        self.opinion = OpinionBox(self._texts)
        self._lay_out()
        self._sight = Sight(office.stage.board, self)
        self._sight.changed.connect(self._refresh)
        self._sight.ticked.connect(self._show_head)
        self.opinion.decided.connect(self._decide)

    def _lay_out(self) -> None:
        texts = self._texts
        self._watch.setObjectName("duty-supervise")
        self._watch.setText(texts("duty.supervise"))
        self._watch.clicked.connect(self.supervise)
        self._hard.setObjectName("duty-hard")
        self._hard.clicked.connect(self._mark_hard)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.private_bar)
        head.addWidget(self._watch)
        head.addWidget(self._hard)
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, part in enumerate((self._left, self._right, self._story, self._same)):
            grid.addWidget(part, number // 2, number % 2)
        for half in (0, 1):
            grid.setColumnStretch(half, 1)
            grid.setRowStretch(half, 1)
        page = QWidget()
        page.setObjectName("panel")
        box = QVBoxLayout(page)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self._second)
        self._words.setMaximumHeight(84)
        box.addWidget(self._words)
        box.addLayout(grid, 1)
        box.addWidget(self.opinion)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(texts("duty.no_case"), texts("duty.no_case_hint")))
        self._stack.addWidget(page)

    def attach(self, link: Link) -> None:
        """Histories can be read from now on."""
        self._link = link
        self.look.attach(link)
        if self._case is not None:
            self._fetch()

    @property
    def empty(self) -> bool:
        """Whether no case is shown."""
        return self._present() is None

    @property
    def waiting(self) -> Waiting | None:
        """The decision that is looked at."""
        return self._waiting

    def show_case(self, case_id: str | None, waiting: Waiting | None) -> None:
        """Another case, or the same with another question."""
        other = case_id != self._case
        asked = self._waiting is None or waiting is None or waiting.kind is not self._waiting.kind
        self._case, self._waiting = case_id, waiting
        if other:
            self._history = []
            self.look.choose(case_id)
            self._fetch()
        if other or asked:
            self.opinion.clear()
        self._offer()
        self._show()

    def _fetch(self) -> None:
        link, case_id = self._link, self._case
        if link is None or case_id is None:
            return
        self._asked_for += 1
        number = self._asked_for

        def story(found: list[Event]) -> None:
            if number == self._asked_for:
                self._history = found
                self._show()

        self._stage.tasks.run(lambda: link.history(case_id), story, owner=self)

    def _refresh(self, changes: ChangeSet) -> None:
        touched = self._case in changes.cases or self._case in changes.removed_cases
        if self._case is not None and (touched or changes.everything):
            self._fetch()
            self._show()

    def _present(self) -> Case | None:
        return self._stage.board.picture.cases.get(self._case or "")

    def _show(self) -> None:
        case = self._present()
        self._stack.setCurrentIndex(int(case is not None))
        if case is None:
            self.look.mask()
            return
        self._show_head()
        board, city, texts = self._stage.board, self._office.city, self._texts
        now = self._office.now()
        teller = Teller(board.picture, city, texts, now)
        details = self.look.details
        said = details.words.strip() if details is not None else texts("case.loading")
        who = texts("case.words") + texts("list.dot") + citizen_line(case, details, texts)
        self._words.show_lines(who, [said or texts("case.words_none")])
        self._words.set_in_full(bool(self.look.left))
        waiting = self._waiting
        _fill(self._left, teller.asker(waiting) if waiting else self._nothing_asked(case))
        _fill(self._right, teller.other(waiting) if waiting else teller.former(case))
        steps = step_lines(self._history[-STEPS:], board.picture, city, texts, now)
        _fill(self._story, Side(texts("case.steps"), steps or [texts("case.loading")]))
        _fill(self._same, teller.precedents(precedents(case, board.picture)))
        self.opinion.setVisible(waiting is not None)
        self._show_acts(case)

    def _nothing_asked(self, case: Case) -> Side:
        texts, watched = self._texts, case.supervision
        lines = [texts("duty.nothing_asked")]
        if watched is not None and watched.awaits_reply:
            due = moment(watched.reply_due, self._office.now(), self._office.city)
            lines += [watched.words, texts("duty.reply_due", time=due)]
        return Side(texts("duty.side.nothing"), lines)

    def _show_head(self) -> None:
        case = self._present()
        if case is None:
            return
        texts, city, now = self._texts, self._office.city, self._office.now()
        title = words.case_title(case, city, texts)
        waiting = self._waiting
        if waiting is not None:
            kind = texts(f"duty.kind.{waiting.kind.value}", n=waiting.number)
            title = kind + texts("list.dot") + title
        self._title.set_words(title)
        state = life_state(case, self._stage.board.picture.lead(case))
        waited = age_text((now - case.received_at).total_seconds(), texts)
        parts = [
            where_line(case, self.look.details, city, texts),
            city.area_name(case.district, texts.lang),
        ]
        parts += [texts(f"state.{state.value}"), texts("case.waited", age=waited), case.id]
        self._second.set_words(texts("list.dot").join(part for part in parts if part))

    def _show_acts(self, case: Case) -> None:
        texts, stage = self._texts, self._stage
        over = texts("problem.wrong-state") if case.state in TERMINAL else None
        watched = case.supervision is not None and case.supervision.open
        why = over or stage.why_not("supervise", case=case)
        if watched:
            why = why or texts("duty.watched_already")
        self._watch.setEnabled(why is None)
        self._watch.setToolTip(why or texts("duty.supervise_hint"))
        self._hard.setText(texts("duty.not_hard" if case.hard else "duty.hard"))
        refused = over or stage.why_not("mark_hard", case=case)
        self._hard.setEnabled(refused is None)
        self._hard.setToolTip(refused or texts("duty.hard_hint"))

    def _offer(self) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        kinds = [Act.AGREE, Act.REFUSE]
        if waiting.kind in acts.RETURNS:
            kinds.append(Act.REDIRECT)
        reasons = {act: acts.why_not(waiting, act, self._stage) for act in kinds}
        names = {act: self._texts(f"duty.act.{act.value}") for act in kinds}
        if waiting.kind is DecisionKind.REPLY:
            names[Act.AGREE] = self._texts("duty.act.accept_reply")
            names[Act.REFUSE] = self._texts("duty.act.refuse_reply")
        elif acts.only_endorses(waiting, self._stage.role):
            names[Act.AGREE] = self._texts("duty.act.endorse")
        self.opinion.offer(_phrases_of(waiting.kind), reasons, names)

    def _decide(self, act: str, opinion: str) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        if act == Act.REDIRECT:
            UnitPicker(self._office, waiting, self._redirect, self).open()
            return
        self._give(waiting, acts.command_of(waiting, Act(act), opinion), act)

    def _redirect(self, unit: str) -> None:
        if self._waiting is not None:
            command = acts.command_of(self._waiting, Act.REDIRECT, self.opinion.opinion, unit)
            self._give(self._waiting, command, Act.REDIRECT)

    def _give(self, waiting: Waiting, command: Command, act: str) -> None:
        self._stage.orders.send(command, acts.seen(waiting))
        self.opinion.clear()
        self.told.emit(self._texts("duty.sent", act=self._texts(f"duty.act.{act}")))

    def supervise(self) -> None:
        """Ask what is wanted, then open a supervision of the case."""
        case = self._present()
        if case is not None and self._watch.isEnabled():
            SuperviseDialog(self._stage, partial(self._supervise, case), self).open()

    def _supervise(self, case: Case, said: str) -> Envelope:
        now = self._stage.board.picture.cases.get(case.id, case)
        return self._stage.orders.send(Supervise(case=case.id, words=said), _seen(now))

    def _mark_hard(self) -> None:
        case = self._present()
        if case is not None:
            self._stage.orders.send(MarkHard(case=case.id, hard=not case.hard), _seen(case))


def _fill(box: TextBox, side: Side) -> None:
    box.show_lines(side.title, side.lines)


def _seen(case: Case) -> dict[str, int | dict[str, str]]:
    return {entity_ref(EntityKind.CASE, case.id): case.version}


def _phrases_of(kind: DecisionKind) -> str:
    if kind in acts.RETURNS:
        return "return"
    return "reply" if kind is DecisionKind.REPLY else "request"
