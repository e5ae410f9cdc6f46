"""Keeps what is slow to make for the page (folium's HTML, the geometry) in a cache folder."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from importlib.metadata import version
from logging import getLogger
from pathlib import Path
from tempfile import mkdtemp

_log = getLogger(__name__)

FORMAT = "2"
"""Raised when the stored files change their meaning."""


def cache_key(pack_hash: str) -> str:
    """Changes with our sources, folium's version and the city pack; does not import folium."""
    digest = hashlib.sha256()
    for part in (FORMAT, version("folium"), pack_hash):
        digest.update(part.encode() + b"\0")
    here = Path(__file__).parent
    for source in sorted(here.rglob("*.py")):
        digest.update(source.relative_to(here).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:32]


_SEAL = "seal"


def _seal(files: Mapping[str, bytes]) -> bytes:
    """What the files were when they were written: a disk may give them back changed."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest().encode()


class PageCache:
    """One folder per key; a folder is moved into place complete, so it is there wholly or not at all."""

    def __init__(self, folder: Path, key: str) -> None:
        """`folder` need not exist; nothing is read or written yet."""
        self._folder = folder
        self._place = folder / key

    def read(self, names: tuple[str, ...]) -> dict[str, bytes] | None:
        """The named files, or None when any is missing, unreadable, or not as it was written."""
        try:
            found = {name: (self._place / name).read_bytes() for name in names}
            whole = (self._place / _SEAL).read_bytes() == _seal(found)
        except OSError:
            return None
        if not whole:
            _log.warning("map: the page cache is damaged, it is made anew")
        return found if whole else None

    def load(
        self, names: tuple[str, ...], build: Callable[[], Mapping[str, bytes]]
    ) -> dict[str, bytes]:
        """The named files, built and stored when not there; a cache that cannot be written is only slower."""
        found = self.read(names)
        if found is not None:
            return found
        built = dict(build())
        try:
            self._store(built)
        except OSError as error:
            _log.warning("map: the page cache cannot be written: %s", error)
        return built

    def _store(self, files: Mapping[str, bytes]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(dir=self._folder))
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        (fresh / _SEAL).write_bytes(_seal(files))
        for old in self._folder.iterdir():
            if old != fresh and old.is_dir():
                shutil.rmtree(old, ignore_errors=True)
        fresh.replace(self._place)
