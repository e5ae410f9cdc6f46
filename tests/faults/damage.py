"""What a bad disk does to a file: pages of nothing, of noise, of another place, or no end."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

PAGE = 4096


def spoil(file: Path, rnd: Random) -> str:
    """Damage one to three pages so that the file is another one; says how."""
    before = file.read_bytes()
    while True:
        data = bytearray(before)
        done = [_one(data, rnd) for _ in range(rnd.choice((1, 1, 1, 2, 3)))]
        if data != before:
            file.write_bytes(data)
            return ", ".join(done)


def _one(data: bytearray, rnd: Random) -> str:
    name = rnd.choice(sorted(KINDS))
    start = rnd.randrange(max(1, -(-len(data) // PAGE))) * PAGE
    KINDS[name](data, start, rnd)
    return f"{name} at {start}"


def _put(data: bytearray, start: int, page: bytes) -> None:
    end = min(start + PAGE, len(data))
    data[start:end] = page[: end - start]


def _zeros(data: bytearray, start: int, rnd: Random) -> None:
    _put(data, start, bytes(PAGE))


def _noise(data: bytearray, start: int, rnd: Random) -> None:
    _put(data, start, rnd.randbytes(PAGE))


def _half(data: bytearray, start: int, rnd: Random) -> None:
    """A page torn in the middle."""
    half = start + rnd.randrange(1, PAGE // 512) * 512
    if half < len(data):
        end = min(start + PAGE, len(data))
        data[half:end] = bytes(end - half)


def _elsewhere(data: bytearray, start: int, rnd: Random) -> None:
    """A page that was written to the wrong place."""
    other = rnd.randrange(max(1, len(data) // PAGE)) * PAGE
    _put(data, start, bytes(data[other : other + PAGE]))


def _cut(data: bytearray, start: int, rnd: Random) -> None:
    """The file ends too early."""
    del data[max(start, PAGE if len(data) > PAGE else 1) :]


def _bit(data: bytearray, start: int, rnd: Random) -> None:
    place = min(start + rnd.randrange(PAGE), len(data) - 1)
    data[place] ^= 1 << rnd.randrange(8)


KINDS: Mapping[str, Callable[[bytearray, int, Random], None]] = {
    "zeros": _zeros,
    "noise": _noise,
    "half a page": _half,
    "another page": _elsewhere,
    "an early end": _cut,
    "one bit": _bit,
}
"""How a page goes bad."""
