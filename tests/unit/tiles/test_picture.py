"""Only pictures of a size that can be shown pass, and any bytes come to an end."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.tiles.picture import LARGEST_BYTES, picture_type
from tests.tile_server import png


def jpeg(width: int = 256, height: int = 256, *, fill: int = 0) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x04ab"
        + b"\xff" * fill
        + b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xd9"
    )


def webp(kind: bytes, body: bytes) -> bytes:
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


LOSSY = webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 256, 512) + b"\0" * 8)
LOSSLESS = webp(b"VP8L", b"\x2f" + (255 | 255 << 14).to_bytes(4, "little") + b"\0" * 12)
EXTENDED = webp(b"VP8X", b"\0" * 4 + (255).to_bytes(3, "little") * 2 + b"\0" * 8)


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (png(), "image/png"),
        (jpeg(), "image/jpeg"),
        (jpeg(fill=3), "image/jpeg"),
        (LOSSY, "image/webp"),
        (LOSSLESS, "image/webp"),
        (EXTENDED, "image/webp"),
    ],
)
def test_pictures_are_known_by_their_bytes(body: bytes, mime: str) -> None:
    assert picture_type(body) == mime


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><script>1</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 40,
        png()[:20],
        png(side=8)[:16] + struct.pack(">II", 30_000, 30_000) + png(side=8)[24:],
        jpeg(width=30_000),
        jpeg(height=0),
        webp(b"VP8X", b"\0" * 4 + b"\xff" * 6 + b"\0" * 8),
        webp(b"VP8 ", b"\0" * 20),
        png() + b"\0" * LARGEST_BYTES,
    ],
    ids=range(11),
)
def test_nothing_else_passes(body: bytes) -> None:
    assert picture_type(body) is None


@given(st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFFxxxxWEBP"]), st.binary())
def test_any_bytes_are_judged(begin: bytes, rest: bytes) -> None:
    assert picture_type(begin + rest) in (None, "image/png", "image/jpeg", "image/webp")
