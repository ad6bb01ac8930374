"""The length of MP3 and of raw AAC (ADTS), whose files are nothing but frames: each is counted.

No header says how long such a file is, or it says so of the first of two that were joined.
"""

import re
from functools import cache
from typing import BinaryIO, NamedTuple

from kling._media.lengths import Length

# Kilobits a second, by (version, layer): version 1 is MPEG 1, 2 is MPEG 2 and 2.5.
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
_HEADER = 7
# A frame that says how many there are, and has no sound of its own.
_SUMMARIES = (b"Xing", b"Info", b"VBRI")
_SUMMARY = 64
_TAGS = (b"ID3\x03\0", b"ID3\x04\0", b"APETAGEX")
_MARKS = re.compile(rb"\xff[\xe0-\xff]|ID3[\x03\x04]\0|APETAGEX")
_PIECE = 512 * 1024
# Encoders begin with up to two frames of silence, and fill the last one.
_PADDING = 3
# Of a file that has more in it than frames, it is not certain that these are all.
_MOST_LOST = 0.1
# Places at which the next frame is looked for, in all.
_MOST_TRIES = 10_000


class _Form(NamedTuple):
    """What the second and the third byte of a frame say."""

    rate: int
    """Samples a second."""
    samples: int
    length: int
    """In bytes; 0 if the frame says it further on, as those of AAC do."""


def frames_length(file: BinaryIO, size: int) -> Length | None:
    """Return how long a file of frames is; None if it has none."""
    window = _Window(file, size)
    seconds, position, lost, tries, first = 0.0, 0, 0, 0, True
    form = None
    while position + _HEADER <= size:
        at = window.at(position)
        if found := _frame(window.piece, at):
            length, samples, here = found
            if position + length > size:
                break
            if not (first and _is_summary(window.piece[at : at + _SUMMARY])):
                seconds += samples / here.rate
            form, first = here, False
            position += length
        elif tag := tag_length(file, position):
            position, first = position + tag, True
        else:
            after, tried = window.next_frame(position + 1, _MOST_TRIES - tries)
            lost, tries, position = lost + after - position, tries + tried, after
    if not form:
        return None
    padding = _PADDING * form.samples / form.rate
    return Length(seconds, lost > size * _MOST_LOST, padding)


def tag_length(file: BinaryIO, position: int) -> int:
    """Return how long the tag at a place of a file is, of ID3 or APE; 0 if none is there."""
    file.seek(position)
    head = file.read(32)
    if head[:3] == b"ID3" and len(head) > 9:
        a, b, c, d = head[6:10]
        has_footer = head[5] & 0x10
        return (10 + 10 * bool(has_footer)) + (
            (a & 127) << 21 | (b & 127) << 14 | (c & 127) << 7 | d
        )
    if head[:8] == b"APETAGEX":
        return 32 + int.from_bytes(head[12:16], "little")
    return 128 if head[:3] == b"TAG" else 0


class _Window:
    """A part of a file that moves on, large enough for a header or a tag at every place."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size, self._start = file, size, 0
        self.piece = b""

    def at(self, position: int) -> int:
        """Move to a place of the file, and return where in the piece it is."""
        at = position - self._start
        if not 0 <= at <= len(self.piece) - _SUMMARY:
            self._file.seek(position)
            self.piece, self._start = self._file.read(_PIECE), position
            return 0
        return at

    def next_frame(self, position: int, most: int) -> tuple[int, int]:
        """Return where the next tag is, or the next two frames of a kind, and how often we tried.

        It is the end of the file if there are none, or too many places that look like one.
        """
        tries = 0
        while position + _HEADER <= self._size:
            at = self.at(position)
            start = self._start
            for match in _MARKS.finditer(self.piece, at):
                tries += 1
                if match[0] in _TAGS or self._two_frames(start + match.start()):
                    return start + match.start(), tries
                if tries >= most:
                    return self._size, tries
                self.at(start)
            # What is at the end of a piece may begin there.
            position = max(position + 1, start + len(self.piece) - _HEADER)
        return self._size, tries

    def _two_frames(self, position: int) -> bool:
        first = _frame(self.piece, self.at(position))
        if not first:
            return False
        second = _frame(self.piece, self.at(position + first[0]))
        return second is not None and second[2][:2] == first[2][:2]


def _frame(piece: bytes, at: int) -> tuple[int, int, _Form] | None:
    """Return the length, samples and form of the frame at a place; None if none is there."""
    if len(piece) < at + _HEADER or piece[at] != 0xFF:
        return None
    form = _form(piece[at + 1], piece[at + 2])
    if form is None:
        return None
    if form.length:
        return form.length, form.samples, form
    length = (piece[at + 3] & 3) << 11 | piece[at + 4] << 3 | piece[at + 5] >> 5
    blocks = (piece[at + 6] & 3) + 1
    return (length, form.samples * blocks, form) if length >= _HEADER else None


@cache
def _form(second: int, third: int) -> _Form | None:
    kind, layer, rate = second >> 3 & 3, 4 - (second >> 1 & 3), third >> 2 & 3
    if second & 0xF6 == 0xF0:
        index = third >> 2 & 15
        return _Form(_AAC_RATES[index], 1024, 0) if index < len(_AAC_RATES) else None
    kbps = third >> 4
    if second & 0xE0 != 0xE0 or layer == 4 or kind == 1 or rate == 3 or not 0 < kbps < 15:
        return None
    version = 1 if kind == 3 else 2
    hertz = _MP3_RATES[rate] >> {3: 0, 2: 1, 0: 2}[kind]
    bits, padding = _KBPS[version, layer][kbps - 1] * 1000, third >> 1 & 1
    if layer == 1:
        return _Form(hertz, 384, (12 * bits // hertz + padding) * 4)
    samples = 576 if (version, layer) == (2, 3) else 1152
    return _Form(hertz, samples, samples // 8 * bits // hertz + padding)


def _is_summary(beginning: bytes) -> bool:
    return any(mark in beginning for mark in _SUMMARIES)
