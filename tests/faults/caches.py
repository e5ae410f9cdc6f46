"""Damaged caches: what is in them can be made anew, so nobody may notice more than a slower start."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest import mock

import numpy as np

from console.geo.boundaries import Boundaries, load_boundaries
from console.geo.pack.layers import LAYERS
from console.map import page_cache
from console.map.page_cache import PageCache
from tests.central_process import TINY
from tests.faults.aftermath import LIMIT_S
from tests.faults.damage import spoil
from tests.faults.plan import Control, Fault, RunOne, Verdict

PAGES: Mapping[str, bytes] = {
    "page.html": b"<html>" + bytes(range(32, 127)) * 200,
    "grids.bin": Random(1).randbytes(60_000),
}


@contextmanager
def damaged_caches(folder: Path) -> Iterator[RunOne]:
    """The city's geometry as every start reads it, and the map's page."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole"
    truth = load_boundaries(TINY, whole / "geometry")
    PageCache(whole / "pages", "key").load(tuple(PAGES), lambda: PAGES)

    def run(seed: int) -> Verdict:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            return _one(Path(shutil.copytree(whole, Path(place) / "cache")), truth, Random(seed))

    yield run


def _one(cache: Path, truth: Boundaries, rnd: Random) -> Verdict:
    file = rnd.choice(sorted(file for file in cache.rglob("*") if file.is_file()))
    what = f"{file.name}: {spoil(file, rnd)}"
    began = time.monotonic()
    lies: list[str] = []
    for again in (False, True):  # what was made anew is kept, and whole
        found = load_boundaries(TINY, cache / "geometry")
        if not _same(found, truth):
            lies.append(f"other boundaries (again: {again})")
        pages = PageCache(cache / "pages", "key").load(tuple(PAGES), lambda: PAGES)
        if pages != PAGES:
            lies.append(f"another page (again: {again})")
    took = time.monotonic() - began
    if took > LIMIT_S:
        lies.append(f"it took {took:.1f} s")
    return Verdict(tuple(f"{what}: {lie}" for lie in lies), {"loaded_s": took})


def _same(one: Boundaries, other: Boundaries) -> bool:
    for name in LAYERS:
        mine, theirs = getattr(one, name), getattr(other, name)
        for field in ("codes", "parents", "names"):
            if list(getattr(mine, field)) != list(getattr(theirs, field)):
                return False
        for field in ("coords", "ring_offsets", "part_offsets", "multi_offsets", "labels"):
            if not np.array_equal(getattr(mine, field), getattr(theirs, field)):
                return False
    return True


@contextmanager
def _unsealed(folder: Path) -> Iterator[RunOne]:
    """As it was before the page had a seal."""
    with (
        mock.patch.object(page_cache, "_seal", return_value=b"the same for all"),
        damaged_caches(folder) as run_one,
    ):
        yield run_one


FAULTS = (
    Fault(
        name="corrupt-cache",
        invariant="made anew within 10 s: the same boundaries, the same page",
        wanted=100,
        short=5,
        campaign=damaged_caches,
        controls=(Control("a page without a seal", _unsealed, 10),),
    ),
)
