"""The prefilled words of reports and after-action sheets: plain sentences from figures."""

from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.city import City
from console.domain.clock import Level
from console.domain.incident import Incident
from console.i18n import Texts
from console.tables.case_words import moment
from console.tables.rows import age_text
from console.theme.tokens import LEVEL_KEY
from console.views.incident.figures import Figures, firsts
from console.views.incident.lanes import asked_name, is_late


def summary(incident: Incident, figures: Figures, city: City, texts: Texts, now: datetime) -> str:
    """The summary a report begins with; the operator mends it."""
    lines = [
        texts(
            "incident.words.began",
            name=incident.name,
            time=moment(incident.started_at, now, city),
            area=city.area_name(incident.district, texts.lang) or city_name(city, texts),
        ),
        texts(
            "incident.words.cases",
            n=len(figures.cases),
            urgent=figures.urgent,
            open=figures.open_cases,
        ),
    ]
    if figures.categories:
        lines.append(texts("incident.words.mostly", kinds=kinds(figures, city, texts, most=3)))
    if figures.orders:
        lines.append(
            texts(
                "incident.words.asked",
                n=len(figures.orders),
                signed=len(figures.orders) - figures.unsigned,
                scene=figures.on_scene,
                done=figures.done,
            )
        )
    if figures.places:
        names = (texts.pick(place.name, place.name_en) for place in figures.places[:5])
        names_joined = texts("list.comma").join(names)
        lines.append(texts("incident.words.places", n=len(figures.places), names=names_joined))
    if incident.level is not None:
        level = texts(f"incident.level.{incident.level.level.value}")
        lines.append(texts("incident.words.level", level=level, number=incident.level.number))
    return "\n".join(lines)


def city_name(city: City, texts: Texts) -> str:
    """The city in the user's language."""
    return texts.pick(city.name, city.name_en)


def kinds(figures: Figures, city: City, texts: Texts, most: int = 8) -> str:
    """What the cases are about, with counts, the most frequent first."""
    found = []
    for code, count in figures.categories[:most]:
        category = city.categories.get(code)
        name = texts.pick(category.name, category.name_en) if category is not None else code
        found.append(texts("incident.words.count", what=name, n=count))
    return texts("list.comma").join(found)


def levels(figures: Figures, texts: Texts) -> str:
    """Open cases by level, the worst first."""
    named = ((texts(f"level.{LEVEL_KEY[Level(level)]}"), n) for level, n in figures.levels)
    return texts("list.comma").join(texts("incident.words.count", what=w, n=n) for w, n in named)


def course(
    incident: Incident, orders: tuple[Assignment, ...], city: City, texts: Texts, now: datetime
) -> str:
    """The course of the operation: its milestones, then who signed late or never."""
    lines = [
        texts(
            "incident.words.line", time=moment(at, now, city), what=texts(f"incident.first.{code}")
        )
        for code, at in firsts(incident, orders)
    ]
    for order in orders:
        if is_late(order, city) or order.acknowledged_at is None:
            lines.append(late_line(order, city, texts, now))
    return "\n".join(lines)


def late_line(order: Assignment, city: City, texts: Texts, now: datetime) -> str:
    """Who signed late, after how long; or never."""
    name = asked_name(order, city, texts)
    if order.acknowledged_at is None:
        waited = age_text(((order.ended_at or now) - order.sent_at).total_seconds(), texts)
        return texts("incident.words.never", name=name, age=waited, step=order.step)
    took = (order.acknowledged_at - order.sent_at).total_seconds()
    return texts("incident.words.late", name=name, age=age_text(took, texts), step=order.step)
