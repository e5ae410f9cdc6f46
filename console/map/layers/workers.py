"""How a worker looks on the map: glyph by kind, fill by age of position, a bar when busy."""

from console.map.layers.live import LiveLayer


class WorkersLayer(LiveLayer):
    """Below `dotsFrom` only the selected one is there, below `glyphFrom` a worker is a dot.

    `dotShare` is how strongly a dot is drawn; from `agesFrom` an old position shows its age.
    """

    module = "workers"
    surface = "live"
    options = {
        "dotSize": 6,
        "dotShare": 0.6,
        "dotsFrom": 10,
        "glyphSize": 20,
        "glyphFrom": 14,
        "agesFrom": 15,
    }
