"""How the heat looks: towns or grids in five steps of one hue."""

from console.map.layers.live import LiveLayer


class HeatLayer(LiveLayer):
    """From `gridsFrom` grids are painted; below towns, for a grid would be a speck."""

    module = "heat"
    surface = "base"
    options = {"gridsFrom": 12.5}
