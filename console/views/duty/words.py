"""What the rows of the duty screen say: pure functions from what waits to lines."""

from datetime import datetime

from console.domain.case import Case
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Level, case_level
from console.domain.unit import Unit
from console.i18n import Texts
from console.store.decisions import Cost, CostKind, Waiting, cost
from console.store.picture import Picture
from console.store.watch import Promise, TurningRed
from console.tables.case_words import moment
from console.tables.rows import age_text, category_name, minutes_text, place_text
from console.theme import tokens
from console.widgets.line_list import Line


def unit_name(unit: str | None, city: City, texts: Texts) -> str:
    """A unit by name; its code when the pack does not know it."""
    known: Unit | None = city.units.get(unit or "")
    return texts.pick(known.name, known.name_en) if known is not None else unit or ""


def reason_words(reason: str, texts: Texts) -> str:
    """A unit's reason: set reasons are codes, others are the unit's own words."""
    key = f"duty.reason.{reason}"
    return texts(key) if texts.has(key) else reason


def case_title(case: Case, city: City, texts: Texts) -> str:
    """The category, urgent ones marked."""
    name = category_name(case, city, texts)
    if case.urgency is Urgency.URGENT:
        return texts("duty.urgent_title", category=name)
    return name


def decision_line(waiting: Waiting, city: City, texts: Texts, now: datetime) -> Line:
    """What is asked, by whom and where, what ten more minutes cost."""
    level = waiting.clock.level(now, city.policy.dark_red_factor)
    dear = cost(waiting, now)
    kind = texts(f"duty.kind.{waiting.kind.value}", n=waiting.number)
    if waiting.endorsed:
        kind = texts("duty.endorsed", kind=kind)
    asker = unit_name(waiting.unit, city, texts)
    waited = age_text((now - waiting.since).total_seconds(), texts)
    return Line(
        key=key_of(waiting),
        title=kind + texts("list.dot") + case_title(waiting.case, city, texts),
        second=texts("list.dot").join([asker, place_text(waiting.case, city, texts)]),
        third=cost_words(dear, texts),
        figures=waited,
        level=level,
        colour=tokens.LEVEL_TEXT[level],
        tone=tokens.AMBER if dear.kind is not CostKind.TIME else tokens.SECOND,
    )


def key_of(waiting: Waiting) -> str:
    """One row a case and kind of question."""
    return f"{waiting.case.id}:{waiting.kind.value}"


def cost_words(dear: Cost, texts: Texts) -> str:
    """What ten more minutes cost."""
    minutes = age_text(abs(dear.minutes) * 60, texts)
    return texts(f"duty.cost.{dear.kind.value}", minutes=minutes)


def red_line(
    turning: TurningRed, picture: Picture, city: City, texts: Texts, now: datetime
) -> Line:
    """A case that turns red soon: what, with whom, minutes left."""
    case, lead = turning.case, picture.lead(turning.case)
    level = turning.clock.level(now, city.policy.dark_red_factor)
    holder = unit_name(lead.unit if lead is not None else None, city, texts)
    return Line(
        key=case.id,
        title=case_title(case, city, texts),
        second=texts("list.dot").join(
            [holder or texts("duty.at_centre"), place_text(case, city, texts)]
        ),
        figures=minutes_text(turning.clock.minutes_left(now), texts),
        level=level,
        colour=tokens.LEVEL_TEXT[level],
    )


def promise_line(promise: Promise, city: City, texts: Texts, now: datetime) -> Line:
    """What was promised and until when; overdue in red."""
    late = promise.at <= now
    return Line(
        key=f"{promise.case.id}#{promise.kind.value}",
        title=texts(f"duty.promise.{promise.kind.value}"),
        second=case_title(promise.case, city, texts),
        figures=moment(promise.at, now, city),
        colour=tokens.RED if late else tokens.TEXT,
    )


def case_line(case: Case, picture: Picture, city: City, texts: Texts, now: datetime) -> Line:
    """A case among others: what and where, since when."""
    level = case_level(case, picture.lead(case), city.policy, now)
    return Line(
        key=case.id,
        title=case_title(case, city, texts),
        second=place_text(case, city, texts),
        figures=moment(case.received_at, now, city),
        level=level if level is not Level.GREEN else None,
    )
