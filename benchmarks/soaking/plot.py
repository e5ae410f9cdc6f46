"""Memory over the hours of a soak as an SVG: all processes, each kind, and the cases that were open."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_WIDTH, _HEIGHT = 880, 520
_LEFT, _RIGHT, _TOP = 90, 190, 50
_MEMORY, _CASES = 330, 470
"""Where the two pictures end below; the second begins 40 pixels under the first."""
_COLOURS = ("#E9EFF5", "#5AA9E6", "#F2B134", "#6CC28B", "#C58AF9", "#F28482", "#8FB8C9", "#A7B6C4")
_SMALL_MIB = 30.0
"""Kinds that never take more are summed up."""

Points = Sequence[tuple[float, float]]


def _text(x: float, y: float, words: str, colour: str = "#A7B6C4", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{words}</text>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#3A4E62"/>'


class _Picture:
    """One pair of axes: minutes across, something from nothing upwards."""

    def __init__(self, minutes: float, most: float, top: float, bottom: float) -> None:
        self._minutes, self._top, self._bottom = max(minutes, 1.0), top, bottom
        self._step = _nice(most / 5)
        self._most = self._step * max(1, -(-most // self._step))

    def across(self, minute: float) -> float:
        return _LEFT + minute / self._minutes * (_WIDTH - _LEFT - _RIGHT)

    def down(self, value: float) -> float:
        return self._bottom - value / self._most * (self._bottom - self._top)

    def axes(self, unit: str) -> list[str]:
        parts = []
        value = 0.0
        while value <= self._most:
            parts += [_line(_LEFT, self.down(value), _WIDTH - _RIGHT, self.down(value))]
            parts += [_text(_LEFT - 8, self.down(value) + 5, f"{value:,.0f}{unit}", anchor="end")]
            value += self._step
        return parts

    def minutes(self) -> list[str]:
        step = _nice(self._minutes / 8)
        ticks = [n * step for n in range(int(self._minutes / step) + 1)]
        return [
            _text(self.across(tick), self._bottom + 20, f"{tick:g} min", anchor="middle")
            for tick in ticks
        ]

    def curve(self, points: Points, colour: str) -> str:
        if not points:
            return ""
        path = "L".join(f"{self.across(x):.1f} {self.down(y):.1f}" for x, y in points)
        return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def _nice(rough: float) -> float:
    """The next one of 1, 2, 5, 10, 20 and so on."""
    power = 1.0
    while rough > power * 10:
        power *= 10
    return next((power * n for n in (1, 2, 5, 10) if power * n >= rough), power * 10)


def _kinds(samples: Sequence[Mapping[str, Any]]) -> dict[str, Points]:
    """All, then each kind by its most; the small ones together."""
    most: dict[str, float] = {}
    for sample in samples:
        for kind, size in sample["pss_mib"].items():
            most[kind] = max(most.get(kind, 0.0), size)
    large = sorted((k for k in most if most[k] > _SMALL_MIB), key=lambda k: -most[k])
    small = [k for k in most if k not in large]
    curves: dict[str, Points] = {"all": [(s["minute"], s["all_mib"]) for s in samples]}
    for kind in large:
        curves[kind] = [(s["minute"], s["pss_mib"].get(kind, 0.0)) for s in samples]
    if small:
        curves["others"] = [
            (s["minute"], sum(s["pss_mib"].get(k, 0.0) for k in small)) for s in samples
        ]
    return curves


def _names(curves: Mapping[str, Points], picture: _Picture) -> list[str]:
    """Each at its curve's end, moved up until it meets no other."""
    ends = [(picture.down(p[-1][1]), n, name) for n, (name, p) in enumerate(curves.items())]
    parts, last = [], float(_HEIGHT)
    for y, n, name in sorted(ends, reverse=True):
        last = min(y, last - 17)
        parts.append(_text(_WIDTH - _RIGHT + 10, last + 5, name, _COLOURS[n % len(_COLOURS)]))
    return parts


def draw(found: Mapping[str, Any], file: Path) -> None:
    """Write the picture of what `benchmarks.soak` found, of an unfinished run too; ValueError without samples."""
    samples = found["samples"]
    if not samples:
        raise ValueError("no samples yet")
    minutes = samples[-1]["minute"]
    memory = _Picture(minutes, max(s["all_mib"] for s in samples), _TOP, _MEMORY)
    cases = _Picture(minutes, max(s["cases"] for s in samples), _MEMORY + 40, _CASES)
    curves = _kinds(samples)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        'font-family="sans-serif" font-size="14">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#15202B"/>',
        _text(_LEFT, 28, found["title"], "#E9EFF5"),
        *memory.axes(" MiB"),
        *cases.axes(""),
        *cases.minutes(),
        *(memory.curve(p, _COLOURS[n % len(_COLOURS)]) for n, p in enumerate(curves.values())),
        *_names(curves, memory),
        cases.curve([(s["minute"], s["cases"]) for s in samples], "#F2B134"),
        cases.curve([(s["minute"], s["open"]) for s in samples if "open" in s], "#6CC28B"),
        _text(_WIDTH - _RIGHT + 10, _MEMORY + 72, "of them open", "#6CC28B"),
        _text(_WIDTH - _RIGHT + 10, _MEMORY + 55, "cases in the picture", "#F2B134"),
    ]
    file.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")
