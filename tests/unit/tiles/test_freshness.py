"""How long a service's answer is used."""

import pytest

from console.tiles.freshness import DEFAULT_S, LEAST_S, MOST_S, fresh_for


@pytest.mark.parametrize(
    ("control", "seconds"),
    [
        ("", DEFAULT_S),
        ("public, max-age=86400", 86_400),
        ('MAX-AGE="86400"', 86_400),
        ("max-age=1", LEAST_S),
        ("max-age=99999999999", MOST_S),
        ("max-age=-1", DEFAULT_S),
        ("no-cache", LEAST_S),
        ("private, no-store, max-age=5", None),
    ],
)
def test_cache_control(control: str, seconds: float | None) -> None:
    assert fresh_for({"Cache-Control": control}) == seconds


def test_age_counts() -> None:
    assert fresh_for({"Cache-Control": "max-age=86400", "Age": "6400"}) == 80_000
