"""The bar at the top: where and who, the screens, counts by level, how old the picture is, and the time."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from console.domain.clock import Level
from console.domain.role import Role
from console.live.board import Freshness
from console.store.changes import ChangeSet
from console.views.stage import Stage
from console.views.switcher import Switcher
from console.widgets.age_light import AgeLight
from console.widgets.clock_label import ClockLabel
from console.widgets.level_counts import LevelCounts

HEIGHT = 48
LEVELS = (Level.DARK_RED, Level.RED, Level.AMBER, Level.GREEN)


class TopBar(QWidget):
    """Follows the board; counts are of every open case, with a place or without."""

    menu_wanted = Signal()

    def __init__(self, stage: Stage, switcher: Switcher) -> None:
        """Counts are zero until the board has a picture."""
        super().__init__()
        board, texts, settings = stage.board, stage.texts, stage.settings
        self.setObjectName("top-bar")
        self.setFixedHeight(HEIGHT)
        self._board = board
        self._texts = texts
        self._selection = stage.selection
        self._counts = LevelCounts(
            [(level.name, level, texts(f"level.{level.name.lower()}")) for level in LEVELS]
        )
        self._no_place = QPushButton()
        self._no_place.setCheckable(True)
        self._no_place.setObjectName("without-place")
        self._no_place.setToolTip(texts("top.without_place_hint"))
        self._headline = QLabel()
        self._simulated = QLabel()
        self._simulated.setObjectName("simulated")
        self._simulated.hide()
        self._age = AgeLight()
        self._age.setObjectName("age")
        # In a replay the banner says which moment it is, and nothing is live.
        self._training = stage.training
        self._age.setHidden(stage.training)
        self._clock = ClockLabel()
        self._recorded = settings.embedded and settings.feed.source not in ("sim", "none")
        self._build(settings.role, settings.seat, switcher)
        if stage.role is Role.TRAINER and not stage.training:
            self._leave_out_the_city()
        self._figures = stage.headline
        self._show_filter()
        stage.headline.changed.connect(self._count)
        board.changed.connect(self._on_changed)
        board.ticked.connect(self._tick)

    def _build(self, role: str, seat: str, switcher: Switcher) -> None:
        city = self._board.city
        name = QLabel(self._texts.pick(city.name, city.name_en) + " 12345")
        name.setObjectName("city-name")
        both = self._texts("top.role_and_seat", role=self._texts(f"role.{role}"), seat=seat)
        # A trainee takes another seat with every screen.
        who = QLabel(seat if self._training else both)
        who.setProperty("second", True)
        menu = QPushButton("☰")
        menu.setObjectName("menu-button")
        menu.setToolTip(self._texts("menu.help"))
        menu.clicked.connect(self.menu_wanted)
        # What goes first where there is no room; what is left is never cut.
        self._yielding: tuple[tuple[QWidget, Callable[[bool], object]], ...] = (
            (self._headline, self._headline.setVisible),
            (who, who.setVisible),
            (self._counts, self._counts.show_words),
            (name, name.setVisible),
            (self._clock, self._clock.show_date),
            (self, self._spread),
        )
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        self._spread(True)
        left: list[QWidget] = [menu, name, switcher, self._counts, self._no_place, self._headline]
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        right: list[QWidget] = [self._simulated, self._age, self._clock, who]
        for widget in right:
            row.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._counts.chosen.connect(self._choose)
        self._no_place.toggled.connect(self._selection.filter_without_place)
        self._selection.filtered.connect(self._show_filter)

    def _spread(self, wide: bool) -> None:
        self._row.setSpacing(16 if wide else 4)

    def _leave_out_the_city(self) -> None:
        """A trainer is connected to nothing: there is nothing to count and nothing to be offline from."""
        quiet: set[QWidget] = {self._counts, self._no_place, self._headline, self._age}
        self._yielding = tuple(pair for pair in self._yielding if pair[0] not in quiet)
        for widget in quiet:
            widget.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more, or for less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take away what yields, one thing after the other, until the rest has room."""
        for _, show in self._yielding:
            show(True)
        for _, show in self._yielding:
            if self._row.minimumSize().width() <= self.width():
                return
            show(False)

    def _choose(self, names: list[str]) -> None:
        self._selection.filter_levels(Level[name] for name in names)

    def _show_filter(self) -> None:
        """The bars of all windows show the same."""
        self._counts.show_on({level.name for level in self._selection.levels})
        self._no_place.blockSignals(True)
        self._no_place.setChecked(self._selection.without_place)
        self._no_place.blockSignals(False)

    def _count(self) -> None:
        figures, day = self._figures.figures, self._board.picture.day
        self._counts.set_counts({level.name: figures.levels.get(level, 0) for level in LEVELS})
        self._no_place.setText(self._texts("top.without_place", n=figures.without_place))
        self._headline.setText(
            self._texts("top.calls_today", n=sum(day.calls))
            + self._texts("list.dot")
            + self._texts("top.cases_today", n=sum(day.cases))
        )

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.everything or changes.clock:
            self._tick()

    def _tick(self) -> None:
        if self._row.minimumSize().width() > self.width():
            self._fit()
        keeper = self._board.time
        local = keeper.domain_now().astimezone(self._board.city.tz)
        weekday = self._texts(f"weekday.{local.weekday()}")
        date = self._texts("top.clock", weekday=weekday, date=local.strftime("%m-%d"))
        estimated = keeper.known and self._board.freshness() is not Freshness.LIVE
        mark = f"{self._texts('age.estimated')} " if estimated else ""
        self._clock.set_time(mark + local.strftime("%H:%M:%S"), date)
        self._simulated.setVisible(keeper.simulated and not self._training)
        key = "top.recorded" if self._recorded else "top.simulated"
        rate = "" if keeper.rate == 1 else "_rate"
        self._simulated.setText(self._texts(key + rate, rate=f"{keeper.rate:g}"))
        self._show_age(local)

    def _show_age(self, local: datetime) -> None:
        age = self._board.time.age()
        freshness = self._board.freshness()
        if age is None:
            self._age.set_state(freshness.value, self._texts("age.offline_never"), "")
            return
        heard = (local - age * self._board.time.rate).strftime("%H:%M:%S")
        words = self._texts(f"age.{freshness.value}", time=heard)
        seconds = self._texts("age.seconds", n=int(age.total_seconds()))
        self._age.set_state(
            freshness.value, words, self._texts(f"age.{freshness.value}_hint", age=seconds)
        )

    @property
    def offline(self) -> bool:
        """Whether the whole window should wear the red frame."""
        return self._board.time.known and self._board.freshness() is Freshness.OFFLINE
