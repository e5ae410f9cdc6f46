"""Makes a map of the stage's city in the user's language."""

from PySide6.QtWidgets import QWidget

from console.map.strings import STRINGS
from console.map.widget import MapWidget
from console.theme.tokens import MAP_PALETTE
from console.views.stage import Stage


def stage_map(stage: Stage, fallback: QWidget) -> MapWidget:
    """Empty; `fallback` stands in its place when its page is given up."""
    return MapWidget(
        stage.boundaries,
        stage.city,
        STRINGS[stage.texts.lang],
        MAP_PALETTE,
        stage.cache,
        fallback,
        base_maps=stage.base_maps,
    )
