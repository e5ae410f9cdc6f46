"""Looks at a picture's first bytes: what it is and how large, before anything decodes it."""

import struct

LARGEST_BYTES = 2 * 1024 * 1024
"""A tile of 512 × 512 without any compression has 1 MiB."""
LARGEST_EDGE = 1024
"""Pixels; a small file can hold a picture that fills the memory."""

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers whose segment holds the picture's size (ITU-T T.81, table B.1)."""
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers without a segment."""

MIME_TYPES = ("image/png", "image/jpeg", "image/webp")
"""What is shown, the best for maps first: lines stay sharp and what is empty is clear."""

Size = tuple[int, int]


def picture_type(body: bytes) -> str | None:
    """The MIME type of a PNG, JPEG or WebP whose size can be shown; None for anything else."""
    if len(body) > LARGEST_BYTES:
        return None
    for mime, measure in zip(MIME_TYPES, (_png, _jpeg, _webp), strict=True):
        size = measure(body)
        if size is not None:
            return mime if all(0 < edge <= LARGEST_EDGE for edge in size) else None
    return None


def _png(body: bytes) -> Size | None:
    if not body.startswith(_PNG) or body[12:16] != b"IHDR" or len(body) < 33:
        return None
    width, height = struct.unpack_from(">II", body, 16)
    return width, height


def _webp(body: bytes) -> Size | None:
    """Container and the three kinds of its first chunk (RFC 9649)."""
    if body[:4] != b"RIFF" or body[8:12] != b"WEBP" or len(body) < 30:
        return None
    kind = body[12:16]
    if kind == b"VP8 " and body[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", body, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and body[20] == 0x2F:
        bits = int.from_bytes(body[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return _uint24(body, 24) + 1, _uint24(body, 27) + 1
    return None


def _uint24(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 3], "little")


def _jpeg(body: bytes) -> Size | None:
    """Goes from segment to segment; each step leads forward, so any bytes come to an end."""
    if body[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while at + 9 < len(body):
        if body[at] != 0xFF:
            return None
        marker = body[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", body, at + 5)
            return width, height
        else:
            at += 2 + max(2, int.from_bytes(body[at + 2 : at + 4], "big"))
    return None
