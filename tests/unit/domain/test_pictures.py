from __future__ import annotations

import base64
import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.pictures import picture_digest


def png(pixels: bytes, level: int = 6, text: bytes = b"", idat: bytes | None = None) -> str:
    """A grey picture, one row a byte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = struct.pack(">IIBBBBB", 1, len(pixels), 8, 0, 0, 0, 0)
    rows = b"".join(b"\x00" + bytes([pixel]) for pixel in pixels)
    packed = zlib.compress(rows, level) if idat is None else idat
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    data += chunk(b"tEXt", text) if text else b""
    half = len(packed) // 2
    data += chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:]) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()


def test_digest_is_the_same_when_only_packing_and_remarks_differ() -> None:
    pixels = bytes(range(200))

    assert picture_digest(png(pixels, 1, b"Date\x00now")) == picture_digest(png(pixels, 9))


@given(st.binary(min_size=1, max_size=20), st.binary(min_size=1, max_size=20))
def test_digest_is_another_when_a_pixel_is(one: bytes, other: bytes) -> None:
    assert (picture_digest(png(one)) == picture_digest(png(other))) == (one == other)


def test_digest_is_of_the_bytes_when_it_is_no_whole_png() -> None:
    jpeg = base64.b64encode(b"\xff\xd8 some").decode()
    broken, other = png(b"a", idat=b"not packed"), png(b"a", idat=b"not packed either")

    assert picture_digest(jpeg) == picture_digest(jpeg + "\n")
    assert picture_digest(broken) != picture_digest(other)
    assert picture_digest("no base64!") != picture_digest("no base64?")
