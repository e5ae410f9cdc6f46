import pytest

from console.domain.clock import Level
from console.theme import tokens


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("surface", [tokens.PAGE, tokens.PANEL, tokens.RAISED])
@pytest.mark.parametrize("words", [tokens.TEXT, tokens.SECOND])
def test_words_are_readable_on_every_surface(words: str, surface: str) -> None:
    assert contrast(words, surface) >= 6.8


@pytest.mark.parametrize("level", list(Level))
def test_minutes_are_readable_on_a_panel(level: Level) -> None:
    for surface in (tokens.PANEL, tokens.RAISED):
        assert contrast(tokens.LEVEL_TEXT[level], surface) >= 4.5


@pytest.mark.parametrize("fill", [tokens.RED, tokens.AMBER, tokens.GREEN, tokens.SELECTION])
def test_figures_on_a_level_are_dark(fill: str) -> None:
    assert contrast(tokens.ON_LEVEL, fill) >= 4.5


def test_worse_levels_have_larger_shapes() -> None:
    sizes = [tokens.LEVEL_SIZE[level] for level in reversed(tokens.WORST_FIRST[:4])]
    assert sizes == [20, 26, 30, 34]


def test_every_level_is_in_every_table() -> None:
    for table in (tokens.LEVEL_COLOUR, tokens.LEVEL_TEXT, tokens.LEVEL_SIZE, tokens.LEVEL_KEY):
        assert set(table) == set(Level)


def test_nothing_is_smaller_than_fourteen() -> None:
    assert min(tokens.FONT_MAIN, tokens.FONT_SECOND, tokens.FONT_LEAST) == 14
