"""The length of a WAV file."""

import struct
from typing import BinaryIO

from kling._media.lengths import Length

# Formats whose samples all have the same size: PCM, floats, both laws of telephony, and the
# header that has room for more.
_EVEN = (1, 3, 6, 7, 0xFFFE)
_CHUNK = 8


def wav_length(file: BinaryIO, size: int) -> Length | None:
    """Return how long a WAV file is; None if it does not say what its samples are.

    Programs that write to a pipe do not know the length when they write the header, so that it has
    0 or a huge number there. Then the rest of the file is taken for the sound.
    """
    position, bytes_a_second, is_even = 12, 0, False
    while position + _CHUNK <= size:
        file.seek(position)
        name, length = struct.unpack("<4sI", file.read(_CHUNK))
        position += _CHUNK
        if name == b"fmt ":
            form, channels, rate, average, block, _ = struct.unpack("<HHIIHH", file.read(16))
            is_even = form in _EVEN and channels > 0
            bytes_a_second = rate * block if is_even else average
        elif name == b"data":
            is_streamed = position + length > size or (not length and position < size)
            found = size - position if is_streamed else length
            if not bytes_a_second:
                return None
            return Length(found / bytes_a_second, is_streamed or not is_even)
        position += length + length % 2
    return None
