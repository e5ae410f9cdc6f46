"""How the grids of a footprint look: hatched by the hour, the newest brightest."""

from console.map.layers.live import LiveLayer


class HoursLayer(LiveLayer):
    """`fades` are the opacities by hours ago, the last for all that are older; outlines from `linesFrom`.

    `gap` is that of footprints.py: the lines of both fall together.
    """

    module = "hours"
    surface = "base"
    options = {"gap": 9, "line": 1.8, "fades": [0.85, 0.58, 0.42, 0.3, 0.22, 0.15], "linesFrom": 12}
