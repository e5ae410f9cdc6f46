"""How colours are seen: contrast by WCAG 2.2, differences by CIEDE2000, with and without a deficiency."""

import warnings
from itertools import combinations

import numpy as np
from colour import XYZ_to_Lab, sRGB_to_XYZ
from colour.blindness import matrix_cvd_Machado2009
from colour.difference import delta_E_CIE2000
from colour.models import eotf_inverse_sRGB, eotf_sRGB
from numpy.typing import NDArray

VISIONS = {
    "all cones": "",
    "protan": "Protanomaly",
    "deutan": "Deuteranomaly",
    "tritan": "Tritanomaly",
}
"""Name → what Machado, Oliveira and Fernandes (2009) call it, at severity 1. Their tritan is an
approximation, as they say themselves."""

Colour = NDArray[np.float64]


def channels(colour: str) -> Colour:
    """`#rrggbb` as three numbers from 0 to 1."""
    return np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def contrast(a: str, b: str) -> float:
    """The ratio of WCAG 2.2: 1 to 21."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    light, dark = sorted((float(weights @ eotf_sRGB(channels(c))) for c in (a, b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def as_seen(colour: str, vision: str) -> Colour:
    """The colour in CIELAB (D65), as somebody with that vision sees it."""
    kind = VISIONS[vision]
    linear = eotf_sRGB(channels(colour))
    if kind:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that tritan is an approximation
            linear = np.clip(matrix_cvd_Machado2009(kind, 1.0) @ linear, 0, 1)
    return XYZ_to_Lab(sRGB_to_XYZ(eotf_inverse_sRGB(linear)))


def difference(a: str, b: str, vision: str) -> float:
    """CIEDE2000."""
    return float(delta_E_CIE2000(as_seen(a, vision), as_seen(b, vision)))


def too_near(colours: dict[str, str], least: float, vision: str) -> set[tuple[str, str]]:
    """Names of every two that differ by less."""
    pairs = combinations(colours, 2)
    return {(a, b) for a, b in pairs if difference(colours[a], colours[b], vision) < least}
