"""The banner: the incident's name and level, how long it runs, when the next report is owed, who has not signed."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.incident import Incident, IncidentState
from console.tables.rows import MINUS
from console.views.incident.lanes import unsigned
from console.views.stage import Stage
from console.widgets.label import ElidedLabel, plain_label, set_tone

HEIGHT, SIDE = 88, 20


class IncidentBanner(QWidget):
    """One line of 88 pixels; without an incident it says how to start one."""

    confirm_wanted = Signal()
    level_wanted = Signal()
    report_wanted = Signal()
    end_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, stage: Stage) -> None:
        """No incident."""
        super().__init__()
        self.setObjectName("incident-banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._stage = stage
        texts = stage.texts
        self._name = ElidedLabel(tone="incident-name")
        self._state = ElidedLabel(tone="second")
        self._level = plain_label(tone="incident-level")
        self._mark = plain_label(tone="incident-unconfirmed")
        self._elapsed, self._report = _Fact(texts("incident.elapsed")), _Fact("")
        self._unsigned = plain_label()
        self._unsigned.setObjectName("incident-unsigned")
        self._buttons = {
            "confirm_incident": self._button("confirm", self.confirm_wanted),
            "record_level": self._button("level", self.level_wanted),
            "report_upward": self._button("report", self.report_wanted),
            "end_incident": self._button("end", self.end_wanted),
        }
        self._review = self._button("review", self.review_wanted)
        self._buttons["confirm_incident"].setProperty("kind", "main")
        self._lay_out()

    def _button(self, name: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(self._stage.texts(f"incident.button.{name}"))
        button.setObjectName(f"incident-{name}")
        button.clicked.connect(signal)
        return button

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._name)
        names.addWidget(self._state)
        names.addStretch(1)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(16)
        row.addLayout(names, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._level, 0, middle)
        row.addWidget(self._mark, 0, middle)
        row.addWidget(self._buttons["confirm_incident"])
        row.addWidget(self._elapsed)
        row.addWidget(self._report)
        for operation in ("record_level", "report_upward", "end_incident"):
            row.addWidget(self._buttons[operation])
        row.addWidget(self._review)
        row.addWidget(self._unsigned)

    def show_incident(self, incident: Incident | None) -> None:
        """Say how the incident stands now."""
        parts: tuple[QWidget, ...] = (self._level, self._elapsed, self._report)
        for part in (*parts, *self._buttons.values()):
            part.setVisible(incident is not None)
        self._review.setVisible(incident is not None and incident.review is not None)
        if incident is None:
            self._name.set_words(self._stage.texts("incident.none"))
            self._state.set_words(self._stage.texts("incident.none_hint"))
            self._mark.hide()
            self._unsigned.hide()
            return
        self._name.set_words(incident.name)
        self._say_state(incident)
        self._say_level(incident)
        self._say_mark(incident)
        self._say_times(incident)
        self._say_unsigned(incident)
        self._allow(incident)

    def _say_state(self, incident: Incident) -> None:
        board, texts = self._stage.board, self._stage.texts
        cases = len(board.picture.cases_of(incident.id))
        area = board.city.area_name(incident.district, texts.lang)
        words = (
            texts(f"incident.state.{incident.state.value}"),
            area,
            texts("incident.cases_n", n=cases),
            texts("incident.started_by", who=incident.started_by),
        )
        self._state.set_words(texts("list.dot").join(word for word in words if word))

    def _say_level(self, incident: Incident) -> None:
        texts, order = self._stage.texts, incident.level
        words = texts("incident.no_level")
        if order is not None:
            words = texts(f"incident.level.{order.level.value}")
            self._level.setToolTip(texts("incident.level_order", number=order.number))
        self._level.setText(words)
        set_tone(self._level, "incident-level" if order is not None else "incident-no-level")

    def _say_mark(self, incident: Incident) -> None:
        texts, board = self._stage.texts, self._stage.board
        started = incident.state is IncidentState.STARTED
        self._mark.setVisible(started)
        self._buttons["confirm_incident"].setVisible(started)
        if not started:
            return
        due = incident.started_at + timedelta(minutes=board.city.policy.confirm_incident_min)
        left = (due - board.time.domain_now()).total_seconds()
        late = incident.unconfirmed or left <= 0
        words = texts("incident.unconfirmed_late" if late else "incident.unconfirmed")
        self._mark.setText(f"{words} {clock_text(left)}")
        set_tone(self._mark, "incident-late" if late else "incident-unconfirmed")

    def _say_times(self, incident: Incident) -> None:
        texts, now = self._stage.texts, self._stage.board.time.domain_now()
        end = incident.ended_at or now
        self._elapsed.say(clock_text((end - incident.started_at).total_seconds()))
        due = incident.report_due
        name = "first" if not incident.reports else "follow_up"
        if due is None:
            self._report.say(texts("incident.reports_done"), name=texts("incident.reports"))
            return
        left = (due - now).total_seconds()
        self._report.say(
            clock_text(left),
            name=texts(f"incident.due.{name if incident.open else 'final'}"),
            tone="red" if left < 0 else ("amber" if left < 300 else ""),
        )

    def _say_unsigned(self, incident: Incident) -> None:
        count = len(unsigned(self._stage.board.picture.orders_of(incident.id)))
        self._unsigned.setVisible(count > 0)
        # The red block reaches the edge; buttons keep away from it.
        self._row.setContentsMargins(SIDE, 0, 0 if count else SIDE, 0)
        self._unsigned.setText(self._stage.texts("incident.unsigned_n", n=count))

    def _allow(self, incident: Incident) -> None:
        for operation, button in self._buttons.items():
            reason = self._stage.why_not(operation)
            final_owed = operation == "report_upward" and incident.report_due is not None
            button.setEnabled(reason is None and (incident.open or final_owed))
            button.setToolTip(reason or self._stage.texts(f"incident.button_hint.{operation}"))
        self._buttons["record_level"].setVisible(incident.open)
        self._buttons["end_incident"].setVisible(incident.open)

    def unsigned(self) -> str:
        """What stands in the red block, "" when it is not there."""
        return "" if self._unsigned.isHidden() else self._unsigned.text()


class _Fact(QWidget):
    """A figure with its name below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("incident-fact")
        self._figure = plain_label(tone="clock")
        self._name = plain_label(name, tone="second")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addStretch(1)
        for label in (self._figure, self._name):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(label)
        box.addStretch(1)

    def say(self, words: str, *, name: str = "", tone: str = "") -> None:
        """The figure; `tone` amber or red where it is nearly or over."""
        self._figure.setText(words)
        set_tone(self._figure, f"clock-{tone}" if tone else "clock")
        if name:
            self._name.setText(name)


def clock_text(seconds: float) -> str:
    """Minutes and seconds up to an hour, hours and minutes after it; "−" before what is over."""
    size = abs(int(seconds))
    sign = MINUS if seconds <= -1 else ""
    if size < 3600:
        return f"{sign}{size // 60:02d}:{size % 60:02d}"
    return f"{sign}{size // 3600}:{size // 60 % 60:02d}:{size % 60:02d}"
