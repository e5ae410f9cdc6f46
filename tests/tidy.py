"""While a test runs no other thread may collect garbage (see console/app/garbage.py)."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from console.app.garbage import collect_due


@contextmanager
def collected_here() -> Iterator[None]:
    """Garbage is collected by this thread behind the body, as far as it is due."""
    gc.disable()
    try:
        yield
        collect_due()
    finally:
        gc.enable()
