"""Where files live: what is shipped, what this user keeps, what may be thrown away."""

import os
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds `console` and `resources`."""

RESOURCES = ROOT / "resources"
CITIES = RESOURCES / "cities"
DEFAULT_CITY = CITIES / "haikou"


def data_dir() -> Path:
    """The user's data folder (log, outbox, settings)."""
    return Path(platformdirs.user_data_dir("baton", appauthor=False))


def cache_dir(data: Path) -> Path:
    """What can be made again: the map page, the compiled boundaries. It lies beside the data."""
    return data / "cache"


def private_file(path: Path, content: str) -> None:
    """Write a file only its owner can read; replaced whole, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    draft.replace(path)
