"""How a case looks on the map: shape and size by level, ring, minutes, flash, clusters."""

from console.map.layers.live import LiveLayer


class CasesLayer(LiveLayer):
    """Sizes in logical pixels, indexed by level: suspended, green, amber, red, dark red.

    Below `areasBelow` the cases of each district share one chip, which bears its name (`areaChip`
    is its least room); above, a cell of the screen holds at most `crowd` pins, none nearer than `apart`,
    and more become one chip with the worst shape and the counts (`chip` is its room). Cells are
    wider than chips so that names find room. At most `flashing` unsigned urgent cases flash and
    stand outside the chips. From `fanFrom` pins on one spot spread into a ring of up to `fanMost`.
    `minutesFrom` are the zooms, by level, from which the minutes left stand on a pin.
    """

    module = "cases"
    surface = "live"
    options = {
        "sizes": [24, 20, 26, 30, 34],
        "areasBelow": 10,
        "areaChip": [112, 62],
        "cell": [132, 68],
        "crowd": 3,
        "apart": 32,
        "chip": [100, 36],
        "flashing": 5,
        "fanFrom": 17,
        "fanMost": 12,
        "minutesFrom": [30, 15.5, 13.5, 0, 0],
    }
