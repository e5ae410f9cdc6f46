"""The chip that hangs at the pointer during a drag."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from console.domain.case import Case
from console.domain.city import City
from console.i18n import Texts
from console.store.picture import Picture
from console.tables import paint
from console.tables.countdown import countdown_of, level_at
from console.tables.rows import case_minutes, category_name, is_unsigned
from console.theme import tokens
from console.theme.shapes import draw_shape

_SHAPE_X = 28
_TEXT_X = 52
_PAD = 10


def case_ghost(
    cases: Sequence[Case],
    picture: Picture,
    city: City,
    texts: Texts,
    now: datetime,
    ratio: float = 1.0,
) -> QPixmap:
    """Shape, category and minutes of the first case, "×5" for several; `ratio` is the device's pixels per pixel."""
    if not cases:
        return _chip("", "", ratio)
    case = cases[0]
    lead = picture.lead(case)
    level = level_at(case, countdown_of(case, lead, city.policy), now)
    pixmap = _blank(ratio)
    painter = _painter(pixmap)
    centre = QPointF(_SHAPE_X, tokens.GHOST_SIZE[1] / 2)
    draw_shape(painter, centre, level, unsigned=is_unsigned(lead))
    count = f"×{len(cases)}" if len(cases) > 1 else ""
    right = tokens.GHOST_SIZE[0] - _PAD
    if count:
        right -= paint.draw_pill(
            painter,
            right - paint.width_of(count, tokens.FONT_SECOND, bold=True) - 12,
            tokens.GHOST_SIZE[1] // 2,
            count,
            fill=tokens.SELECTION,
            colour=tokens.PAGE,
        )
        right -= 6
    height = tokens.GHOST_SIZE[1]
    minutes = case_minutes(case, lead, city, texts, now)
    box = QRect(right - 70, 0, 70, height)
    right -= paint.draw_figures(painter, box, minutes, tokens.LEVEL_TEXT[level]) + 6
    name = QRect(_TEXT_X, 0, right - _TEXT_X, height - 2)
    paint.draw_text(painter, name, category_name(case, city, texts), bold=True)
    painter.end()
    return pixmap


def worker_ghost(ids: Sequence[str], city: City, texts: Texts, ratio: float = 1.0) -> QPixmap:
    """The first worker's name and town, "×2" for several."""
    worker = city.workers.get(ids[0]) if ids else None
    if worker is None:
        return _chip("", "", ratio)
    name = texts.pick(worker.name, worker.name_en) + (f" ×{len(ids)}" if len(ids) > 1 else "")
    kind = texts(f"worker.{worker.kind.value}")
    town = city.area_name(worker.town, texts.lang)
    return _chip(name, kind + (texts("list.dot") + town if town else ""), ratio)


def team_ghost(ids: Sequence[str], city: City, texts: Texts, ratio: float = 1.0) -> QPixmap:
    """The first team's name and its unit, "×2" for several."""
    team = city.teams.get(ids[0]) if ids else None
    if team is None:
        return _chip("", "", ratio)
    name = texts.pick(team.name, team.name_en) + (f" ×{len(ids)}" if len(ids) > 1 else "")
    unit = city.units.get(team.unit)
    return _chip(name, texts.pick(unit.name, unit.name_en) if unit is not None else "", ratio)


def _chip(title: str, second: str, ratio: float) -> QPixmap:
    pixmap = _blank(ratio)
    painter = _painter(pixmap)
    width = tokens.GHOST_SIZE[0] - 2 * _PAD - 4
    paint.draw_text(painter, QRect(_PAD + 4, 2, width, 23), title, bold=True)
    line = QRect(_PAD + 4, 24, width, 20)
    paint.draw_text(painter, line, second, pixels=tokens.FONT_SECOND, colour=tokens.SECOND)
    painter.end()
    return pixmap


def _blank(ratio: float) -> QPixmap:
    width, height = tokens.GHOST_SIZE
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _painter(pixmap: QPixmap) -> QPainter:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.RAISED))
    painter.setPen(QPen(QColor(tokens.SELECTION), 2))
    width, height = tokens.GHOST_SIZE
    painter.drawRoundedRect(QRectF(1, 1, width - 2, height - 2), 6, 6)
    painter.setClipRect(QRectF(2, 2, width - 4, height - 4))
    return painter
