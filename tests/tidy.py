"""Qt's objects are destroyed in the thread they live in: no other thread may collect garbage meanwhile."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_here() -> Iterator[None]:
    """Garbage is collected by this thread behind the body, as far as it is due.

    Python collects in whichever thread allocates; a widget or timer in a cycle would be destroyed
    there, and the process end with it.
    """
    gc.disable()
    try:
        yield
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > most
        ]
        if due:
            gc.collect(due[-1])
    finally:
        gc.enable()
