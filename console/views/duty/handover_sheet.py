"""The handover on paper: who to whom, every line with its word, the open ones first."""

from collections.abc import Sequence
from datetime import datetime

from console.domain.handover import Line
from console.store.handover import Difference
from console.views.duty.handover_lines import case_words, change_words
from console.views.duty.office import Office
from console.widgets.sheet import Sheet

_WIDTHS = (11, 19, 27, 19, 24)


def handover_sheet(
    office: Office, since: datetime, outgoing: str, incoming: str, lines: Sequence[Line]
) -> Sheet:
    """The sheet of lines, as the log keeps them; it may be printed before all are settled."""
    texts, tz, now = office.stage.texts, office.city.tz, office.now()
    local = now.astimezone(tz)
    city = texts.pick(office.city.name, office.city.name_en)
    header = texts("list.dot").join([city, f"{local:%Y-%m-%d %H:%M}"])
    stamp = texts("duty.sheet.training") if office.stage.training else ""
    sheet = Sheet(header, lambda n, of: texts("duty.sheet.page", n=n, of=of), stamp)
    began = since.astimezone(tz)
    sheet.title(texts("duty.sheet.title"), office.name_of(office.scope.code))
    told = list(lines)
    still = [line for line in told if not line.accepted]
    sheet.facts(
        [
            (texts("duty.sheet.shift"), f"{began:%m-%d %H:%M} – {local:%m-%d %H:%M}"),
            (texts("duty.outgoing"), outgoing or "–"),
            (texts("duty.incoming"), incoming or "–"),
            (texts("duty.sheet.lines"), texts("duty.sheet.counts", n=len(told), open=len(still))),
        ]
    )
    if still:
        sheet.heading(texts("duty.sheet.open"))
        _table(sheet, still, office)
    accepted = [line for line in told if line.accepted]
    if accepted:
        sheet.heading(texts("duty.sheet.accepted"))
        _table(sheet, accepted, office)
    if not told:
        sheet.paragraph(texts("duty.no_lines"))
    sheet.facts([(texts("duty.sheet.signed"), "________________      ________________")])
    return sheet


def _table(sheet: Sheet, lines: Sequence[Line], office: Office) -> None:
    texts = office.stage.texts
    head = [texts(f"duty.column.{name}") for name in ("kind", "id", "case", "change", "remark")]
    rows = [
        (
            texts(f"duty.line_kind.{line.kind.value}"),
            line.case,
            case_words(line.case, office),
            change_words(_difference(line), office),
            line.remark,
        )
        for line in lines
    ]
    sheet.table(head, rows, _WIDTHS)


def _difference(line: Line) -> Difference:
    return Difference(kind=line.kind, case=line.case, before=line.before, after=line.after)
