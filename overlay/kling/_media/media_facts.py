"""Reading what a media file says about itself, such as its format and length."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from kling._media.formats import format_of
from kling._media.frames import frames_length, tag_length
from kling._media.mp4 import RawFacts, read_movie
from kling._media.wav import wav_length

# Bytes that `format_of` needs.
_BEGINNING = 64
_IMAGES = ("png", "jpg", "gif", "bmp", "webp", "heic", "avif")
_MP4_FAMILY = ("mp4", "mov", "m4a")
_AUDIO = ("mp3", "aac", "wav", "m4a", "ogg", "flac")


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What a media file says about itself. A value is None if it cannot be read."""

    format: str | None
    """For example png, mp3 or mov."""
    bytes: int
    """Size of the file."""
    width: int | None = None
    """In pixels, as displayed."""
    height: int | None = None
    """In pixels, as displayed."""
    seconds: float | None = None
    """Length."""
    is_estimated: bool = False
    """Whether `seconds` may be wrong, because the file does not state its length."""
    padding: float = 0.0
    """Seconds of the length that an encoder may have added; other programs may not count them."""
    fps: float | None = None
    """Frames per second."""
    codec: str | None = None
    """The video codec, such as h264; for audio the audio codec, such as aac."""

    @property
    def kind(self) -> str | None:
        """image, audio or video."""
        if self.format in _IMAGES:
            return "image"
        # MP4 and MOV files that have only sound are audio.
        is_visible = self.width or self.fps
        if self.format in _AUDIO or (self.format in _MP4_FAMILY and self.codec and not is_visible):
            return "audio"
        return "video" if self.format else None


def read_facts(file: BinaryIO, size: int) -> MediaFacts:
    """Read what a media file says about itself.

    Args:
        file: a seekable file.
        size: its size in bytes.

    Raises:
        OSError: the file cannot be read.
        ValueError: the beginning of the file is base64 that cannot be decoded.
    """
    beginning = file.read(_BEGINNING)
    tag = tag_length(file, 0) if beginning[:3] == b"ID3" else 0
    file.seek(tag)
    file_format = format_of(file.read(_BEGINNING)) or ("mp3" if tag else None)
    try:
        found = _read_content(file, size, file_format)
    except (struct.error, OverflowError, ValueError):
        # The file is damaged after its beginning. Only its format is known.
        found = RawFacts()
    width, height = found.dimensions or (None, None)
    seconds, is_estimated, padding = found.length or (None, False, 0.0)
    return MediaFacts(
        format=file_format,
        bytes=size,
        width=width,
        height=height,
        seconds=seconds,
        is_estimated=is_estimated,
        padding=padding,
        fps=found.fps,
        codec=found.video_codec or found.audio_codec,
    )


def _read_content(file: BinaryIO, size: int, file_format: str | None) -> RawFacts:
    if file_format in _MP4_FAMILY:
        return read_movie(file, size)
    if file_format in _IMAGES:
        return RawFacts(dimensions=_image_dimensions(file))
    if file_format in ("mp3", "aac"):
        return RawFacts(frames_length(file, size), audio_codec=file_format)
    if file_format == "wav":
        return RawFacts(wav_length(file, size), audio_codec="pcm")
    return RawFacts()


def _image_dimensions(file: BinaryIO) -> tuple[int, int] | None:
    import imagesize

    file.seek(0)
    width, height = imagesize.get(file)
    return (width, height) if width > 0 and height > 0 else None
