"""Files of the user's own that the mock serves as results."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kling.mock._samples.lengths import milliseconds_of

# What files of a format begin with, from which byte on.
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
    *(("audio", "mp3", "audio/mpeg", 0, bytes([0xFF, one])) for one in (0xFB, 0xFA, 0xF3, 0xF2)),
)

# Files stay in memory while the mock runs.
_MOST_MEGABYTES = 200


@dataclass(frozen=True, slots=True)
class Medium:
    """A file that the mock serves as every result of its kind."""

    kind: str
    """video, image or audio."""
    name: str
    """What its urls end with."""
    content_type: str
    body: bytes
    milliseconds: int | None
    """How long it is; None of a picture, and where the format does not tell us."""


def given(paths: Iterable[str | Path]) -> dict[str, Medium]:
    """Read files, and return them by kind.

    Raises:
        TypeError: one text is given instead of several.
        ValueError: a file cannot be read, is too large or no medium, or is the second of its kind.
    """
    if isinstance(paths, str | Path):
        raise TypeError(f'media are a list of files, such as ["{paths}"]')
    found: dict[str, Medium] = {}
    for path in map(Path, paths):
        medium = _read(path)
        if found.setdefault(medium.kind, medium) is not medium:
            raise ValueError(f"{path} is a second {medium.kind}; give one file for each kind")
    return found


def _read(path: Path) -> Medium:
    try:
        # A pipe may be given too, and has no size to look at.
        with path.open("rb") as file:
            body = file.read(_MOST_MEGABYTES * 10**6 + 1)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from error
    if len(body) > _MOST_MEGABYTES * 10**6:
        raise ValueError(f"{path} has more than {_MOST_MEGABYTES} megabytes")
    for kind, suffix, content_type, begin, mark in _FORMATS:
        if body.startswith(mark, begin):
            length = milliseconds_of(suffix, body)
            return Medium(kind, f"{kind}.{suffix}", content_type, body, length)
    known = ", ".join(dict.fromkeys(suffix for _, suffix, *_ in _FORMATS))
    raise ValueError(f"{path} is no video, picture or sound of a known format: {known}")
