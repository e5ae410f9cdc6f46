"""How the total of an area looks: name, worst shape and count in one box."""

from console.map.layers.live import LiveLayer


class BadgesLayer(LiveLayer):
    """Type by kind of area, in pixels of the desk; the map's style makes it larger."""

    module = "badges"
    surface = "live"
    options = {"fontSizes": {"districts": 19, "towns": 15, "communities": 14}}
