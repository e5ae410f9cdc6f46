"""How an area looks while it is drawn: line, points, radius and size in words."""

from console.map.layers.live import LiveLayer


class PenLayer(LiveLayer):
    """Sizes in logical pixels."""

    module = "pen"
    surface = "live"
    options = {"line": 2.5, "point": 4.5, "fontSize": 15}
