"""The passport of a figure: its formula, the cases above and below the line, what is left out and why, its age."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from console.domain.indicator import INDICATORS, IndicatorId, Reading
from console.live.readings import Readings
from console.store.readings import PictureReadings
from console.tables.rows import age_text
from console.views.duty.case_table import COLUMNS, CaseTable, case_cells
from console.views.duty.office import Office
from console.widgets.export import CSV_FILTER, choose_file, save_csv
from console.widgets.label import plain_label

TABS = ("numerator", "rest", "denominator", "excluded")
TOGETHER = (IndicatorId.CALLBACK, IndicatorId.SOLUTION, IndicatorId.SATISFACTION)
"""Shown together: each is read only with the others."""


class Passport(QDialog):
    """Shows one measuring; it does not change under the eyes until `refresh`."""

    chosen = Signal(str)
    """A case of one of the lists."""

    def __init__(
        self,
        office: Office,
        readings: Readings,
        indicator: IndicatorId,
        *,
        shift: bool,
        parent: QWidget,
    ) -> None:
        """The figure of the office's scope, of the day or of the shift."""
        super().__init__(parent)
        self.setObjectName("duty-passport")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1320, 820)
        self._office, self._readings, self._shift = office, readings, shift
        self._texts = office.stage.texts
        self._indicator = indicator
        self._reading: Reading | None = None
        self._measured: PictureReadings | None = None
        self._which, self.version = QComboBox(), QComboBox()
        self._figure = plain_label(tone="duty-figure")
        self._facts = {name: plain_label(wrap=True) for name in _FACTS}
        self.tabs = QTabBar()
        self.table = CaseTable(office)
        self._export = QPushButton(self._texts("duty.export_csv"))
        self._again = QPushButton(self._texts("duty.measure_again"))
        self._lay_out()
        self._fill_choices()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        texts = self._texts
        self._which.setObjectName("passport-indicator")
        self.version.setObjectName("passport-version")
        self.tabs.setObjectName("passport-tabs")
        self.table.setObjectName("passport-cases")
        self._export.setObjectName("passport-export")
        self._again.setObjectName("passport-refresh")
        self.tabs.setExpanding(False)
        head = QHBoxLayout()
        head.addWidget(self._figure)
        head.addStretch(1)
        for widget in (self._which, self.version, self._again, self._export):
            head.addWidget(widget)
        form = QFormLayout()
        form.setVerticalSpacing(4)
        for name, label in self._facts.items():
            form.addRow(plain_label(texts(f"duty.passport.{name}"), tone="second"), label)
        for name in TABS:
            self.tabs.addTab(texts(f"duty.passport.{name}", n=0))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 16)
        box.setSpacing(8)
        box.addLayout(head)
        box.addLayout(form)
        box.addWidget(self.tabs)
        box.addWidget(self.table, 1)

    def _fill_choices(self) -> None:
        together = TOGETHER if self._indicator in TOGETHER else (self._indicator,)
        for id_ in together:
            self._which.addItem(self._texts(INDICATORS[id_].name_key), id_.value)
        self._which.setCurrentIndex(together.index(self._indicator))
        self._which.setVisible(len(together) > 1)
        self._fill_versions()

    def _fill_versions(self) -> None:
        self.version.blockSignals(True)
        self.version.clear()
        for rule in INDICATORS[self._indicator].rules:
            self.version.addItem(
                self._texts("duty.passport.version_n", n=rule.version), rule.version
            )
        self.version.setEnabled(self.version.count() > 1)
        self.version.blockSignals(False)

    def _connect(self) -> None:
        self._which.currentIndexChanged.connect(self._choose_indicator)
        self.version.currentIndexChanged.connect(self._show)
        self.tabs.currentChanged.connect(self._show_cases)
        self.table.chosen.connect(self.chosen)
        self._again.clicked.connect(self.refresh)
        self._export.clicked.connect(self.export)
        self._readings.changed.connect(self._on_measured)

    def _choose_indicator(self) -> None:
        self._indicator = IndicatorId(self._which.currentData())
        self._fill_versions()
        self._show()

    def _on_measured(self) -> None:
        """Only the first figures come by themselves."""
        if self._measured is None:
            self.refresh()

    def refresh(self) -> None:
        """Take the latest measuring."""
        self._measured = self._readings.latest(shift=self._shift)
        self._show()

    def _show(self) -> None:
        texts, measured, city = self._texts, self._measured, self._office.city
        name = texts(INDICATORS[self._indicator].name_key)
        scope = self._office.name_of(self._office.scope.code)
        self.setWindowTitle(texts("duty.passport.title", name=name, scope=scope))
        version = int(self.version.currentData() or 1)
        self._facts["formula"].setText(texts(INDICATORS[self._indicator].formula_key(version)))
        if measured is None:
            self._figure.setText("…")
            return
        reading = measured.of(self._indicator, self._office.scope.code, version)
        self._reading = reading
        parts = {"n": reading.amount, "of": len(reading.denominator)}
        self._figure.setText(f"{reading.text}   {texts('duty.passport.ratio', **parts)}")
        start, end = (t.astimezone(city.tz) for t in (measured.period.start, measured.period.end))
        self._facts["period"].setText(f"{start:%m-%d %H:%M} – {end:%m-%d %H:%M}")
        age = (self._office.now() - measured.now).total_seconds()
        at = measured.now.astimezone(city.tz)
        self._facts["age"].setText(
            texts(
                "duty.passport.as_of",
                time=f"{at:%H:%M:%S}",
                age=age_text(age, texts),
                rev=measured.rev,
            )
        )
        for number, tab in enumerate(TABS):
            self.tabs.setTabText(number, texts(f"duty.passport.{tab}", n=len(self._entries(tab))))
        self._show_cases()

    def _entries(self, tab: str) -> Sequence[tuple[str, str]]:
        reading = self._reading
        if reading is None:
            return []
        if tab == "excluded":
            return [
                (id_, self._texts(f"indicator.excluded.{why.value}"))
                for id_, why in reading.excluded
            ]
        if tab == "rest":
            above = set(reading.numerator)
            return [(id_, "") for id_ in reading.denominator if id_ not in above]
        ids = reading.numerator if tab == "numerator" else reading.denominator
        return [(id_, "") for id_ in ids]

    def _show_cases(self) -> None:
        self.table.show_cases(self._entries(TABS[self.tabs.currentIndex()]))

    def rows(self) -> list[list[str]]:
        """All cases of the figure, in the order of the export: those below the line, then those left out."""
        reading = self._reading
        if reading is None:
            return []
        above, texts = set(reading.numerator), self._texts
        found = []
        for id_ in reading.denominator:
            key = "numerator_mark" if id_ in above else "rest_mark"
            found.append(case_cells(self._office, id_, texts(f"duty.passport.{key}")))
        return found + [case_cells(self._office, *entry) for entry in self._entries("excluded")]

    def export(self) -> None:
        """Ask for a file and write all cases of the figure."""
        name = f"{self._indicator.value}-{self._office.now().astimezone(self._office.city.tz):%Y%m%d-%H%M}.csv"
        path = choose_file(self, self._texts("duty.export_csv"), name, CSV_FILTER)
        if path is None:
            return
        head = [self._texts(f"duty.column.{column}") for column in COLUMNS]
        try:
            save_csv(path, head, self.rows())
        except OSError as error:
            self._facts["age"].setText(self._texts("duty.not_written", file=path.name, error=error))


_FACTS = ("formula", "period", "age")
