"""Frame times against the number of cases as an SVG."""

import math
from collections.abc import Sequence
from pathlib import Path

Series = tuple[str, str, Sequence[tuple[float, float]]]
"""Name, colour, points (cases, milliseconds)."""

_WIDTH, _HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 170, 50, 60
_X = (1_000, 100_000)
_Y = (10.0, 2_000.0)


def _across(cases: float) -> float:
    share = math.log(cases / _X[0]) / math.log(_X[1] / _X[0])
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _down(ms: float) -> float:
    share = math.log(min(max(ms, _Y[0]), _Y[1]) / _Y[0]) / math.log(_Y[1] / _Y[0])
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#3A4E62"/>'


def _text(x: float, y: float, words: str, colour: str = "#A7B6C4", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{words}</text>'


def _curve(colour: str, points: Sequence[tuple[float, float]]) -> list[str]:
    placed = [(_across(x), _down(y)) for x, y in points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in placed]
    curve = f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    return [curve, *dots]


def _names(series: Sequence[Series]) -> list[str]:
    """Each beside its curve's end, moved up until it meets no other."""
    taken: list[tuple[float, float]] = []
    parts = []
    ends = [(name, colour, _across(p[-1][0]), _down(p[-1][1])) for name, colour, p in series]
    for name, colour, x, y in sorted(ends, key=lambda end: -end[3]):
        while any(abs(x - other) < 1 and abs(y - height) < 16 for other, height in taken):
            y -= 1
        taken.append((x, y))
        inside = x < _WIDTH - _RIGHT
        parts.append(_text(x + (0 if inside else 10), y + (-12 if inside else 5), name, colour))
    return parts


def draw(series: Sequence[Series], title: str, file: Path) -> None:
    """Write the picture; both axes are logarithmic."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        'font-family="sans-serif" font-size="14">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#15202B"/>',
        _text(_LEFT, 28, title, "#E9EFF5"),
        _text(_LEFT, _HEIGHT - 16, "cases on the map"),
    ]
    for ms in (10, 16.7, 50, 100, 500, 1000):
        parts += [_line(_LEFT, _down(ms), _WIDTH - _RIGHT, _down(ms))]
        parts += [_text(_LEFT - 8, _down(ms) + 5, f"{ms:g} ms", anchor="end")]
    for cases in (1_000, 10_000, 30_000, 100_000):
        parts += [_line(_across(cases), _TOP, _across(cases), _HEIGHT - _BOTTOM)]
        parts += [_text(_across(cases), _HEIGHT - _BOTTOM + 20, f"{cases:,}", anchor="middle")]
    for _, colour, points in series:
        parts += _curve(colour, points)
    parts += _names(series)
    file.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")
