"""Start the console: `python main.py --help` tells the ways."""

import sys

from console.app import main

if __name__ == "__main__":
    sys.exit(main())
