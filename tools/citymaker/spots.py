"""Finds invented but plausible positions inside made areas."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from tools.citymaker.areas import MadeArea
from tools.citymaker.density import Density
from tools.citymaker.plane import Plane

LonLat = tuple[float, float]


class Spots:
    """Random positions in degrees, more of them where people live; repeatable for one generator."""

    def __init__(
        self, areas: Sequence[MadeArea], density: Density, plane: Plane, rng: np.random.Generator
    ) -> None:
        self._outlines = {area.code: plane.to_plane(area.outline) for area in areas}
        self._density, self._plane, self.rng = density, plane, rng

    def inside(self, area: str) -> LonLat:
        """A position inside the area of that code."""
        outline = self._outlines[area]
        inner = outline.buffer(-0.1 * np.sqrt(outline.area))  # not on the border itself
        room = outline if inner.is_empty else inner
        return self._degrees(self._density.sample(room, 1, self.rng)[0])

    def middle(self, area: str) -> LonLat:
        """A position well inside the area."""
        return self._degrees(
            shapely.get_coordinates(shapely.point_on_surface(self._outlines[area]))[0]
        )

    def pick(self, weights: Mapping[str, float], count: int) -> list[str]:
        """`count` different codes, those of greater weight more likely; again when all are used."""
        codes = list(weights)
        chance = np.array([weights[code] for code in codes])
        chosen: list[str] = []
        while len(chosen) < count:
            some = min(count - len(chosen), len(codes))
            picks = self.rng.choice(len(codes), size=some, replace=False, p=chance / chance.sum())
            chosen.extend(codes[i] for i in picks)
        return chosen

    def _degrees(self, xy: np.ndarray) -> LonLat:
        lon, lat = self._plane.points_to_degrees(xy[None, :])[0]
        return round(float(lon), 6), round(float(lat), 6)
