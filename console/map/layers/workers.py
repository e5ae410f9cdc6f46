"""How a worker looks on the map: glyph by kind, fill by age of position, a bar when busy."""

from console.map.layers.live import LiveLayer


class WorkersLayer(LiveLayer):
    """Below `glyphFrom` a worker is a dot; from `agesFrom` an old position shows its age."""

    module = "workers"
    surface = "live"
    options = {"dotSize": 6, "glyphSize": 20, "glyphFrom": 13.5, "agesFrom": 14}
