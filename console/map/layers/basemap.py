"""How a base map of the city's choice lies on the own land and below the grids."""

from console.map.layers.live import LiveLayer


class BasemapLayer(LiveLayer):
    """`veil` is how strongly the grids' fill covers pictures; `arriveMs` gathers those that come together."""

    module = "basemap"
    surface = "base"
    options = {"veil": 0.72, "arriveMs": 90, "retryMs": 5_000}
