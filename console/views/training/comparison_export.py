"""A comparison as a sheet of paper and as data; both say on every page and line that it is a training."""

from collections.abc import Callable, Sequence
from pathlib import Path

from console.replay.comparison import Comparison
from console.views.stage import Stage
from console.views.training.comparison_words import COLUMNS, ComparisonWords, Row
from console.views.training.scene import Scene
from console.widgets.banner import Banner
from console.widgets.export import CSV_FILTER, PDF_FILTER, choose_file, save_csv
from console.widgets.sheet import Sheet

ON_PAPER = 60
"""Rows of the sheet; the whole table is in the CSV."""
_WIDTHS = (22, 13, 26, 13, 26)


class ComparisonExport:
    """Asks where to and says in the banner what became of it."""

    def __init__(self, banner: Banner, stage: Stage, scene: Scene, words: ComparisonWords) -> None:
        """`banner` is also what the question stands before."""
        self._banner, self._stage, self._scene, self._words = banner, stage, scene, words
        self._texts = stage.texts

    def pdf(self, found: Comparison, rows: Sequence[Row]) -> None:
        """Ask and write the sheet."""
        self._save("pdf", PDF_FILTER, lambda path: self.sheet(found, rows).write(path))

    def csv(self, found: Comparison, head: Sequence[str], rows: Sequence[Row]) -> None:
        """Ask and write the table."""
        self._save("csv", CSV_FILTER, lambda path: save_csv(path, *self.table(found, head, rows)))

    def sheet(self, found: Comparison, rows: Sequence[Row]) -> Sheet:
        """The comparison on paper."""
        texts, words = self._texts, self._words
        city = texts.pick(self._stage.city.name, self._stage.city.name_en)
        day = self._day()
        sheet = Sheet(
            f"{city} 12345 · {day}",
            lambda page, pages: texts("training.page", n=page, of=pages),
            texts("training.stamp"),
        )
        sheet.title(texts("training.sheet_title", day=day), words.span(found))
        sheet.heading(texts("training.sheet_figures"))
        head = ["", texts("training.side_history"), texts("training.side_branch")]
        sheet.table(head, [(p.name, p.history, p.branch) for p in words.pairs(found)], (40, 30, 30))
        for pair in words.pairs(found):
            sheet.paragraph(f"{pair.name}：{pair.hint}", second=True)
        sheet.heading(texts("training.different", n=len(rows)))
        columns = [texts(f"training.sheet_column_{n}") for n in range(len(_WIDTHS))]
        sheet.table(columns, [_on_paper(row) for row in rows[:ON_PAPER]], _WIDTHS)
        if len(rows) > ON_PAPER:
            sheet.paragraph(texts("training.sheet_more", n=len(rows) - ON_PAPER), second=True)
        return sheet

    def table(
        self, found: Comparison, head: Sequence[str], rows: Sequence[Row]
    ) -> tuple[list[str], list[Sequence[str]]]:
        """Head and rows of the data: one line a case, each marked as training."""
        texts = self._texts
        first = ["training", "id", "category", "place", "received"]
        names = [texts(f"training.csv_{name}") for name in first]
        stamp = texts("training.stamp")
        lines: list[Sequence[str]] = [
            (stamp, r.case, r.title, r.place, r.received, *r.history, *r.branch) for r in rows
        ]
        return [*names, *head[1:]], lines

    def _day(self) -> str:
        return self._scene.timeline.recording.about.day.isoformat()

    def _save(self, suffix: str, kind: str, write: Callable[[Path], None]) -> None:
        texts = self._texts
        name = texts("training.file_name", day=self._day())
        path = choose_file(self._banner, texts("training.save_where"), f"{name}.{suffix}", kind)
        if path is None:
            return
        try:
            write(path)
        except OSError as error:
            why = error.strerror or str(error)
            self._banner.show_message(texts("training.not_saved", file=path.name, why=why), "error")
        else:
            self._banner.show_message(texts("training.saved", file=path.name), "notice")


def _on_paper(row: Row) -> tuple[str, ...]:
    """Five columns: who, then state and what happened on each side."""
    return (
        f"{row.received} {row.title}",
        row.history[0],
        _told(row.history),
        row.branch[0],
        _told(row.branch),
    )


def _told(side: Sequence[str]) -> str:
    times = [time or "–" for time in side[2 : len(COLUMNS)]]
    return " ".join(part for part in (side[1], " / ".join(times)) if part)
