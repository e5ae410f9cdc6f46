"""How grids look: load as a fill in five steps, outlines, and code with load when near."""

from console.map.layers.live import LiveLayer


class GridsLayer(LiveLayer):
    """`steps` are the open cases from which each of the five fills begins.

    From `codesFrom` a grid shows the last three figures of its code (the community's name stands
    beside), from `wholeCodesFrom` the whole.
    """

    module = "grids"
    surface = "base"
    options = {
        "steps": [1, 2, 3, 5, 8],
        "linesFrom": 13,
        "codesFrom": 15.5,
        "wholeCodesFrom": 17,
        "fontSize": 14,
    }
