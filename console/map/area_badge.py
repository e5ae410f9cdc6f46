"""The total of one area (a district, a town) as the map writes it beside its name."""

from dataclasses import dataclass

from console.domain.clock import Level
from console.map.row import check_finite, check_id, short


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaBadge:
    """Name, worst shape and count of one area, big, at its place on the map.

    `level` is the worst of its cases, None when there is nothing to show a shape for; `text` is
    the count ("37"). The badge stands while the map's zoom lies in `zooms`; badges keep clear of
    each other and of the pins.
    """

    code: str
    level: Level | None
    text: str
    zooms: tuple[float, float] = (0.0, 30.0)

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when code or zooms cannot be used."""
        check_id(self.code)
        for zoom in self.zooms:
            check_finite("zooms", zoom)

    def row(self) -> list[object]:
        """The badge as the page reads it (js/layers/badges.js)."""
        level = None if self.level is None else int(self.level)
        return [self.code, level, short(self.text), *self.zooms]
