"""The chosen case in full: what, where, from whom, both clocks, the words, the last steps."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.domain.case import Case, life_state
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.event import Event
from console.i18n import Texts
from console.store.picture import Picture
from console.tables import case_words
from console.tables.clock_box import ClockBox
from console.tables.rows import category_name
from console.widgets.empty_state import EmptyState
from console.widgets.label import ElidedLabel, plain_label, set_tone
from console.widgets.text_box import show_in_full
from console.wire.frames import PrivateDetails

_STEPS = 3
_LEAST_WORDS = 24
_NO_EVENTS: tuple[Event, ...] = ()


class CaseCard(QWidget):
    """Shows one case; what is not known yet says so. Every word is plain text."""

    def __init__(self, city: City, texts: Texts, parent: QWidget | None = None) -> None:
        """No case."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._city = city
        self._texts = texts
        self._shown: str | None = None
        self._category = ElidedLabel(tone="heading")
        self._urgent = plain_label(texts("urgency.urgent"), tone="mark")
        self._hazard = plain_label(texts("case.hazard"), tone="pill")
        self._state = plain_label(tone="second")
        self._where = ElidedLabel()
        self._grid = ElidedLabel(tone="second")
        self._citizen = ElidedLabel(tone="second")
        self._citizen.setObjectName("citizen")
        self._citizen_row = QHBoxLayout()
        self._holder_clock, self._citizen_clock = ClockBox(), ClockBox()
        self._words = _words_box()
        self._marks = ElidedLabel(tone="amber")
        self._steps = [ElidedLabel(tone="second") for _ in range(_STEPS)]
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(texts("case.none"), texts("case.none_hint")))
        self._stack.addWidget(self._build())

    def _build(self) -> QWidget:
        page = QWidget()
        page.setObjectName("panel")
        box = QVBoxLayout(page)
        box.setContentsMargins(12, 6, 12, 4)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._category, 1)
        for mark in (self._urgent, self._hazard, self._state):
            head.addWidget(mark)
        clocks = QHBoxLayout()
        clocks.setContentsMargins(0, 4, 0, 4)
        clocks.setSpacing(6)
        clocks.addWidget(self._holder_clock)
        clocks.addWidget(self._citizen_clock)
        box.addLayout(head)
        for line in (self._where, self._grid):
            box.addWidget(line)
        self._citizen_row.setSpacing(8)
        self._citizen_row.addWidget(self._citizen, 1)
        box.addLayout(self._citizen_row)
        box.addLayout(clocks)
        box.addWidget(self._words, 1)
        box.addWidget(self._marks)
        for step in self._steps:
            box.addWidget(step)
        return page

    def put_beside_citizen(self, widget: QWidget) -> None:
        """Something at the right end of the citizen's line."""
        self._citizen_row.addWidget(widget)

    def clear(self) -> None:
        """No case is chosen."""
        self._shown = None
        self._stack.setCurrentIndex(0)

    def shown(self) -> str | None:
        """The id of the case that is shown."""
        return self._shown

    def show_case(
        self,
        case: Case,
        picture: Picture,
        now: datetime,
        *,
        private: PrivateDetails | None = None,
        in_full: bool = False,
        steps: Sequence[Event] = _NO_EVENTS,
    ) -> None:
        """Show a case as it stands in the picture at `now` (aware UTC domain time).

        `private` and `steps` (oldest first) come later than the case; until then it says so.
        `in_full` says that the personal data are not masked: they stand out, and cannot be copied.
        """
        city, texts = self._city, self._texts
        lead = picture.lead(case)
        subcategory = city.categories.get(case.category)
        self._shown = case.id
        self._category.set_words(category_name(case, city, texts))
        self._urgent.setVisible(case.urgency is Urgency.URGENT)
        self._hazard.setVisible(subcategory is not None and subcategory.hazard)
        self._state.setText(texts(f"state.{life_state(case, lead).value}"))
        self._where.set_words(case_words.where_line(case, private, city, texts))
        self._grid.set_words(case_words.grid_line(case, city, texts))
        self._citizen.set_words(case_words.citizen_line(case, private, texts))
        self._holder_clock.show_face(case_words.holder_face(case, lead, city, texts, now))
        self._citizen_clock.show_face(case_words.citizen_face(case, city, texts, now))
        set_tone(self._citizen, "in-full" if in_full else "second")
        self._show_words(private)
        show_in_full(self._words, in_full)
        marks = case_words.marks(case, picture, texts)
        self._marks.set_words(marks)
        self._marks.setVisible(bool(marks))
        self._show_steps(case_words.step_lines(steps[-_STEPS:], picture, city, texts, now))
        self._stack.setCurrentIndex(1)

    def _show_words(self, private: PrivateDetails | None) -> None:
        words = self._texts("case.loading")
        if private is not None:
            words = private.words.strip() or self._texts("case.words_none")
        if words != self._words.toPlainText():
            self._words.setPlainText(words)

    def _show_steps(self, lines: list[str]) -> None:
        for number, label in enumerate(self._steps):
            label.set_words(lines[number] if number < len(lines) else "")


def _words_box() -> QPlainTextEdit:
    """The citizen's words may be long, and hold no blank to break at: they wrap anywhere and scroll."""
    box = QPlainTextEdit()
    box.setObjectName("words")
    box.setReadOnly(True)
    box.setFrameShape(QFrame.Shape.NoFrame)
    box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    box.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    box.setMinimumHeight(_LEAST_WORDS)
    box.document().setDocumentMargin(0)
    return box
