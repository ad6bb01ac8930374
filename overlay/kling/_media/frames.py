"""The length of MP3 and raw AAC (ADTS) files, by counting their frames.

Most of these files have no header that states their length. If several files were joined into one,
the header states only the length of the first.
"""

import re
from functools import cache
from typing import BinaryIO, NamedTuple

from kling._media.lengths import Length

# Kilobits per second by (version, layer); version 1 is MPEG 1, and 2 is MPEG 2 and 2.5.
_KBPS = {
    (1, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_KBPS[2, 3] = _KBPS[2, 2]
_MP3_RATES = (44100, 48000, 32000)
_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000)
# Bytes of the header of a frame, as far as we read it.
_HEADER = 7
# A summary is a frame that has no audio, but states the number of frames. It contains one of these.
_SUMMARIES = (b"Xing", b"Info", b"VBRI")
_SUMMARY_BYTES = 64
# The first bytes of tags, as a search finds them.
_TAGS = (b"ID3\x03\0", b"ID3\x04\0", b"APETAGEX")
# The first bytes of a frame or a tag.
_MARKS = re.compile(rb"\xff[\xe0-\xff]|ID3[\x03\x04]\0|APETAGEX")
# Bytes of the file that are read at a time.
_PIECE = 512 * 1024
# Encoders add up to two frames of silence at the beginning, and pad the final one.
_PADDING_FRAMES = 3
# If more than this fraction of a file is not in frames, we may have missed some frames.
_MAX_SKIPPED = 0.1
# If a frame does not follow directly on another, we search for the next frame. This is the most
# positions that we try in one file, in all searches together.
_MAX_TRIES = 10_000


class _FrameFormat(NamedTuple):
    """What the second and the third byte of a frame say about it."""

    rate: int
    """Samples per second."""
    samples: int
    """Samples in a frame; for AAC, in each block of a frame."""
    length: int
    """Bytes of a frame; 0 for AAC, whose frames state their length in later bytes."""


def frames_length(file: BinaryIO, size: int) -> Length | None:
    """Return the length of an MP3 or AAC file; None if it contains no frame."""
    window = _Window(file, size)
    seconds, position, skipped, tries = 0.0, 0, 0, 0
    # Only the first frame of the file, or after a tag, can be a summary.
    is_first = True
    last_format = None
    while position + _HEADER <= size:
        index = window.index_of(position)
        if frame := _parse_frame(window.piece, index):
            length, samples, frame_format = frame
            if position + length > size:
                break
            is_summary = is_first and _is_summary(window.piece[index : index + _SUMMARY_BYTES])
            if not is_summary:
                seconds += samples / frame_format.rate
            last_format, is_first = frame_format, False
            position += length
        elif tag := tag_length(file, position):
            position, is_first = position + tag, True
        else:
            following, new_tries = window.next_frame(position + 1, _MAX_TRIES - tries)
            skipped += following - position
            tries += new_tries
            position = following
    if not last_format:
        return None
    padding = _PADDING_FRAMES * last_format.samples / last_format.rate
    return Length(seconds, is_estimated=skipped > size * _MAX_SKIPPED, padding=padding)


def tag_length(file: BinaryIO, position: int) -> int:
    """Return the size in bytes of the ID3 or APE tag at a position; 0 if there is no tag."""
    file.seek(position)
    head = file.read(32)
    if head[:3] == b"ID3" and len(head) > 9:
        # Each byte of the length has 7 bits. The header is not counted, and there may be a footer.
        a, b, c, d = head[6:10]
        length = (a & 127) << 21 | (b & 127) << 14 | (c & 127) << 7 | d
        has_footer = bool(head[5] & 0x10)
        return length + (20 if has_footer else 10)
    if head[:8] == b"APETAGEX":
        return 32 + int.from_bytes(head[12:16], "little")
    return 128 if head[:3] == b"TAG" else 0


class _Window:
    """The part of a file that is in memory. It moves on when a later part is needed."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size, self._start = file, size, 0
        self.piece = b""

    def index_of(self, position: int) -> int:
        """Make the piece contain a position of the file, and return its index in the piece."""
        index = position - self._start
        if not 0 <= index <= len(self.piece) - _SUMMARY_BYTES:
            self._file.seek(position)
            self.piece, self._start = self._file.read(_PIECE), position
            return 0
        return index

    def next_frame(self, position: int, max_tries: int) -> tuple[int, int]:
        """Find the next tag or frame. Return its position, and the number of positions tried.

        Audio may contain bytes that look like the beginning of a frame. So a frame counts only if
        a frame of the same format follows it. If nothing is found in `max_tries` tries, the
        position is the end of the file.
        """
        tries = 0
        while position + _HEADER <= self._size:
            index = self.index_of(position)
            start = self._start
            for match in _MARKS.finditer(self.piece, index):
                tries += 1
                if match[0] in _TAGS or self._has_two_frames(start + match.start()):
                    return start + match.start(), tries
                if tries >= max_tries:
                    return self._size, tries
                # The check of two frames may have moved the window.
                self.index_of(start)
            # A frame may begin in the last bytes of the piece.
            position = max(position + 1, start + len(self.piece) - _HEADER)
        return self._size, tries

    def _has_two_frames(self, position: int) -> bool:
        """Whether two frames of the same format follow each other at a position of the file."""
        first = _parse_frame(self.piece, self.index_of(position))
        if not first:
            return False
        length, _, first_format = first
        second = _parse_frame(self.piece, self.index_of(position + length))
        if not second:
            return False
        _, _, second_format = second
        is_same_rate = second_format.rate == first_format.rate
        return is_same_rate and second_format.samples == first_format.samples


def _parse_frame(piece: bytes, index: int) -> tuple[int, int, _FrameFormat] | None:
    """Return the size in bytes, the number of samples and the format of the frame at an index.

    Return None if there is no frame.
    """
    if len(piece) < index + _HEADER or piece[index] != 0xFF:
        return None
    frame_format = _frame_format(piece[index + 1], piece[index + 2])
    if frame_format is None:
        return None
    if frame_format.length:
        return frame_format.length, frame_format.samples, frame_format
    # An AAC frame states its length in 13 bits, and its number of blocks.
    length = (piece[index + 3] & 3) << 11 | piece[index + 4] << 3 | piece[index + 5] >> 5
    blocks = (piece[index + 6] & 3) + 1
    return (length, frame_format.samples * blocks, frame_format) if length >= _HEADER else None


@cache
def _frame_format(second: int, third: int) -> _FrameFormat | None:
    """Return the format in the second and third byte of a frame; None if they are not valid."""
    mpeg, layer, rate_index = second >> 3 & 3, 4 - (second >> 1 & 3), third >> 2 & 3
    if second & 0xF6 == 0xF0:  # AAC
        index = third >> 2 & 15
        return _FrameFormat(_AAC_RATES[index], 1024, 0) if index < len(_AAC_RATES) else None
    kbps_index = third >> 4
    # The first bits are not those of a frame, or a value is reserved.
    if second & 0xE0 != 0xE0 or layer == 4 or mpeg == 1 or rate_index == 3:
        return None
    # 0 means that the frame does not state its bit rate, and 15 is reserved.
    if not 0 < kbps_index < 15:
        return None
    # `mpeg` is 3 for MPEG 1, 2 for MPEG 2, and 0 for MPEG 2.5.
    version = 1 if mpeg == 3 else 2
    hertz = _MP3_RATES[rate_index] >> {3: 0, 2: 1, 0: 2}[mpeg]
    bits, padding = _KBPS[version, layer][kbps_index - 1] * 1000, third >> 1 & 1
    if layer == 1:
        return _FrameFormat(hertz, 384, (12 * bits // hertz + padding) * 4)
    samples = 576 if (version, layer) == (2, 3) else 1152
    return _FrameFormat(hertz, samples, samples // 8 * bits // hertz + padding)


def _is_summary(beginning: bytes) -> bool:
    return any(mark in beginning for mark in _SUMMARIES)
