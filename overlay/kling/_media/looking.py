"""Look at a file: what it is, and what it says of itself."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from kling._media.formats import format_of
from kling._media.frames import frames_length, tag_length
from kling._media.mp4 import Movie, movie
from kling._media.wav import wav_length

_BEGINNING = 64
_PICTURES = ("png", "jpg", "gif", "bmp", "webp", "heic", "avif")
_MOVIES = ("mp4", "mov", "m4a")
_SOUNDS = ("mp3", "aac", "wav", "m4a", "ogg", "flac")


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What a file says of itself. What cannot be read is None."""

    format: str | None
    """Such as png, mp3 or mov."""
    bytes: int
    """Size of the file."""
    width: int | None = None
    """In pixels, as it is shown."""
    height: int | None = None
    """In pixels, as it is shown."""
    seconds: float | None = None
    """Length."""
    is_estimated: bool = False
    """Whether the file does not say its length, so that `seconds` may be wrong."""
    padding: float = 0.0
    """Seconds of its length that an encoder may have added: other programs may not count them."""
    fps: float | None = None
    """Frames a second."""
    codec: str | None = None
    """Of the pictures of a video, such as h264; of a sound, such as aac."""

    @property
    def kind(self) -> str | None:
        """image, audio or video."""
        if self.format in _PICTURES:
            return "image"
        is_seen = self.width or self.fps
        if self.format in _SOUNDS or (self.format in _MOVIES and self.codec and not is_seen):
            return "audio"
        return "video" if self.format else None


def look(file: BinaryIO, size: int) -> MediaFacts:
    """Read what a file says of itself.

    Args:
        file: what to read; it can seek.
        size: how many bytes it has.

    Raises:
        OSError: it cannot be read.
        ValueError: it looks like base64 and cannot be decoded.
    """
    beginning = file.read(_BEGINNING)
    tag = tag_length(file, 0) if beginning[:3] == b"ID3" else 0
    file.seek(tag)
    kind = format_of(file.read(_BEGINNING)) or ("mp3" if tag else None)
    try:
        found = _read(file, size, kind)
    except (struct.error, OverflowError, ValueError):
        found = Movie()
    width, height = found.sides or (None, None)
    seconds, is_estimated, padding = found.length or (None, False, 0.0)
    return MediaFacts(
        format=kind,
        bytes=size,
        width=width,
        height=height,
        seconds=seconds,
        is_estimated=is_estimated,
        padding=padding,
        fps=found.fps,
        codec=found.video or found.sound,
    )


def _read(file: BinaryIO, size: int, kind: str | None) -> Movie:
    if kind in _MOVIES:
        return movie(file, size)
    if kind in _PICTURES:
        return Movie(sides=_sides(file))
    if kind in ("mp3", "aac"):
        return Movie(frames_length(file, size), sound=kind)
    return Movie(wav_length(file, size), sound="pcm") if kind == "wav" else Movie()


def _sides(file: BinaryIO) -> tuple[int, int] | None:
    import imagesize

    file.seek(0)
    width, height = imagesize.get(file)
    return (width, height) if width > 0 and height > 0 else None
