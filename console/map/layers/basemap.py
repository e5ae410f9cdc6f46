"""How a base map of the city's choice lies on the own land and below the grids."""

from console.map.layers.live import LiveLayer


class BasemapLayer(LiveLayer):
    """Numbers of js/layers/basemap.js.

    `wash` is how strongly the land's own colour lies on the pictures while grids show their load,
    `veil` how strongly fills do that lie everywhere; `arriveMs` gathers pictures that come together.
    """

    module = "basemap"
    surface = "base"
    options = {"veil": 0.72, "wash": 0.6, "arriveMs": 160, "retryMs": 5_000}
