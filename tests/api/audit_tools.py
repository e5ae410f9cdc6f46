"""The central's tools as an operator calls them: a process each, its exit code and what it says."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.central_process import PATIENCE_S, ROOT


@dataclass(frozen=True)
class Said:
    """How a tool ended; `told` is its JSON line."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        return json.loads(self.out.splitlines()[-1])


def tool(name: str, *options: object, database: str | None = None) -> Said:
    """Run one to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "console.central", name, *map(str, options)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE_S,
        env=os.environ | ({"BATON_DATABASE": database} if database else {}),
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def kept(data_dir: Path) -> Path:
    """Where a process puts its checkpoints when nothing else is said."""
    return data_dir.with_name(f"{data_dir.name}-checkpoints")
