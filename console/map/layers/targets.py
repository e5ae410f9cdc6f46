"""How drop targets look during a drag: outlined, the best with their arrival, the rest dimmed."""

from console.map.layers.live import LiveLayer


class TargetsLayer(LiveLayer):
    """`dim` is the opacity of what is no target; a best target outside the frame is an arrow at its edge."""

    module = "targets"
    surface = "live"
    options = {"dim": 0.4, "ring": 18, "edge": 26, "footer": 70}
