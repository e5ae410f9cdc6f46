"""How a team looks: two heads in a shield, name and state when near."""

from console.map.layers.live import LiveLayer


class TeamsLayer(LiveLayer):
    """Names stand from `namesFrom` on, the state below the name from `statesFrom`."""

    module = "teams"
    surface = "live"
    options = {"size": 26, "namesFrom": 12.5, "statesFrom": 13.5, "fontSize": 14}
