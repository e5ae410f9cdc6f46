"""How long an answer may be used without asking again (RFC 9111, as far as pictures need it)."""

from collections.abc import Mapping

DEFAULT_S = 7 * 86_400.0
"""Map pictures change seldom, and many services say nothing."""
LEAST_S = 3_600.0
"""A service that wants to be asked for every look would be asked for every pan."""
MOST_S = 90 * 86_400.0
ABSENT_S = 86_400.0
"""So long a place without a picture is not asked for again."""


def fresh_for(headers: Mapping[str, str]) -> float | None:
    """Seconds an answer stays fresh; None when it must not be kept at all."""
    words = [word.strip().lower() for word in headers.get("Cache-Control", "").split(",")]
    if "no-store" in words:
        return None
    if "no-cache" in words:
        return LEAST_S
    for word in words:
        name, _, value = word.partition("=")
        if name == "max-age" and value.strip('"').isdigit():
            age = headers.get("Age", "0")
            left = float(value.strip('"')) - (float(age) if age.isdigit() else 0.0)
            return min(max(left, LEAST_S), MOST_S)
    return DEFAULT_S
