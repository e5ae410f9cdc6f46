"""Whether everybody can read the console: contrast of what stands on what, and colours that stay apart.

Sources: WCAG 2.2, 1.4.3 (4.5:1 text, 3:1 large text) and 1.4.11 (3:1 graphics); Machado, Oliveira
and Fernandes 2009 for the deficiencies; CIEDE2000 (CIE 142-2001, ISO/CIE 11664-6) for differences.
A difference of 1 is about what can just be seen, one of 11 and more is no longer a shade of the
same colour (Schuessler, "Delta E 101", and the like): levels, which are told apart at a glance,
must reach it, neighbours of a ramp, which are read in figures too, must only be seen to differ.
"""

import re
from itertools import pairwise

import pytest

from console.paths import ROOT
from console.theme import tokens
from console.theme.pairs import (
    ANY_LAND,
    DESK,
    HEAT,
    HEAT_SHARES,
    LAND,
    LEAST,
    MAP,
    PLATE,
    RAMPS,
    WALL,
    Pair,
    Use,
    blend,
)
from tests.unit.theme.seen import VISIONS, contrast, difference, too_near

AT_A_GLANCE = 11.0
JUST_SEEN = 1.5
LEVELS = {tokens.LEVEL_KEY[level]: colour for level, colour in tokens.LEVEL_COLOUR.items()}
OTHERS = {"selection": tokens.SELECTION, "training": tokens.TRAINING, "unsigned": tokens.WHITE}


def short_of(pairs: tuple[Pair, ...]) -> list[tuple[float, Pair]]:
    """The pairs with too little contrast."""
    found = []
    for pair in pairs:
        ratio = contrast(blend(pair.fore, pair.alpha, pair.ground), pair.ground)
        if ratio < LEAST[pair.use]:
            found.append((round(ratio, 2), pair))
    return found


@pytest.mark.parametrize("pairs", [DESK, WALL, MAP], ids=["desk", "wall", "map"])
def test_every_pair_has_its_contrast(pairs: tuple[Pair, ...]) -> None:
    assert short_of(pairs) == []


def test_what_is_measured_is_what_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21, abs=0.01)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_pale_word_is_found() -> None:
    pale = Pair("#5A6672", tokens.PANEL, Use.TEXT, "a word")
    assert [pair for _, pair in short_of((*DESK, pale))] == [pale]


def test_deep_red_is_never_without_its_outline() -> None:
    alone = [p for p in (*DESK, *WALL, *MAP) if p.fore == tokens.DARK_RED]
    assert {p.ground for p in alone} == {tokens.OUTLINED[tokens.DARK_RED]}
    bare = Pair(tokens.DARK_RED, tokens.PANEL, Use.GRAPHIC, "a bar")
    assert short_of((bare,)) == [(2.8, bare)]


@pytest.mark.parametrize("land", [*LAND, *RAMPS["load of the grids"], *ANY_LAND])
def test_a_pin_is_seen_on_any_land(land: str) -> None:
    """Either its dark casing stands out from the land, or what is inside the casing does."""
    casing = contrast(tokens.PAGE, land) >= 3
    for name, fill in (*LEVELS.items(), ("unsigned", tokens.WHITE)):
        inside = tokens.OUTLINED.get(fill, fill)
        assert contrast(inside, tokens.PAGE) >= 3, name
        assert casing or contrast(inside, land) >= 3, (name, land)


@pytest.mark.parametrize("land", [*LAND, *ANY_LAND])
def test_words_on_a_plate_are_read_on_any_land(land: str) -> None:
    plate = blend(tokens.PAGE, PLATE, land)
    for words in (tokens.TEXT, tokens.SECOND):
        assert contrast(words, plate) >= 4.5


def test_the_plate_is_the_one_that_the_page_draws() -> None:
    source = (ROOT / "console" / "map" / "js" / "plate.js").read_text(encoding="utf-8")
    assert re.findall(r"fade\(palette\.page, ([\d.]+)\)", source) == [str(PLATE)]


def test_the_heat_is_the_one_that_the_page_draws_and_bears_its_figures() -> None:
    source = (ROOT / "console" / "map" / "js" / "layers" / "heat.js").read_text(encoding="utf-8")
    (shares,) = re.findall(r"SHARES = \[([^\]]+)\]", source)
    assert tuple(float(share) for share in shares.split(",")) == HEAT_SHARES
    assert min(contrast(tokens.TEXT, step) for step in HEAT) >= 4.5


@pytest.mark.parametrize("vision", VISIONS)
def test_every_two_levels_differ_at_a_glance(vision: str) -> None:
    assert too_near(LEVELS, AT_A_GLANCE, vision) == set()


def test_traffic_light_colours_would_not_pass() -> None:
    plain = {"green": "#4C9A2A", "amber": "#C8A415", "red": "#C0572B"}
    assert too_near(plain, AT_A_GLANCE, "all cones") == set()
    assert ("green", "red") in too_near(plain, AT_A_GLANCE, "deutan")


@pytest.mark.parametrize("vision", VISIONS)
def test_levels_are_no_other_meaning_s_colour(vision: str) -> None:
    """Where they come near each other the form differs: tests/qt/theme/test_shapes.py."""
    near = too_near(LEVELS | OTHERS, AT_A_GLANCE, vision)
    assert near <= {("selection", "training"), ("green", "selection")}


@pytest.mark.parametrize("name", RAMPS)
@pytest.mark.parametrize("vision", VISIONS)
def test_neighbours_of_a_ramp_are_seen_to_differ(name: str, vision: str) -> None:
    ramp = RAMPS[name]
    assert min(difference(a, b, vision) for a, b in pairwise(ramp)) >= JUST_SEEN
    assert difference(ramp[0], ramp[-1], vision) >= 4 * JUST_SEEN


@pytest.mark.parametrize("name", RAMPS)
def test_a_ramp_only_grows_lighter(name: str) -> None:
    light = [contrast(colour, "#000000") for colour in RAMPS[name]]
    assert light == sorted(light)


def test_a_flat_ramp_is_found() -> None:
    assert difference("#1B2A38", "#1C2B39", "all cones") < JUST_SEEN


def test_no_screen_has_a_colour_of_its_own() -> None:
    """What is not among the tokens is in no pair, and nobody has looked at it. Paper is another matter."""
    found = {}
    for folder in ("views", "tables", "widgets", "map"):
        for file in (ROOT / "console" / folder).rglob("*"):
            if file.suffix in (".py", ".js", ".css") and file.name != "sheet.py":
                words = file.read_text(encoding="utf-8").replace("var(--page, #0d141c)", "")
                colours = re.findall(r"#[0-9A-Fa-f]{6}\b", words)
                if colours:
                    found[file.relative_to(ROOT).as_posix()] = colours
    assert found == {}
