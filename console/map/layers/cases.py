"""How a case looks on the map: shape and size by level, ring, minutes, flash, clusters."""

from console.map.layers.live import LiveLayer


class CasesLayer(LiveLayer):
    """Sizes in logical pixels, indexed by level: suspended, green, amber, red, dark red.

    A cell of the screen holds at most `crowd` pins, none nearer than `apart`; more become one
    chip with the worst shape and the counts; `chip` is how much room it takes. At most `flashing` unsigned urgent cases flash and
    stand outside the chips. From `fanFrom` pins on one spot spread into a ring of up to `fanMost`.
    """

    module = "cases"
    surface = "live"
    options = {
        "sizes": [24, 20, 26, 30, 34],
        "cell": [96, 44],
        "crowd": 3,
        "apart": 32,
        "chip": [100, 36],
        "flashing": 5,
        "fanFrom": 17,
        "fanMost": 12,
        "minutesFrom": 13.5,
    }
