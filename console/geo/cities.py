"""Where the bundled city packs are."""

from pathlib import Path

DEFAULT_CITY = "haikou"
"""The pack that is used when none is named."""


def cities_folder() -> Path:
    """The folder with one subfolder per bundled pack."""
    return Path(__file__).resolve().parents[2] / "resources" / "cities"


def bundled_cities() -> list[Path]:
    """The bundled packs' folders in name order."""
    return sorted(path.parent for path in cities_folder().glob("*/city.toml"))


def default_city() -> Path:
    """The folder of the default pack."""
    return cities_folder() / DEFAULT_CITY
