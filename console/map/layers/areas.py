"""How the land looks: neighbours, and the lines of districts, towns and communities."""

from console.map.layers.live import LiveLayer


class AreasLayer(LiveLayer):
    """The base map; zooms say from where on something is drawn."""

    module = "areas"
    surface = "base"
    options = {
        "townLinesFrom": 9.5,
        "townLinesBoldFrom": 12,
        "communityLinesFrom": 12.5,
    }
