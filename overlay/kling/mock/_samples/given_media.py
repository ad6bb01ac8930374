"""Files that the user gave, which the mock serves as results."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kling.mock._samples.lengths import milliseconds_of

# For each format: the kind, the suffix, the media type, a position in a file, and the bytes at this
# position by which the format is recognized. The first format that fits counts, so ftyp is after
# ftypM4A and ftypqt.
_FORMATS = (
    ("audio", "m4a", "audio/mp4", 4, b"ftypM4A"),
    ("video", "mov", "video/quicktime", 4, b"ftypqt"),
    ("video", "mp4", "video/mp4", 4, b"ftyp"),
    ("video", "webm", "video/webm", 0, b"\x1a\x45\xdf\xa3"),
    ("image", "png", "image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image", "jpg", "image/jpeg", 0, b"\xff\xd8\xff"),
    ("image", "gif", "image/gif", 0, b"GIF8"),
    ("image", "webp", "image/webp", 8, b"WEBP"),
    ("audio", "wav", "audio/wav", 8, b"WAVE"),
    ("audio", "ogg", "audio/ogg", 0, b"OggS"),
    ("audio", "flac", "audio/flac", 0, b"fLaC"),
    ("audio", "mp3", "audio/mpeg", 0, b"ID3"),
    # Without ID3, an MP3 begins with the header of a frame, of which these are the first two bytes.
    *(("audio", "mp3", "audio/mpeg", 0, bytes([0xFF, byte])) for byte in (0xFB, 0xFA, 0xF3, 0xF2)),
)

# Limits the size of a file, because the files stay in memory while the mock runs.
_MAX_MEGABYTES = 200


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that the mock serves as every result of its kind."""

    kind: str
    """video, image or audio."""
    name: str
    """The end of its URLs."""
    content_type: str
    body: bytes
    milliseconds: int | None
    """The length of a video or audio file; None for an image, or if the file does not state it."""


def read_media(paths: Iterable[str | Path]) -> dict[str, MediaFile]:
    """Read files, and return them by kind.

    Raises:
        TypeError: `paths` is a single path instead of a list.
        ValueError: a file cannot be read, is too large, has an unknown format, or is the second
            file of its kind.
    """
    if isinstance(paths, str | Path):
        raise TypeError(f'media must be a list of files, such as ["{paths}"]')
    by_kind: dict[str, MediaFile] = {}
    for path in map(Path, paths):
        medium = _media_file(path)
        if medium.kind in by_kind:
            raise ValueError(f"{path} is a second {medium.kind} file; give one file of each kind")
        by_kind[medium.kind] = medium
    return by_kind


def _media_file(path: Path) -> MediaFile:
    try:
        # The size of a pipe is not known before it is read. So read at most one byte too many.
        with path.open("rb") as file:
            body = file.read(_MAX_MEGABYTES * 10**6 + 1)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from error
    if len(body) > _MAX_MEGABYTES * 10**6:
        raise ValueError(f"{path} is larger than {_MAX_MEGABYTES} megabytes")
    for kind, suffix, content_type, begin, mark in _FORMATS:
        if body.startswith(mark, begin):
            length = milliseconds_of(suffix, body)
            return MediaFile(kind, f"{kind}.{suffix}", content_type, body, length)
    known = ", ".join(dict.fromkeys(suffix for _, suffix, *_ in _FORMATS))
    raise ValueError(f"{path} is not a video, image or audio file of a known format: {known}")
