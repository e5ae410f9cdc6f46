"""How grids look: load as a fill in five steps, and outlines."""

from console.map.layers.live import LiveLayer


class GridsLayer(LiveLayer):
    """`steps` are the open cases from which each of the five fills begins."""

    module = "grids"
    surface = "base"
    options = {
        "steps": [1, 2, 3, 5, 8],
        "linesFrom": 13,
    }
