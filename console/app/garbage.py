"""Python's garbage is collected by the GUI thread only: Qt's objects must be destroyed where they live.

Left to itself Python collects in whichever thread allocates, and a widget or timer in a cycle ends
there, with the process. pyqtgraph's `GarbageCollector` does the same and is not used: all of
pyqtgraph would be loaded at the start.
"""

import gc


def collect_due() -> None:
    """Collect, as far as it is due, what automatic collection would have collected by now."""
    due = [
        generation
        for generation, (count, most) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if count > most
    ]
    if due:
        gc.collect(due[-1])
