"""The checklist of an incident: steps from the city pack; a tick is a line of the timeline."""

import logging
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from console.domain.case import Case
from console.domain.event import Event
from console.views.incident.acts import Acts
from console.views.incident.focus import Focus
from console.views.stage import Stage
from console.widgets.section import Section

FILE = "checklists.toml"
TICK = "✓ "
_LONGEST_STEP, _MOST_STEPS = 120, 40

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, in both languages."""

    zh: str
    en: str


def load_steps(folder: Path) -> Mapping[str, tuple[Step, ...]]:
    """Category code → its steps, "" for those of every incident; empty without the pack's file.

    Raises ValueError saying what is wrong with the file.
    """
    try:
        found = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{FILE}: {error}") from error
    kinds = found.get("category", {})
    if not isinstance(kinds, dict):
        raise ValueError(f"{FILE}: category is no table")
    return {"": _steps(found.get("default", []))} | {k: _steps(v) for k, v in kinds.items()}


def _steps(rows: object) -> tuple[Step, ...]:
    if not isinstance(rows, list) or len(rows) > _MOST_STEPS:
        raise ValueError(f"{FILE}: steps are a list of at most {_MOST_STEPS}")
    return tuple(_step(row) for row in rows)


def _step(row: object) -> Step:
    words = (row.get("zh"), row.get("en")) if isinstance(row, dict) else (None, None)
    zh, en = words
    if not isinstance(zh, str) or not isinstance(en, str) or len(zh + en) > 2 * _LONGEST_STEP:
        raise ValueError(f"{FILE}: a step has the words zh and en, not {row!r}")
    return Step(zh, en)


def steps_for(steps: Mapping[str, tuple[Step, ...]], cases: Iterable[Case]) -> tuple[Step, ...]:
    """The steps of every incident, then those of the category that most of the cases have."""
    kinds = Counter(case.category[:2] for case in cases)
    most = max(kinds, key=lambda kind: (kinds[kind], kind)) if kinds else None
    return (*steps.get("", ()), *(steps.get(most, ()) if most else ()))


def ticked(steps: Iterable[Step], events: Iterable[Event]) -> set[Step]:
    """The steps whose words stand in the timeline with a tick, in either language."""
    said = {str(event.note.get("words", "")) for event in events if event.type == "incident.noted"}
    return {step for step in steps if {TICK + step.zh, TICK + step.en} & said}


class Checklist(Section):
    """Follows the chosen incident; what is ticked cannot be unticked, it stands in the log."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts) -> None:
        """Empty until an incident is chosen."""
        super().__init__(stage.texts("incident.checklist"))
        self.setObjectName("checklist-panel")
        self._stage, self._focus, self._acts = stage, focus, acts
        self._sent: set[tuple[str, Step]] = set()
        self._shown: tuple[object, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("checklist")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.itemChanged.connect(self._tick)
        self.list.itemActivated.connect(self._activate)
        self.add(self.list, 1)
        try:
            self._steps = load_steps(Path(stage.settings.city))
        except ValueError as error:
            log.warning("the checklists of the city pack cannot be read: %s", error)
            self._steps = {}

    def show_steps(self, events: Sequence[Event]) -> None:
        """`events` are the timeline's."""
        incident, texts = self._focus.incident, self._stage.texts
        steps: tuple[Step, ...] = ()
        done: set[Step] = set()
        if incident is not None:
            steps = steps_for(self._steps, self._stage.board.picture.cases_of(incident.id))
            done = ticked(steps, events) | {s for one, s in self._sent if one == incident.id}
        may = incident is not None and incident.open
        may = may and self._stage.why_not("note_incident", incident=incident) is None
        state = (self._focus.id, steps, frozenset(done), may)
        if state == self._shown:
            return
        self._shown = state
        self.set_title(
            texts("incident.checklist_n", done=len(done), all=len(steps))
            if steps
            else texts("incident.checklist")
        )
        self._fill(steps, done, may=may)

    def _fill(self, steps: Sequence[Step], done: set[Step], *, may: bool) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for step in steps:
            item = QListWidgetItem(self._stage.texts.pick(step.zh, step.en))
            item.setData(Qt.ItemDataRole.UserRole, step)
            over = step in done
            item.setCheckState(Qt.CheckState.Checked if over else Qt.CheckState.Unchecked)
            enabled = Qt.ItemFlag.ItemIsEnabled
            item.setFlags(
                enabled | Qt.ItemFlag.ItemIsUserCheckable if may and not over else enabled
            )
            self.list.addItem(item)
        self.list.blockSignals(blocked)

    def _activate(self, item: QListWidgetItem) -> None:
        """Enter ticks too."""
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            item.setCheckState(Qt.CheckState.Checked)

    def _tick(self, item: QListWidgetItem) -> None:
        incident, step = self._focus.incident, item.data(Qt.ItemDataRole.UserRole)
        if incident is not None and item.checkState() is Qt.CheckState.Checked:
            self._sent.add((incident.id, step))
            words = item.text()
            blocked = self.list.blockSignals(True)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.blockSignals(blocked)
            # Last: the answer may fill the list anew.
            self._acts.note(incident, TICK + words)
