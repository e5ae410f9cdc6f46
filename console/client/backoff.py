"""Waiting between tries: exponential with full jitter."""

import random


def full_jitter(attempt: int, base_s: float = 0.25, cap_s: float = 8.0) -> float:
    """Seconds to wait before try `attempt` (0, 1, …): uniform in 0 … min(cap, base·2^attempt).

    After "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015): many consoles must not
    come back at the same instant.
    """
    ceiling: float = min(cap_s, base_s * 2.0 ** min(attempt, 16))
    return random.uniform(0, ceiling)  # noqa: S311 - jitter, not a secret
