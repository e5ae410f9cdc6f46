"""The five level shapes, pixel by pixel: the shape must tell the level when the colour does not."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.clock import Level
from console.theme import tokens
from console.theme.shapes import draw_shape, shape_extent, shape_pixmap

SIZE = 80
GROUND = QColor("#24425A")
MIDDLE = SIZE // 2


def drawn(level: Level, *, unsigned: bool = False, scale: float = 1.0) -> QImage:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    draw_shape(painter, QPointF(MIDDLE, MIDDLE), level, unsigned=unsigned, scale=scale)
    painter.end()
    return image


def colour(image: QImage, dx: int, dy: int) -> str:
    return image.pixelColor(MIDDLE + dx, MIDDLE + dy).name().upper()


def reach(image: QImage) -> int:
    """How far to the right of the middle anything is drawn."""
    marked = [x for x in range(SIZE) for y in range(SIZE) if image.pixelColor(x, y) != GROUND]
    return max(marked) - MIDDLE


def test_green_is_hollow() -> None:
    image = drawn(Level.GREEN)
    assert colour(image, 0, 0) == GROUND.name().upper()
    assert colour(image, 8, 0) == tokens.GREEN


def test_amber_is_a_triangle() -> None:
    image = drawn(Level.AMBER)
    assert colour(image, 0, 0) == tokens.AMBER
    assert colour(image, -10, -10) != tokens.AMBER
    assert colour(image, -9, 8) == tokens.AMBER


def test_red_is_a_square_to_its_corners() -> None:
    image = drawn(Level.RED)
    for dx, dy in ((-13, -13), (13, -13), (-13, 13), (13, 13), (0, 0)):
        assert colour(image, dx, dy) == tokens.RED


def test_deep_red_has_a_white_outline_and_a_bar() -> None:
    image = drawn(Level.DARK_RED)
    assert colour(image, 0, 0) == tokens.WHITE
    assert colour(image, 0, 8) == tokens.DARK_RED
    assert colour(image, 0, -16) == tokens.WHITE
    assert colour(image, -16, 0) == tokens.WHITE


def test_suspended_is_two_bars() -> None:
    image = drawn(Level.SUSPENDED)
    assert colour(image, -5, 0) == colour(image, 5, 0) == tokens.SUSPENDED
    assert colour(image, 0, 0) != tokens.SUSPENDED


@pytest.mark.parametrize("level", list(Level))
def test_every_shape_has_a_dark_casing(level: Level) -> None:
    image = drawn(level)
    page = QColor(tokens.PAGE)
    assert any(image.pixelColor(x, y) == page for x in range(SIZE) for y in range(SIZE)), (
        "its contrast would depend on what lies below"
    )


@pytest.mark.parametrize("level", list(Level))
def test_an_unsigned_case_wears_a_white_ring_outside_its_shape(level: Level) -> None:
    plain, ringed = drawn(level), drawn(level, unsigned=True)
    assert reach(ringed) > reach(plain)
    half = tokens.LEVEL_SIZE[level] // 2
    white = [
        (dx, dy)
        for dx in range(-MIDDLE, MIDDLE)
        for dy in range(-MIDDLE, MIDDLE)
        if colour(ringed, dx, dy) == tokens.WHITE and max(abs(dx), abs(dy)) > half
    ]
    assert white


@pytest.mark.parametrize("unsigned", [False, True])
@pytest.mark.parametrize("level", list(Level))
def test_the_extent_holds_the_whole_shape(level: Level, unsigned: bool) -> None:
    drawn_reach = reach(drawn(level, unsigned=unsigned))
    assert drawn_reach <= shape_extent(level, unsigned=unsigned) / 2 + 1


def test_a_shape_scales() -> None:
    assert reach(drawn(Level.RED, scale=0.5)) < reach(drawn(Level.RED)) * 0.6


def test_a_pixmap_is_sharp_on_a_fine_screen() -> None:
    pixmap = shape_pixmap(Level.RED, 2.0)
    assert pixmap.devicePixelRatio() == 2
    assert pixmap.width() == round(shape_extent(Level.RED) * 2)


def test_all_five_differ_without_their_colours() -> None:
    def silhouette(level: Level) -> bytes:
        image = drawn(level)
        return bytes(
            image.pixelColor(x, y) == GROUND or image.pixelColor(x, y) == QColor(tokens.PAGE)
            for x in range(SIZE)
            for y in range(SIZE)
        )

    assert len({silhouette(level) for level in Level}) == len(Level)


def in_grey(level: Level) -> QImage:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    draw_shape(painter, QPointF(MIDDLE, MIDDLE), level, colour="#808080")
    painter.end()
    return image


@pytest.mark.parametrize(("one", "other"), [*combinations(Level, 2)])
def test_every_two_differ_by_form_when_all_are_grey(one: Level, other: Level) -> None:
    """For whom two colours are one: a fifth of the larger shape at least looks another way."""
    a, b = in_grey(one), in_grey(other)
    places = [(x, y) for x in range(SIZE) for y in range(SIZE)]
    unlike = sum(a.pixel(x, y) != b.pixel(x, y) for x, y in places)
    larger = max(sum(i.pixelColor(x, y) != GROUND for x, y in places) for i in (a, b))
    assert unlike >= larger / 5


@pytest.mark.parametrize("ground", [tokens.PANEL, tokens.RAISED, "#FFFFFF", tokens.RED])
def test_whoever_comes_to_deep_red_has_crossed_casing_and_white(ground: str) -> None:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_shape(painter, QPointF(MIDDLE, MIDDLE), Level.DARK_RED)
    painter.end()
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        way = [colour(image, dx * far, dy * far) for far in range(MIDDLE - 1, 0, -1)]
        inside = way.index(tokens.DARK_RED)
        assert tokens.WHITE in way[:inside]
        assert tokens.PAGE in way[: way.index(tokens.WHITE, way.index(tokens.PAGE))]
