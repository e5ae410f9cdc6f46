"""`python -m console.replay`."""

import sys

from console.replay.cli import main

if __name__ == "__main__":
    sys.exit(main())
