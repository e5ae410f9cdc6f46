"""Pictures of a local PMTiles archive (version 3); one with vector tiles is refused."""

import threading
from pathlib import Path
from typing import Any, BinaryIO

from pmtiles.tile import (
    Compression,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from console.tiles.fault import Fault, NoPicture
from console.tiles.picture import LARGEST_BYTES, picture_type

Place = tuple[int, int, int]

_HEADER_BYTES = 127
_DEEPEST = 4
"""Directories on the way to a tile at most, as the library's own reader has it."""
_DIRECTORIES = 64
"""Directories kept as read: reading one of thousands of entries takes tens of milliseconds."""
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
        self._header: dict[str, Any] = {}
        self._directories: dict[tuple[int, int], Any] = {}

    def tile(self, place: Place) -> bytes:
        """The picture of (zoom, column, row), b"" where the archive has none; raises NoPicture."""
        with self._lock:
            try:
                self._open()
                body = self._find(zxy_to_tileid(*place))
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
        if not body:
            return b""
        if picture_type(body) is None:
            raise NoPicture(Fault.FILE_BROKEN, f"{self._file.name}: a tile that is no picture")
        return body

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
            header: dict[str, Any] = {**deserialize_header(self._read(0, _HEADER_BYTES))}
            self._check(header)
        except (MagicNumberNotFound, SpecVersionUnsupported, UnicodeDecodeError) as error:
            raise NoPicture(Fault.FILE_BROKEN, f"{self._file.name}: no PMTiles 3") from error
        self._identity, self._header = identity, header
        self._directories.clear()

    def _find(self, number: int) -> bytes:
        """From directory to directory to the tile of that number, b"" when there is none."""
        header = self._header
        at = header["root_offset"], header["root_length"]
        for _ in range(_DEEPEST):
            found = find_tile(self._directory(at), number)
            if found is None:
                return b""
            if found.run_length:
                return self._read(header["tile_data_offset"] + found.offset, found.length)
            at = header["leaf_directory_offset"] + found.offset, found.length
        return b""

    def _directory(self, at: tuple[int, int]) -> Any:
        if at not in self._directories:
            if len(self._directories) >= _DIRECTORIES:
                self._directories.pop(next(iter(self._directories)))
            self._directories[at] = deserialize_directory(self._read(*at))
        return self._directories[at]

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
