"""The length of a WAV file."""

import struct
from typing import BinaryIO

from kling._media.lengths import Length

# Formats whose samples all have the same size: PCM, float, A-law, mu-law and extensible.
_FIXED_SIZE = (1, 3, 6, 7, 0xFFFE)
_CHUNK_HEADER = 8


def wav_length(file: BinaryIO, size: int) -> Length | None:
    """Return the length of a WAV file.

    Return None if it has no audio, or does not say how many bytes a second of audio has.

    A program that writes to a pipe does not know the length when it writes the header. So it writes
    0 or a huge number there, and we count the rest of the file as audio.
    """
    position, bytes_per_second, has_fixed_size = 12, 0, False
    while position + _CHUNK_HEADER <= size:
        file.seek(position)
        name, length = struct.unpack("<4sI", file.read(_CHUNK_HEADER))
        position += _CHUNK_HEADER
        if name == b"fmt ":
            form, channels, rate, average, block, _ = struct.unpack("<HHIIHH", file.read(16))
            has_fixed_size = form in _FIXED_SIZE and channels > 0
            bytes_per_second = rate * block if has_fixed_size else average
        elif name == b"data":
            # The length is too large, or 0 although bytes follow.
            is_piped = position + length > size or (not length and position < size)
            audio_bytes = size - position if is_piped else length
            if not bytes_per_second:
                return None
            return Length(audio_bytes / bytes_per_second, is_piped or not has_fixed_size)
        # A chunk with an odd length is followed by one more byte.
        position += length + length % 2
    return None
