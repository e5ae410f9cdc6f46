"""How the area of an incident looks: outline, hatching, name."""

from console.map.layers.live import LiveLayer


class FootprintsLayer(LiveLayer):
    """Lines `gap` pixels apart; the name stands from zoom `namesFrom` on."""

    module = "footprints"
    surface = "live"
    options = {"gap": 9, "line": 1.4, "outline": 2, "fontSize": 15, "namesFrom": 9}
