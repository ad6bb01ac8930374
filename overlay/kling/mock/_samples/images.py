"""Images of any size, drawn when they are requested."""

import math
import zlib
from collections.abc import Iterator
from struct import pack

# The sky has 16 bands of colour. Their palette indexes are 0 to 15; the sun and the hill follow.
_BANDS, _SUN, _HILL = 16, 16, 17
_ZENITH, _HORIZON = (38, 50, 104), (250, 168, 120)
_COLOURS = [
    *(
        [high + (low - high) * band // _BANDS for high, low in zip(_ZENITH, _HORIZON, strict=True)]
        for band in range(_BANDS)
    ),
    [255, 226, 138],
    [52, 46, 92],
]
# The filter byte of a row in PNG: the row itself, or the difference from the row above.
_FILTER_NONE, _FILTER_UP = b"\0", b"\2"


def image(size: tuple[int, int]) -> bytes:
    """Return an image of this width and height, as a PNG."""
    width, height = size
    packer = zlib.compressobj(9)
    same_as_above = _FILTER_UP + bytes(width)
    packed, above = [], b""
    for row in _rows(width, height):
        packed.append(packer.compress(same_as_above if row == above else _FILTER_NONE + row))
        above = row
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            # 8 bits per pixel; 3 means that a pixel is an index of the palette.
            _chunk(b"IHDR", pack(">2I5B", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(value for colour in _COLOURS for value in colour)),
            _chunk(b"IDAT", b"".join(packed) + packer.flush()),
            _chunk(b"IEND", b""),
        ]
    )


def _rows(width: int, height: int) -> Iterator[bytes]:
    side = min(width, height)
    for level in range(height):
        row = bytes([level * _BANDS // height]) * width
        row = _disc(row, width // 2, side // 8, level - height * 2 // 5, _SUN)
        # The hill is the top of a disc whose centre is below the image.
        yield _disc(row, width * 7 // 10, width, level - height * 3 // 4 - width, _HILL)


def _disc(row: bytes, x: int, radius: int, below: int, colour: int) -> bytes:
    """Draw a disc on a row of pixels that is `below` rows below the centre of the disc."""
    if abs(below) >= radius:
        return row
    half = math.isqrt(radius**2 - below**2)
    left, right = max(0, x - half), min(len(row), x + half)
    return row[:left] + bytes([colour]) * (right - left) + row[right:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))
