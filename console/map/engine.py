"""What QtWebEngine must know before it starts: the map's own scheme, and how the page's compilers share threads."""

import os

from console.map.scheme import register_scheme

_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"

COMPILERS = "--js-flags=--no-concurrent-sparkplug,--concurrent-maglev-max-threads=1,--concurrent-turbofan-max-threads=1"
"""On up to four cores a page has three threads for work in the background. V8 compiles on them, and a
compiler that finds its heap full waits there until the main thread has collected garbage. The main
thread, when it measures text of a new size, waits for the font service, which needs one of the three.
Three compilers that wait, and the page stands still for ever: so no more than two may run at once
(docs/decisions/0022-two-compilers.md)."""


def prepare_engine() -> None:
    """Set all of it; call once, before the QApplication is made.

    Who sets V8 flags in QTWEBENGINE_CHROMIUM_FLAGS has ours no more: Chromium takes the last ones only.
    """
    flags = os.environ.get(_FLAGS, "")
    if "--js-flags" not in flags:
        os.environ[_FLAGS] = f"{flags} {COMPILERS}".strip()
    register_scheme()
