"""The whole program with an ear at the desk's map: what was noticed when, and whether the page has everything.

    python -m tests.faults.map_console --ear NAME <the program's own arguments>

Apart from the ear (map_ear.py) it is the product itself.
"""

import os
import sys
from typing import Any

EAR = "--ear"
SMALL_HEAP = "--js-flags=--max-old-space-size=400"
"""MiB of memory of the page after which it dies: want of it must not be the whole machine's."""


def main() -> int:
    """The program, and beside it the ear."""
    place = sys.argv.index(EAR)
    name = sys.argv[place + 1]
    del sys.argv[place : place + 2]
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = SMALL_HEAP
    _give_an_ear(name)
    from console.app import main as program

    return program()


def _give_an_ear(name: str) -> None:
    """To every desk; Qt may be imported only when its environment is prepared."""
    from console.app import environment

    prepare = environment.prepare

    def prepared(*arguments: Any, **more: Any) -> list[str]:
        notices = prepare(*arguments, **more)
        from console.views.desk.screen import DeskScreen
        from tests.faults.map_ear import Ear

        build = DeskScreen.__init__

        def built(desk: Any, stage: Any) -> None:
            build(desk, stage)
            Ear(desk, name)

        DeskScreen.__init__ = built  # type: ignore[method-assign]
        return notices

    environment.prepare = prepared


if __name__ == "__main__":
    sys.exit(main())
