"""The length of a video or an audio clip, as its file states it."""

import io
import wave
from struct import error as struct_error
from struct import unpack_from

# Bit rates in kbit/s, by their index in the header of a frame. MPEG 2.5 has those of MPEG 2.
_KBITS_MPEG_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_MPEG_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
# Sampling rates in Hz of MPEG 1, by their index in the header of a frame.
_SAMPLING = (44100, 48000, 32000)


def milliseconds_of(suffix: str, body: bytes) -> int | None:
    """Return the length of a file in whole milliseconds; None if the file does not state it."""
    try:
        if suffix in ("mp4", "mov", "m4a"):
            return _mp4_milliseconds(body)
        if suffix == "wav":
            return _wav_milliseconds(body)
        return _mp3_milliseconds(body) if suffix == "mp3" else None
    except (wave.Error, EOFError, struct_error, ArithmeticError, LookupError):
        return None


def _wav_milliseconds(body: bytes) -> int:
    with wave.open(io.BytesIO(body)) as sound:
        return int(sound.getnframes() * 1000 // sound.getframerate())


def _mp4_milliseconds(body: bytes) -> int | None:
    movie = _content_of_box(body, b"moov")
    header = _content_of_box(movie, b"mvhd")
    # The first byte is the version. In version 1, times have 64 bits; in version 0, 32 bits.
    scale, length = unpack_from(">IQ", header, 20) if header[0] else unpack_from(">II", header, 12)
    return int(length * 1000 // scale)


def _content_of_box(boxes: bytes, wanted: bytes) -> bytes:
    """Return the content of the first MP4 box of a kind, from boxes that follow each other."""
    position = 0
    while position < len(boxes):
        size, kind = unpack_from(">I4s", boxes, position)
        head = 8
        if size == 1:  # the size is a number of 64 bits, after the kind
            [size], head = unpack_from(">Q", boxes, position + 8), 16
        end = position + size if size else len(boxes)  # size 0: up to the end of the file
        if kind == wanted:
            return boxes[position + head : end]
        position = max(end, position + head)
    raise LookupError(wanted)


def _mp3_milliseconds(body: bytes) -> int | None:
    position = 0
    if body.startswith(b"ID3"):
        # The size of the ID3 tag is in four bytes of 7 bits each. Its header has 10 bytes.
        a, b, c, d = unpack_from("4B", body, 6)
        position = 10 + (a << 21 | b << 14 | c << 7 | d)
    # The second and the third byte of the header of a frame.
    flags, rates = unpack_from("xBB", body, position)
    version = flags >> 3 & 3
    is_mpeg_1 = version == 3
    # MPEG 2 has half of the sampling rates of MPEG 1, and MPEG 2.5 (version 0) a quarter.
    sampling = _SAMPLING[rates >> 2 & 3] // {3: 1, 2: 2, 0: 4}[version]
    kbits = (_KBITS_MPEG_1 if is_mpeg_1 else _KBITS_MPEG_2)[rates >> 4]
    head = body[position : position + 200]
    # A file with a variable bit rate has one of these marks, followed by flags and
    # the number of its frames. The lowest bit of the flags says whether the number is there.
    for mark in (b"Xing", b"Info"):
        if (found := head.find(mark)) > 0 and head[found + 7] & 1:
            [count] = unpack_from(">I", head, found + 8)
            samples_per_frame = 1152 if is_mpeg_1 else 576
            return int(count * samples_per_frame * 1000 // sampling)
    return (len(body) - position) * 8 // kbits  # bits divided by kbit/s are milliseconds
