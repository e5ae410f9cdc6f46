"""Makes the map that people work on: it follows the picture, and a table stands in for it."""

from console.map.widget import MapWidget
from console.settings import PreferencesFile
from console.views.city_map import CityMap
from console.views.map_flash import follow_flash
from console.views.map_looks import MapLooks
from console.views.map_table import MapTable
from console.views.stage import Stage
from console.views.stage_map import stage_map


def working_map(stage: Stage, memory: str) -> tuple[MapWidget, MapTable]:
    """The map and its table; `memory` is what its heat and legend are remembered under."""
    table = MapTable(stage.board, stage.texts)
    widget = stage_map(stage, table)
    table.serve(widget, stage.selection)
    CityMap(stage.board, widget, stage.texts, stage.selection)
    preferences = PreferencesFile(stage.settings.data_dir)
    MapLooks(stage.board, stage.boundaries, widget, stage.texts, preferences, memory)
    follow_flash(widget, stage.flash)
    return widget, table
