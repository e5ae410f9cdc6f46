"""`python -m console.central` runs the API alone."""

import sys

from console.central.cli import main

sys.exit(main())
