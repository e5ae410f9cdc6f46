"""How the grids of a footprint look: hatched by the hour, the newest brightest."""

from console.map.layers.live import LiveLayer


class HoursLayer(LiveLayer):
    """`fades` are the opacities by hours ago, the last for all that are older.

    `gap` is that of footprints.py, so that the lines of both fall together.
    """

    module = "hours"
    surface = "base"
    options = {"gap": 9, "line": 1.8, "fades": [0.55, 0.4, 0.29, 0.21, 0.15, 0.1]}
