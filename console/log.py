"""Where log lines go: standard error, and a file of the data folder that never grows without end."""

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def setup(data_dir: Path, name: str) -> None:
    """Warnings to standard error, everything from INFO to `data_dir/log/NAME.log` (5 × 2 MB)."""
    folder = data_dir / "log"
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / f"{name}.log", maxBytes=2_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    stderr = logging.StreamHandler()
    stderr.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.INFO, format=_FORMAT, handlers=[file, stderr], force=True)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
