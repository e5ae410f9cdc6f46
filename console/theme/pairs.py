"""Which colour really stands on which, as data: what the palette test looks at (WCAG 2.2, 1.4.3 and 1.4.11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.theme import tokens
from console.theme.tokens import LEVEL_COLOUR, LEVEL_TEXT, ON_LEVEL, OUTLINED


class Use(StrEnum):
    """What the foreground is. Large type is 24 px, or 18.7 px bold, and more."""

    TEXT = "text"
    LARGE = "large"
    GRAPHIC = "graphic"


LEAST: Mapping[Use, float] = {Use.TEXT: 4.5, Use.LARGE: 3.0, Use.GRAPHIC: 3.0}
"""The contrast that WCAG 2.2, level AA, asks for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`fore` at opacity `alpha` on `ground`; `where` says what it is."""

    fore: str
    ground: str
    use: Use
    where: str
    alpha: float = 1.0


def _each(
    fores: Iterable[str], grounds: Iterable[str], use: Use, where: str, alpha: float = 1.0
) -> tuple[Pair, ...]:
    grounds = tuple(grounds)
    return tuple(Pair(fore, ground, use, where, alpha) for fore in fores for ground in grounds)


_SURFACES = (tokens.PAGE, tokens.PANEL, tokens.RAISED)
_LEVELS = tuple(colour for colour in LEVEL_COLOUR.values() if colour not in OUTLINED)
"""Deep red stands in its white outline alone."""

_INSIDE = tuple(Pair(fill, edge, Use.GRAPHIC, "in its outline") for fill, edge in OUTLINED.items())

DESK: tuple[Pair, ...] = (
    *_INSIDE,
    *_each((tokens.TEXT, tokens.SECOND), _SURFACES, Use.TEXT, "words"),
    *_each((tokens.TEXT,), (tokens.LINE, tokens.BAND), Use.TEXT, "chosen and pressed; a lane"),
    *_each(LEVEL_TEXT.values(), _SURFACES, Use.TEXT, "minutes"),
    *_each((tokens.AMBER, tokens.RED), _SURFACES, Use.TEXT, "a word of warning, with its word"),
    *_each(
        (tokens.SELECTION, tokens.TRAINING), _SURFACES, Use.TEXT, "links; the training's banner"
    ),
    *_each(
        (ON_LEVEL,),
        (tokens.AMBER, tokens.RED, tokens.GREEN, tokens.TRAINING),
        Use.TEXT,
        "words and figures on a fill",
    ),
    *_each((tokens.PAGE,), (tokens.SELECTION, tokens.TEXT), Use.TEXT, "main button; a mark"),
    *_each((tokens.SECOND,), (tokens.PANEL,), Use.TEXT, "a row that has vanished", alpha=0.7),
    *_each((*_LEVELS, tokens.WHITE), _SURFACES, Use.GRAPHIC, "level shapes, the unsigned ring"),
    *_each((tokens.SELECTION, tokens.TRAINING), _SURFACES, Use.GRAPHIC, "outlines; stripes"),
    *_each((tokens.OUTLINE,), _SURFACES, Use.GRAPHIC, "edges of fields"),
    *_each((tokens.DATA, tokens.DATA_PALE), (tokens.PANEL,), Use.GRAPHIC, "bars of the charts"),
    *_each((tokens.OUTLINE,), (tokens.PANEL,), Use.GRAPHIC, "bounds of the normal range"),
    *_each((tokens.TEXT,), tokens.SHADES, Use.TEXT, "a day of a calendar and its calls"),
)
"""Desk, duty, incident, training."""

WALL: tuple[Pair, ...] = (
    *_each(LEVEL_TEXT.values(), (tokens.RAISED, tokens.BAND), Use.LARGE, "minutes of a row, lit"),
    *_each((tokens.TEXT, tokens.SECOND), (tokens.RAISED, tokens.BAND), Use.TEXT, "a row, lit"),
    *_each((tokens.WHITE,), (tokens.RAISED, tokens.BAND), Use.GRAPHIC, "the frame of a lit row"),
    *_each(_LEVELS, (tokens.RAISED, tokens.BAND), Use.GRAPHIC, "shapes of a row, lit"),
)
"""The wall, where all type is large but held to the stricter figure wherever it reaches it."""

_PALETTE = tokens.MAP_PALETTE
_MAP_LEVELS = tuple(_PALETTE[name] for name in ("suspended", "green", "amber", "red"))
PLATE = 0.84
"""Opacity of the plates under words on the map (js/plate.js); figures below a pin stand on more."""

MAP: tuple[Pair, ...] = (
    *_each((*_MAP_LEVELS, _PALETTE["unsigned"]), (_PALETTE["page"],), Use.GRAPHIC, "pin on casing"),
    *_each((_PALETTE["select"],), (_PALETTE["page"],), Use.GRAPHIC, "chosen pin on its casing"),
    *_each((_PALETTE["page"],), (_PALETTE["red"],), Use.TEXT, "figures in a red pin"),
    *_each((_PALETTE["unsigned"],), (_PALETTE["dark_red"],), Use.TEXT, "figures in a deep red pin"),
    *_each(
        (*_MAP_LEVELS[1:], _PALETTE["text"]), (_PALETTE["panel"],), Use.TEXT, "figures of a chip"
    ),
    *_each(_MAP_LEVELS, (_PALETTE["panel"],), Use.GRAPHIC, "shape and bar of a chip"),
    *_each(
        (_PALETTE["text"], _PALETTE["second"]),
        (_PALETTE["panel"], _PALETTE["raised"], _PALETTE["page"]),
        Use.TEXT,
        "legend, card, scale, switches",
    ),
)
"""What the page draws on grounds of its own."""

LAND = tuple(
    _PALETTE[name] for name in ("page", "panel", "load_low", "load_high", "heat_low", "heat_high")
)
"""What pins and plates may lie on, darkest and lightest; tiles of others may be any colour."""

ANY_LAND = ("#FFFFFF", "#000000")
"""The worst that a tile of somebody else's base map can be: a pin's casing must hold on it, too."""


def mixed(low: str, high: str, steps: int = 5) -> tuple[str, ...]:
    """A ramp as the page mixes it (js/colour.js `mix`), both ends included."""
    return tuple(blend(high, step / (steps - 1), low) for step in range(steps))


def blend(fore: str, alpha: float, ground: str) -> str:
    """What is seen of `#rrggbb` at an opacity on a ground."""
    over, under = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (fore, ground))
    parts = (round(b + (a - b) * alpha) for a, b in zip(over, under, strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


HEAT_SHARES = (0, 0.16, 0.36, 0.65, 1)
"""How far each step of the heat is from its least colour (js/layers/heat.js): the usual recedes."""

HEAT = tuple(blend(_PALETTE["heat_high"], share, _PALETTE["heat_low"]) for share in HEAT_SHARES)

RAMPS: Mapping[str, tuple[str, ...]] = {
    "load of the grids": (_PALETTE["panel"], *mixed(_PALETTE["load_low"], _PALETTE["load_high"])),
    "heat": HEAT,
    "calls per day": tokens.SHADES,
}
"""Ordered colours, the least first; each is said in figures, too."""
