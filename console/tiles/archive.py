"""Pictures of a local PMTiles archive (version 3); one with vector tiles is refused."""

import threading
from pathlib import Path
from typing import Any, BinaryIO

from pmtiles.reader import Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType

from console.tiles.fault import Fault, NoPicture
from console.tiles.picture import LARGEST_BYTES, picture_type

Place = tuple[int, int, int]

_Reader: Any = Reader
"""The library's own types are incomplete."""
_PICTURES = frozenset({TileType.PNG, TileType.JPEG, TileType.WEBP})


class Archive:
    """Opened at the first look, and anew when the file has been replaced; safe from several threads.

    Read, not mapped: a file that is cut short on a network drive must not end the program with a
    bus error.
    """

    def __init__(self, file: Path) -> None:
        """The file need not be there yet."""
        self._file = file
        self._lock = threading.Lock()
        self._open_file: BinaryIO | None = None
        self._identity: tuple[int, int, int] | None = None

    def tile(self, place: Place) -> bytes:
        """The picture of (zoom, column, row), b"" where the archive has none; raises NoPicture."""
        with self._lock:
            try:
                self._open()
                body = _Reader(self._read).get(*place)
            except NoPicture:
                raise
            except FileNotFoundError as error:
                raise NoPicture(Fault.FILE_MISSING, f"{self._file.name}: not there") from error
            except OSError as error:
                why = f"{self._file.name}: {error.strerror}"
                raise NoPicture(Fault.FILE_MISSING, why) from error
            except Exception as error:  # the reader raises whatever hostile bytes make it raise
                why = f"{self._file.name}: {type(error).__name__}"
                raise NoPicture(Fault.FILE_BROKEN, why) from error
        if body is None:
            return b""
        if picture_type(body) is None:
            raise NoPicture(Fault.FILE_BROKEN, f"{self._file.name}: a tile that is no picture")
        return bytes(body)

    def close(self) -> None:
        """Let go of the file; the next look opens it again."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._open_file is not None:
            self._open_file.close()
        self._open_file = self._identity = None

    def _open(self) -> None:
        found = self._file.stat()
        identity = (found.st_ino, found.st_size, found.st_mtime_ns)
        if identity == self._identity:
            return
        self._close()
        self._open_file = self._file.open("rb")
        try:
            self._check(_Reader(self._read).header())
        except (MagicNumberNotFound, SpecVersionUnsupported, UnicodeDecodeError) as error:
            raise NoPicture(Fault.FILE_BROKEN, f"{self._file.name}: no PMTiles 3") from error
        self._identity = identity

    def _check(self, header: dict[str, Any]) -> None:
        if header["tile_type"] == TileType.MVT:
            raise NoPicture(Fault.FILE_VECTOR, f"{self._file.name}: holds vector tiles")
        if header["tile_type"] not in _PICTURES:
            raise NoPicture(Fault.FILE_BROKEN, f"{self._file.name}: no PNG, JPEG or WebP")
        if header["tile_compression"] not in (Compression.NONE, Compression.UNKNOWN):
            raise NoPicture(Fault.FILE_BROKEN, f"{self._file.name}: compressed pictures")

    def _read(self, offset: int, length: int) -> bytes:
        """Exactly these bytes; ValueError when the file ends before, or so much cannot be meant."""
        if self._open_file is None or not 0 <= length <= LARGEST_BYTES:
            raise ValueError(f"{length} bytes cannot be meant")
        self._open_file.seek(offset)
        body = self._open_file.read(length)
        if len(body) != length:
            raise ValueError("the file ends too soon")
        return body
