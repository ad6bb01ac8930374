"""Videos of any length, as MP4 files. Each repeats one stored second of H.264 video.

An MP4 file consists of boxes, whose names have four letters, such as moov.
"""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from struct import pack

_FOLDER = files("kling.mock._samples") / "files"
_NAME = re.compile(r"video-([0-9]+)x([0-9]+)\.h264")
_RATE = 24
"""Frames per second, as in Kling's videos."""

_START_CODE = re.compile(b"\0\0\0?\1")
# An H.264 stream consists of NAL units. These are the types of the parameter sets (SPS and PPS), of
# a key frame, and of any other frame.
_SPS, _PPS, _KEY_FRAME, _OTHER_FRAME = 7, 8, 5, 1
# The transformation matrix that changes nothing.
_IDENTITY = pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


@cache
def sizes() -> Mapping[tuple[int, int], str]:
    """Return the available sizes, as width and height, each with the name of its stored file."""
    matches = (_NAME.fullmatch(file.name) for file in _FOLDER.iterdir())
    return {(int(match[1]), int(match[2])): match[0] for match in matches if match}


def frames(seconds: Decimal) -> int:
    """Return the number of frames of a video."""
    return round(seconds * _RATE) + 1


def milliseconds(seconds: Decimal) -> int:
    """Return the length of a video in whole milliseconds, rounded down as Kling does."""
    return frames(seconds) * 1000 // _RATE


def video(size: tuple[int, int], seconds: Decimal) -> bytes:
    """Return a video as an MP4 file that can start to play before all of it is loaded.

    For this, the box moov, which says where the frames are, is before mdat, which has the frames.
    In MP4, each frame is called a sample.
    """
    units = _units((_FOLDER / sizes()[size]).read_bytes())
    by_type = {_type_of(unit): unit for unit in units}
    frame_types = (_KEY_FRAME, _OTHER_FRAME)
    pictures = [_with_length(unit) for unit in units if _type_of(unit) in frame_types]
    samples = [pictures[number % len(pictures)] for number in range(frames(seconds))]
    head = _box(b"ftyp", b"isom", pack(">I", 512), b"isomiso2avc1mp41")
    configuration = _avc_configuration(by_type[_SPS], by_type[_PPS])

    def movie(begin: int) -> bytes:
        return _movie(size, configuration, samples, len(pictures), begin)

    # The box moov contains `begin`, the position of the first frame. The box has the same length
    # for every number, so measure it with 0. The 8 bytes are the header of mdat.
    begin = len(head) + len(movie(0)) + 8
    return head + movie(begin) + _box(b"mdat", *pictures)


def _units(stream: bytes) -> list[bytes]:
    """Return the NAL units of an H.264 stream."""
    return [unit for unit in _START_CODE.split(stream) if unit]


def _type_of(unit: bytes) -> int:
    return unit[0] & 31  # the lowest five bits of the first byte


def _with_length(unit: bytes) -> bytes:
    return pack(">I", len(unit)) + unit


def _avc_configuration(sequence: bytes, picture: bytes) -> bytes:
    """Return the content of the box avcC, from the parameter sets SPS and PPS."""
    # Bytes of the format: each length has four bytes; one SPS follows.
    lengths_of_four_bytes, one_sequence = 0xFF, 0xE1
    profile = sequence[1:4]
    sets = pack(">BH", one_sequence, len(sequence)) + sequence + pack(">BH", 1, len(picture))
    return bytes([1]) + profile + bytes([lengths_of_four_bytes]) + sets + picture


def _movie(
    size: tuple[int, int], configuration: bytes, samples: list[bytes], per_second: int, begin: int
) -> bytes:
    """Return the `moov` box. Every second of the video uses the same samples in the file.

    Args:
        size: the width and height.
        configuration: the content of the box avcC.
        samples: all frames of the video in order: the stored frames of one second, repeated.
        per_second: how many frames are stored.
        begin: the position of the first stored frame in the file.
    """
    count = len(samples)
    header = _full_box(
        b"mvhd",
        pack(">4I", 0, 0, _RATE, count),
        pack(">IH10x", 1 << 16, 1 << 8),
        _IDENTITY,
        pack(">24xI", 2),
    )
    sides = pack(">2I", *(side << 16 for side in size))
    track = _full_box(b"tkhd", pack(">5I", 0, 0, 1, 0, count), bytes(16), _IDENTITY, sides, flags=3)
    media = _box(
        b"mdia",
        _full_box(b"mdhd", pack(">4I2H", 0, 0, _RATE, count, 0x55C4, 0)),
        _full_box(b"hdlr", bytes(4), b"vide", bytes(12), b"video\0"),
        _box(
            b"minf",
            _full_box(b"vmhd", bytes(8), flags=1),
            _box(b"dinf", _full_box(b"dref", pack(">I", 1), _full_box(b"url ", flags=1))),
            _sample_table(size, configuration, samples, per_second, begin),
        ),
    )
    return _box(b"moov", header, _box(b"trak", track, media))


def _sample_table(
    size: tuple[int, int], configuration: bytes, samples: list[bytes], per_second: int, begin: int
) -> bytes:
    count = len(samples)
    full_seconds, rest = divmod(count, per_second)
    # A chunk is a second of the video; the last chunk may be shorter. An entry of `chunks` stands
    # for successive chunks of equal size: it has the number of the first chunk, counted from 1, and
    # the number of samples in each chunk.
    chunks = []
    if full_seconds:
        chunks.append((1, per_second))
    if rest:
        chunks.append((full_seconds + 1, rest))
    entry = _box(
        b"avc1",
        pack(">6xH16x2H", 1, *size),
        pack(">2I4xH", 72 << 16, 72 << 16, 1),
        bytes(32),
        pack(">2H", 24, 0xFFFF),
        _box(b"avcC", configuration),
    )
    return _box(
        b"stbl",
        _full_box(b"stsd", pack(">I", 1), entry),
        _full_box(b"stts", pack(">3I", 1, count, 1)),
        _full_box_of_numbers(b"stss", range(1, count + 1, per_second)),
        _full_box(b"stsc", pack(">I", len(chunks)), *(pack(">3I", *row, 1) for row in chunks)),
        _full_box(b"stsz", bytes(4), pack(f">I{count}I", count, *map(len, samples))),
        _full_box_of_numbers(b"stco", [begin] * math.ceil(count / per_second)),
    )


def _full_box_of_numbers(kind: bytes, numbers: range | list[int]) -> bytes:
    return _full_box(kind, pack(f">I{len(numbers)}I", len(numbers), *numbers))


def _full_box(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    """Return a box that begins with a version, which is 0, and flags."""
    return _box(kind, pack(">I", flags), *parts)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return pack(">I", len(body) + 8) + kind + body
