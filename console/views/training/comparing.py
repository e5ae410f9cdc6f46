"""The end of a taken-over day: branch and history side by side, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.replay.comparison import Comparison
from console.views.screen import Spot
from console.views.stage import Stage
from console.views.training.buttons import button
from console.views.training.comparison_export import ComparisonExport
from console.views.training.comparison_words import ComparisonWords
from console.views.training.counting import Counted
from console.views.training.difference_map import DifferenceMap
from console.views.training.difference_table import DifferenceTable
from console.views.training.pair_strip import PairStrip
from console.views.training.scene import Scene
from console.views.training.verdict_words import verdict_line
from console.widgets.banner import Banner
from console.widgets.empty_state import EmptyState
from console.widgets.label import plain_label
from console.widgets.section import Section

TABLE = 1120
"""Width of the left column; the map takes the rest."""


class Comparing(QWidget):
    """Counts anew each time it is entered; the branch stands still meanwhile."""

    closed = Signal()
    """Back into the branch."""
    scenario_wanted = Signal()
    """Save what was played as a scenario."""

    def __init__(self, scene: Scene, stage: Stage) -> None:
        """Empty until `begin`."""
        super().__init__()
        self._scene, self._stage, self._texts = scene, stage, stage.texts
        self._words = ComparisonWords(stage.city, stage.texts)
        self._found: Comparison | None = None
        self.pairs = PairStrip(stage.texts)
        self.table = DifferenceTable(stage.texts)
        self.map = DifferenceMap(stage)
        self.banner = Banner()
        self._verdicts = plain_label(wrap=True)
        self._verdicts.setObjectName("training-verdicts")
        self._verdicts.hide()
        self._none = EmptyState(self._texts("training.counting"))
        self._cases = Section("")
        self._export = ComparisonExport(self.banner, stage, scene, self._words)
        self._lay_out()
        self.table.chosen.connect(self._choose)
        scene.counting.done.connect(self._take)
        scene.counting.failed.connect(self._fail)

    def _lay_out(self) -> None:
        texts = self._texts
        self._cases.add(self.table, 1)
        self._cases.add(self._none, 1)
        self._acts = [
            button("export-pdf", texts("training.export_pdf"), self._save_pdf),
            button("export-csv", texts("training.export_csv"), self._save_csv),
            button("save-scenario", texts("training.save_scenario"), self.scenario_wanted.emit),
        ]
        for act in self._acts:
            self._cases.add_to_head(act)
        self._cases.add_to_head(button("resume", texts("training.resume"), self.closed.emit))
        left = QVBoxLayout()
        left.setSpacing(1)
        left.addWidget(self.pairs)
        left.addWidget(self._verdicts)
        left.addWidget(self._cases, 1)
        column = QWidget()
        column.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        column.setFixedWidth(TABLE)
        row = QHBoxLayout()
        row.setSpacing(1)
        row.addWidget(column)
        row.addWidget(self.map, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.banner)
        box.addLayout(row, 1)

    def begin(self) -> None:
        """Have both sides counted up to the branch's position."""
        self.banner.clear()
        self._show_table(None)
        self._scene.counting.begin()

    def _fail(self, error: Exception) -> None:
        words = self._texts("training.compare_failed", why=str(error)[:200])
        self.banner.show_message(words, "error")

    def _take(self, counted: Counted) -> None:
        found, past, verdicts = counted.comparison, counted.past, counted.verdicts
        self._found, here = found, self._scene.board.picture
        rows = [self._words.row(one, past, here) for one in found.differences]
        self._verdicts.setText("\n".join(verdict_line(v, self._texts) for v in verdicts))
        self._verdicts.setVisible(bool(verdicts))
        self.pairs.show_pairs(self._words.span(found), self._words.pairs(found))
        self.table.show_rows(rows)
        self._show_table(len(rows))
        self.map.show_cases([row.case for row in rows], past, here, found.until)
        self.table.setFocus()

    def _show_table(self, number: int | None) -> None:
        """None: it is being counted."""
        self.table.setVisible(bool(number))
        self._none.setHidden(bool(number))
        title = "training.counting" if number is None else "training.no_difference"
        self._none.set_words(self._texts(title))
        head = self._texts("training.different", n="…" if number is None else number)
        self._cases.set_title(head)
        for act in self._acts:
            act.setEnabled(number is not None)

    def _choose(self, case_id: str) -> None:
        self._scene.selection.choose(case_id)
        self.map.show_case(case_id)

    def _save_pdf(self) -> None:
        if self._found is not None:
            self._export.pdf(self._found, self.table.rows)

    def _save_csv(self) -> None:
        if self._found is not None:
            self._export.csv(self._found, self.table.head(), self.table.rows)

    def place_of(self, case_id: str) -> Spot:
        """A case's row."""
        rect = self.table.place_of(case_id)
        return None if rect is None else (self.table.viewport(), rect)

    def shut_down(self) -> None:
        """Let go of the map's page."""
        self.map.shut_down()
