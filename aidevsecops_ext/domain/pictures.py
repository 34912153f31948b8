"""What a PNG shows, apart from what it says about itself."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The size, colours and transparency; not who wrote it, when and how well it was packed.
_SHOWN = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"acTL"})
_LARGEST = 400_000_000


def picture_digest(encoded: str) -> str:
    """A digest of what a picture in base64 shows; of its bytes where it is not a plain PNG."""
    try:
        data = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return hashlib.sha256(encoded.encode()).hexdigest()
    return hashlib.sha256(_shown(data) or data).hexdigest()


def _shown(data: bytes) -> bytes | None:
    if not data.startswith(_SIGNATURE):
        return None
    packed: list[bytes] = []
    kept: list[bytes] = []
    at = len(_SIGNATURE)
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + length]
        if kind == b"IDAT":
            packed.append(content)
        elif kind in _SHOWN:
            kept.append(kind + content)
        at += length + 12
    try:
        pixels = zlib.decompressobj().decompress(b"".join(packed), _LARGEST)
    except zlib.error:
        return None
    return b"".join([*kept, pixels])
