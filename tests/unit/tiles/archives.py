"""Makes PMTiles archives for tests."""

from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer


def make_archive(
    file: Path, tiles: dict[tuple[int, int, int], bytes], kind: TileType = TileType.PNG
) -> None:
    """`tiles` by (zoom, column, row)."""
    with file.open("wb") as out:
        writer: Any = Writer(out)
        for place in sorted(tiles, key=lambda place: zxy_to_tileid(*place)):
            writer.write_tile(zxy_to_tileid(*place), tiles[place])
        zooms = [place[0] for place in tiles]
        writer.finalize(
            {
                "tile_type": kind,
                "tile_compression": Compression.GZIP if kind is TileType.MVT else Compression.NONE,
                "min_zoom": min(zooms),
                "max_zoom": max(zooms),
            },
            {},
        )
