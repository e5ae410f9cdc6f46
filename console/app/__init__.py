"""The composition root: arguments, then the processes, the picture and the window; nothing else imports it."""

import os
import sys

from console.app.arguments import parse
from console.app.problems import StartProblem

__all__ = ["main"]


def main() -> int:
    """Run the console; returns the exit code (0, or 2 when it could not start)."""
    os.umask(0o077)  # what lies in the data folder is for its owner only
    try:
        settings = parse(sys.argv[1:])
        # Qt is imported only now: `--help` and a wrong word answer at once.
        from console.app.run import run

        return run(settings)
    except StartProblem as problem:
        print(f"{problem.zh}\n{problem.en}", file=sys.stderr)
        return 2
