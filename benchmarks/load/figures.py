"""Median, tail and worst of some numbers, as the benchmarks print them."""

import statistics
from collections.abc import Sequence


def spread(numbers: Sequence[float]) -> dict[str, float]:
    """Median, p95, p99 and worst, to two decimals; nothing of fewer than two numbers."""
    if len(numbers) < 2:
        return {}
    cuts = statistics.quantiles(numbers, n=100, method="inclusive")
    found = {"median": cuts[49], "p95": cuts[94], "p99": cuts[98], "worst": max(numbers)}
    return {name: round(value, 2) for name, value in found.items()}
