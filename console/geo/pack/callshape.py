"""Checks the [simulator] figures of city.toml; they stay as they stand in the file."""

import math
from collections.abc import Collection, Mapping

from console.geo.problem import Problems

_FILE = "city.toml"
_SHARES_24 = ("weekday_hours", "weekend_hours")
_FACTORS_24 = ("weekday_fano", "weekend_fano")
_COUNTS = ("calls_per_day", "calls_per_day_peak", "reference_calls_per_day")
_TOLERANCE = 0.005


def check_callshape(figures: Mapping[str, object], problems: Problems) -> None:
    """Note figures that no day could have: wrong counts, negative numbers, shares that miss 1."""
    for field in _COUNTS:
        _check_numbers(field, [figures.get(field)], 1, problems)
    for field in _SHARES_24:
        _check_shares(field, figures.get(field), 24, problems)
    for field in _FACTORS_24:
        _check_numbers(field, figures.get(field), 24, problems)
    _check_numbers("weekday_factors", figures.get("weekday_factors"), 7, problems)
    _check_numbers("month_factors", figures.get("month_factors"), 12, problems)
    channels = figures.get("channels")
    shares = list(channels.values()) if isinstance(channels, dict) else None
    _check_shares("channels", shares, len(shares or ()), problems)
    shapes = figures.get("shapes", {})
    for name, shape in shapes.items() if isinstance(shapes, dict) else ():
        _check_shares(f"shapes.{name}", shape, 24, problems)


def check_shape_of(
    figures: Mapping[str, object], categories: Collection[str], problems: Problems
) -> None:
    """Note subcategories and shapes that `shape_of` names and the pack does not have."""
    shape_of, shapes = figures.get("shape_of", {}), figures.get("shapes", {})
    if not isinstance(shape_of, dict) or not isinstance(shapes, dict):
        return
    for code, shape in shape_of.items():
        if categories and code not in categories:
            problems.add(_FILE, "simulator.shape_of", code, "不在 categories.csv 中", "is not in categories.csv")  # fmt: skip
        if shape not in shapes:
            problems.add(_FILE, "simulator.shape_of", code, f"没有“{shape}”这种形状", f'there is no shape "{shape}"')  # fmt: skip


def _check_numbers(field: str, value: object, count: int, problems: Problems) -> bool:
    numbers = value if isinstance(value, list) else []
    fine = len(numbers) == count and all(_is_share(number) for number in numbers)
    if not fine or not numbers:
        problems.add(_FILE, "simulator", field, f"应为 {count} 个不小于 0 的数", f"must be {count} numbers of at least 0")  # fmt: skip
        return False
    return True


def _check_shares(field: str, value: object, count: int, problems: Problems) -> None:
    if _check_numbers(field, value, count, problems) and isinstance(value, list):
        total = sum(value)
        if abs(total - 1) > _TOLERANCE:
            problems.add(_FILE, "simulator", field, f"各项之和应为 1，现为 {total:.4f}", f"must add up to 1, not {total:.4f}")  # fmt: skip


def _is_share(number: object) -> bool:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    return math.isfinite(number) and number >= 0
