"""A busy city in a process of its own: `python -m benchmarks.mapping.busy URL TOKEN_FILE` works until standard input ends."""

import sys
from pathlib import Path

from benchmarks.load.traffic import Traffic
from benchmarks.mapping.load import EVENTS_PER_S, POSITIONS_PER_S
from console.geo.cities import default_city
from console.geo.city import load_city


def main() -> None:
    """Commands and positions at the peak's pace."""
    url, token_file = sys.argv[1:]
    token = Path(token_file).read_text(encoding="utf-8").split()[0]
    city = load_city(default_city())
    traffic = Traffic([url], token, city, EVENTS_PER_S, int(POSITIONS_PER_S))
    traffic.start()
    sys.stdin.read()
    traffic.stop()


if __name__ == "__main__":
    main()
