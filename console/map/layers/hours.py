"""How the grids of a footprint look: hatched by the hour, the newest brightest."""

from console.map.layers.live import LiveLayer


class HoursLayer(LiveLayer):
    """`fades` are the opacities by hours ago, the last for all that are older; outlines from `linesFrom`."""

    module = "hours"
    surface = "base"
    options = {"gap": 6, "line": 1.6, "fades": [0.95, 0.68, 0.5, 0.36, 0.26, 0.18], "linesFrom": 12}
