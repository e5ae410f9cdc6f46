"""How large and how busy the map is drawn: one look for a desk, another for a wall."""

from dataclasses import asdict, dataclass

from console.map.row import check_finite

_LARGEST = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStyle:
    """Sizes and parts of the map; every size comes from the caller, in logical pixels.

    `pin_scale` multiplies the pins (1.0 is the desk's, 34 px for the largest). `type_px` is the
    smallest type on the map: names, chips and badges grow with it; figures smaller than it are
    left out. `gather` puts every case that is not `apart` into a chip. `interactive` off locks the
    view and takes away hover, clicks, drags and drops.
    """

    pin_scale: float = 1.0
    type_px: float = 14.0
    gather: bool = False
    workers: bool = True
    legend: bool = True
    controls: bool = True
    interactive: bool = True

    def __post_init__(self) -> None:
        """Raise ValueError naming the field for a size that cannot be drawn."""
        check_finite("pin_scale", self.pin_scale)
        check_finite("type_px", self.type_px)
        if not 0.5 <= self.pin_scale <= _LARGEST:
            raise ValueError(f"pin_scale must be 0.5 to {_LARGEST}, got {self.pin_scale}")
        if not 14 <= self.type_px <= 14 * _LARGEST:
            raise ValueError(f"type_px must be 14 to {14 * _LARGEST}, got {self.type_px}")

    def row(self) -> dict[str, object]:
        """The style as the page reads it (js/style.js)."""
        return asdict(self)
