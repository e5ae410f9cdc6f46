"""What is due is collected, by whoever asks."""

import gc
import weakref

from console.app.garbage import collect_due


class Knot:
    """Refers to itself."""

    def __init__(self) -> None:
        self.own = self


def test_cycles_end_when_they_are_due_and_not_before() -> None:
    gc.collect()
    gc.disable()
    try:
        knot = weakref.ref(Knot())
        collect_due()
        assert knot() is not None
        kept = [[] for _ in range(gc.get_threshold()[0] + 1)]  # type: ignore[var-annotated]
        collect_due()
        assert knot() is None
        assert kept
    finally:
        gc.enable()
