"""How the grids of a footprint look: hatched by the hour, the newest brightest."""

from console.map.layers.live import LiveLayer


class HoursLayer(LiveLayer):
    """`fades` are the opacities by hours ago, the last for all that are older.

    `gap` is that of footprints.py, so that the lines of both fall together.
    """

    module = "hours"
    surface = "base"
    options = {"gap": 9, "line": 1.8, "fades": [0.66, 0.46, 0.33, 0.24, 0.17, 0.12]}
