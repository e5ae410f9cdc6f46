"""`python -m console.feed`."""

import sys

from console.feed.cli import main

if __name__ == "__main__":
    sys.exit(main())
