"""Which names stand on the map at which zoom, how large, and how far from their place."""

from console.map.layers.live import LiveLayer


class NamesLayer(LiveLayer):
    """From a zoom to a zoom, `fontSizes` in pixels of the desk, `aside` the pixels that a name moves at most.

    A name stays within its area and clear of cases and of other names; where it finds no room it is
    left out. First districts are named, then towns, then communities, at last grids: by the last
    three figures of their code, from `wholeCodesFrom` by the whole.
    """

    module = "names"
    surface = "live"
    options = {
        "zooms": {
            "districts": [8, 14.5],
            "towns": [10.5, 16.5],
            "communities": [14.5, 16.5],
            "grids": [15.5, 30],
            "neighbours": [8, 12],
        },
        "wholeCodesFrom": 17,
        "fontSizes": {
            "neighbours": 14,
            "districts": 19,
            "towns": 15,
            "communities": 14,
            "grids": 14,
        },
        "aside": {"neighbours": 0, "districts": 220, "towns": 90, "communities": 60, "grids": 50},
    }
