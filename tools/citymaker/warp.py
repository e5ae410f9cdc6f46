"""A smooth random bending of the plane, so that cell borders look grown and not ruled."""

import numpy as np

from tools.citymaker.plane import FloatArray

_WAVES_M = (9000.0, 4200.0, 2000.0, 950.0, 450.0)
_STEEPNESS = 0.17
_WAVES_EACH = 3


class Warp:
    """Shear waves one after the other: each moves points across its own direction only.

    So each keeps areas, never folds, and is undone exactly by its opposite.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        lengths = np.repeat(_WAVES_M, _WAVES_EACH)
        turn = rng.uniform(0, 2 * np.pi, lengths.size)
        along = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        across = np.stack([-np.sin(turn), np.cos(turn)], axis=1)
        self._waves = along * (2 * np.pi / lengths)[:, None]
        self._phases = rng.uniform(0, 2 * np.pi, lengths.size)
        self._shifts = across * (_STEEPNESS * lengths / (2 * np.pi))[:, None]

    def bend(self, xy: FloatArray) -> FloatArray:
        """Points [n, 2] of the city, metres → where they lie in the bent plane."""
        bent = xy
        for i in range(len(self._waves)):
            bent = bent + self._wave(i, bent)
        return bent

    def unbend(self, bent: FloatArray) -> FloatArray:
        """The inverse of `bend`, to a tenth of a millimetre."""
        xy = bent
        for i in reversed(range(len(self._waves))):
            xy = xy - self._wave(i, xy)
        # One point must come out the same in whichever batch it stands: borders meet in it.
        return np.round(xy, 4)

    def _wave(self, i: int, xy: FloatArray) -> FloatArray:
        angle = xy[:, 0] * self._waves[i, 0] + xy[:, 1] * self._waves[i, 1] + self._phases[i]
        return np.asarray(np.sin(angle)[:, None] * self._shifts[i])
