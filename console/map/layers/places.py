"""How named places and seats of units look: a small tile with one letter."""

from console.map.layers.live import LiveLayer


class PlacesLayer(LiveLayer):
    """Below `tileFrom` a place is a dot, unless it is vulnerable; names stand from `namesFrom` on."""

    module = "places"
    surface = "live"
    options = {
        "size": 20,
        "dotSize": 5,
        "tileFrom": 12,
        "vulnerableFrom": 10.5,
        "namesFrom": 14.5,
        "fontSize": 14,
    }
