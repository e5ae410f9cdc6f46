"""How the land looks: neighbours, districts, towns, communities and their names."""

from console.map.layers.live import LiveLayer


class AreasLayer(LiveLayer):
    """Base map and place names; zooms say from where on something is drawn."""

    module = "areas"
    surface = "base"
    options = {
        "townLinesFrom": 9.5,
        "townLinesBoldFrom": 12,
        "communityLinesFrom": 12.5,
        "districtNames": [8, 14.5],
        "townNames": [11, 16.5],
        "communityNames": [14, 16.5],
        "neighbourNames": [8, 12],
        "fontSizes": {"neighbour": 14, "district": 19, "town": 15, "community": 14},
    }
