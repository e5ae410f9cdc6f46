"""Keeps a city's layers as one binary file per pack, so that later starts need no geopandas."""

import contextlib
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from console.geo.layer import Layer
from console.geo.pack.layers import LAYERS

FORMAT = 1
"""Raise it when the meaning of the arrays changes: older files are then read anew."""

_TEXTS = ("codes", "parents", "names")
_ARRAYS = ("coords", "ring_offsets", "part_offsets", "multi_offsets", "labels")


def cache_file(cache: Path, pack: str, digest: str) -> Path:
    """The file of the pack with that folder name and hash."""
    return cache / f"boundaries-{pack}-{FORMAT}-{digest[:24]}.npz"


def read_cache(cache: Path, pack: str, digest: str) -> dict[str, Layer] | None:
    """The layers kept for this very pack; None when there are none or the file is damaged."""
    try:
        with np.load(cache_file(cache, pack, digest), allow_pickle=False) as arrays:
            if str(arrays["digest"]) != digest:
                return None
            return {name: _layer(arrays, name) for name in LAYERS}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def write_cache(cache: Path, pack: str, digest: str, layers: Mapping[str, Layer]) -> None:
    """Keep the layers and drop the pack's older files; a folder one may not write to is left."""
    path = cache_file(cache, pack, digest)
    arrays: dict[str, np.ndarray] = {"digest": np.array(digest)}
    for name, layer in layers.items():
        for field in _TEXTS:
            arrays[f"{name}.{field}"] = np.array(getattr(layer, field), dtype=np.str_)
        for field in _ARRAYS:
            arrays[f"{name}.{field}"] = getattr(layer, field)
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        # Two consoles may start at once: each writes its own file, the last one's stays.
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        part.replace(path)
        for old in cache.glob(f"boundaries-{pack}-*.npz"):
            if old != path:
                old.unlink()


def _layer(arrays: Mapping[str, np.ndarray], name: str) -> Layer:
    codes, parents, names = (arrays[f"{name}.{field}"].tolist() for field in _TEXTS)
    found = {field: arrays[f"{name}.{field}"] for field in _ARRAYS}
    return Layer(codes=codes, parents=parents, names=names, **found)
