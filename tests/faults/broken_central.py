"""Starts the central API with something broken from outside: a death at a named point, or a wrong variant.

    python -m tests.faults.broken_central [--die POINT:N] [--variant NAME] [--ring N] -- OPTIONS OF THE API

The product knows nothing of this: it is patched here, before it begins.
"""

import argparse
import sys

from tests.faults import points, variants


def main() -> int:
    """Break it as told, then run it."""
    where = sys.argv.index("--")
    parser = argparse.ArgumentParser(prog="python -m tests.faults.broken_central")
    parser.add_argument("--die", metavar="POINT:N", help=f"one of {sorted(points.POINTS)}")
    parser.add_argument("--variant", choices=sorted(variants.VARIANTS))
    parser.add_argument("--ring", type=int, help="events kept for live readers")
    options = parser.parse_args(sys.argv[1:where])
    if options.ring:
        points.small_ring(options.ring)
    if options.variant:
        variants.VARIANTS[options.variant]()
    if options.die:
        point, _, number = options.die.partition(":")
        points.POINTS[point](int(number))

    from console.central.cli import main as serve

    return serve(sys.argv[where + 1 :])


if __name__ == "__main__":
    sys.exit(main())
