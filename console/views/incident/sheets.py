"""The sheets of an incident as PDF: situation report and after-action sheet."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtGui import QImage

from console.domain.assignment import Assignment
from console.domain.city import City
from console.domain.incident import Incident, ReportKind, Review
from console.domain.roster import Roster
from console.i18n import Texts
from console.tables.case_words import moment
from console.views.incident import words
from console.views.incident.figures import Figures
from console.views.incident.lanes import Lane, lane
from console.views.incident.timeline import Line
from console.widgets.sheet import Sheet

EXTRACT = 30
"""The last lines of the timeline that a report carries."""
GRIDS = 20


class SheetMaker:
    """Knows the city, the language and the moment of one sheet."""

    def __init__(
        self,
        incident: Incident,
        figures: Figures,
        roster: Roster,
        city: City,
        texts: Texts,
        now: datetime,
        training: str = "",
        draft: str = "",
    ) -> None:
        """`training` and `draft` stand on every page: that it is a training, that it was not sent."""
        self._incident, self._figures, self._roster = incident, figures, roster
        self._city, self._texts, self._now = city, texts, now
        self._training, self._draft = training, draft

    def report(
        self, kind: ReportKind, summary: str, lines: Sequence[Line], picture: QImage
    ) -> Sheet:
        """首报, 续报 or 终报: summary, map, figures, lanes, places, timeline."""
        sheet = self._begin(self._texts(f"incident.report.{kind.value}"))
        sheet.heading(self._texts("incident.sheet.summary"))
        for paragraph in summary.splitlines():
            sheet.paragraph(paragraph)
        sheet.image(picture, self._texts("incident.sheet.map_caption", time=self._stood()))
        self._figures_part(sheet)
        self._lanes_part(sheet)
        self._places_part(sheet)
        self._timeline_part(sheet, lines[-EXTRACT:])
        return sheet

    def review(self, review: Review, lines: Sequence[Line]) -> Sheet:
        """The after-action sheet."""
        sheet = self._begin(self._texts("incident.review.title"))
        for part in ("course", "went_well", "lessons", "follow_up"):
            said = str(getattr(review, part)).strip()
            sheet.heading(self._texts(f"incident.review.{part}"))
            for paragraph in said.splitlines() or [self._texts("incident.sheet.nothing")]:
                sheet.paragraph(paragraph)
        self._figures_part(sheet)
        self._lanes_part(sheet)
        self._timeline_part(sheet, lines)
        return sheet

    def _stood(self) -> str:
        return self._now.astimezone(self._city.tz).strftime("%Y-%m-%d %H:%M")

    def _begin(self, kind: str) -> Sheet:
        texts, incident = self._texts, self._incident
        header = texts("incident.sheet.header", city=words.city_name(self._city, texts))
        sheet = Sheet(
            texts("list.dot").join((header, self._stood())),
            lambda page, pages: texts("incident.sheet.page", page=page, pages=pages),
            self._training,
            self._draft,
        )
        sheet.title(incident.name, kind)
        sheet.facts(self._facts())
        return sheet

    def _facts(self) -> list[tuple[str, str]]:
        texts, incident = self._texts, self._incident
        begun = moment(incident.started_at, self._now, self._city)
        level = texts("incident.no_level")
        if incident.level is not None:
            name = texts(f"incident.level.{incident.level.level.value}")
            level = texts("list.dot").join((name, incident.level.number))
        facts = [
            (texts("incident.sheet.state"), texts(f"incident.state.{incident.state.value}")),
            (texts("incident.sheet.started"), begun),
            (texts("incident.sheet.level"), level),
            (texts("incident.sheet.as_of"), self._stood()),
        ]
        if incident.ended_at is not None:
            ended = moment(incident.ended_at, self._now, self._city)
            facts.insert(2, (texts("incident.sheet.ended"), ended))
        return facts

    def _figures_part(self, sheet: Sheet) -> None:
        texts, figures = self._texts, self._figures
        sheet.heading(texts("incident.sheet.figures"))
        none = texts("incident.sheet.nothing")
        sheet.facts(
            [
                (texts("incident.inside.cases"), str(len(figures.cases))),
                (texts("incident.sheet.open"), str(figures.open_cases)),
                (texts("incident.sheet.levels"), words.levels(figures, texts) or none),
                (texts("incident.sheet.kinds"), words.kinds(figures, self._city, texts) or none),
            ]
        )
        if figures.by_hour:
            head = [texts(f"incident.sheet.{name}") for name in ("grid", "first_call", "calls")]
            rows = [
                (self._grid(code), at.strftime("%m-%d %H:%M"), str(count))
                for code, at, count in figures.by_hour[:GRIDS]
            ]
            sheet.table(head, rows, (50, 30, 20))
            more = len(figures.by_hour) - GRIDS
            if more > 0:
                sheet.paragraph(texts("incident.sheet.more_grids", n=more), second=True)

    def _grid(self, code: str) -> str:
        grid = self._city.grids.get(code)
        town = self._city.area_name(grid.town, self._texts.lang) if grid is not None else ""
        return self._texts("list.dot").join(part for part in (town, code) if part)

    def lanes(self) -> list[Lane]:
        """The lanes at the moment of the sheet."""
        return [self._lane(order) for order in self._figures.orders]

    def _lane(self, order: Assignment) -> Lane:
        return lane(order, self._incident, self._city, self._roster, self._texts, self._now)

    def _lanes_part(self, sheet: Sheet) -> None:
        texts, rows = self._texts, self.lanes()
        sheet.heading(texts("incident.sheet.lanes", n=len(rows), late=self._figures.late))
        if not rows:
            sheet.paragraph(texts("incident.no_lanes"))
            return
        names = ("name", "unsigned", "acknowledged", "responded", "on_scene", "done")
        head = [texts(f"incident.lane.{name}") for name in names]
        sheet.table(head, [self._cells(row) for row in rows], (28, 24, 12, 12, 12, 12))

    def _cells(self, row: Lane) -> tuple[str, ...]:
        texts = self._texts
        wait = row.signed or row.gone
        if row.unsigned:
            wait = texts("incident.sheet.waits", n=row.waits)
        if row.late:
            wait = texts("list.dot").join((wait, texts("incident.lane.late")))
        return (row.name, wait, *(stage or "–" for stage in row.stages))

    def _places_part(self, sheet: Sheet) -> None:
        texts, places = self._texts, self._figures.places
        sheet.heading(texts("incident.sheet.places", n=len(places)))
        if places:
            head = [texts("incident.sheet.place"), texts("incident.sheet.place_kind")]
            rows = [
                (texts.pick(p.name, p.name_en), texts(f"incident.place.{p.kind.value}"))
                for p in places
            ]
            sheet.table(head, rows, (65, 35))
        else:
            sheet.paragraph(texts("incident.sheet.nothing"))

    def _timeline_part(self, sheet: Sheet, lines: Sequence[Line]) -> None:
        texts = self._texts
        sheet.heading(texts("incident.timeline"))
        head = [texts(f"incident.sheet.{name}") for name in ("time", "what", "detail")]
        sheet.table(head, [(line.time, line.what, line.detail) for line in lines], (16, 24, 60))
