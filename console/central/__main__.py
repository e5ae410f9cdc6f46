"""`python -m console.central` runs the API alone."""

import gc
import sys

# What is imported at the start stays for ever: looking through it again and again is a tenth of
# the time to ready. `cli` turns collection on once it listens.
gc.disable()

from console.central.cli import main  # noqa: E402

sys.exit(main())
