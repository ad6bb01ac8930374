"""Prepare images and audio for a request, and inspect a video before you upload it.

Kling takes images and audio as a URL or as base64 without a prefix, and videos as a URL only. To
check a local video before you upload it, read its properties with `video`. Then
`MediaInfo.problems_for` returns the reasons why Kling would refuse it.
"""

import base64
import io
import os
import sys
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Protocol

from kling._media import MediaFacts, read_facts
from kling._requests import Request, media_problems, media_remarks
from kling._server_text import visible
from kling._tracebacks import strip_traceback
from kling.description import Problem


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self) -> bytes:
        """Return the rest of the file."""


Source = str | PathLike[str] | bytes | Readable


def image(source: Source) -> str:
    """Return an image in the form that a request needs.

    Args:
        source: a URL, which is returned unchanged; a `data:` URL in base64, which loses its prefix;
            the path of a file; the content of a file as bytes; or a file that is open in mode "rb",
            which is read to its end and left open.

    Returns:
        The URL, or base64 without a prefix. `kling.validate` and `create` check the size limits.

    Raises:
        OSError: the file cannot be read.
        TypeError: the file is open in text mode, or the source has another type.
        ValueError: the str is too long for a path, or is a `data:` URL that is not in base64; or
            the open file is empty or was read before.
    """
    handled = sys.exception()  # the error that the caller is handling, if any
    try:
        return _encoded(source)
    except (OSError, TypeError, ValueError) as error:
        raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
    finally:
        # `source` may be the image itself. A traceback may show the local variables of this frame.
        del source


def audio(source: Source) -> str:
    """Return an audio clip in the form that a request needs; see `image`."""
    try:
        return image(source)
    finally:
        del source


@dataclass(frozen=True, slots=True)
class MediaInfo(MediaFacts):
    """The properties of a video, image or audio file. Unreadable properties are None."""

    def problems_for(self, request: str | type[Request]) -> list[Problem]:
        """Return why Kling would refuse this file; an empty list if it would accept the file.

        The properties are compared with the limits of the fields that take files of this kind. A
        property that cannot be read is not a problem.

        Args:
            request: a family, such as motion_control; a class of requests; or an operationId. To
                choose one of several fields, add its name, as in motion_control.video_url.

        Raises:
            ValueError: there is no such request or field, or the field takes no media.
        """
        return media_problems(self, request)

    def remarks_for(self, request: str | type[Request]) -> list[Problem]:
        """Return possible reasons why Kling would refuse this file.

        These are limits that could not be checked, because a property of the video or audio clip
        cannot be read from the file, or is only an estimate.

        Args:
            request: see `problems_for`.

        Raises:
            ValueError: see `problems_for`.
        """
        return media_remarks(self, request)

    def __str__(self) -> str:
        size = f"{self.width} x {self.height} px" if self.width and self.height else ""
        fps = f"{self.fps:.4g} frames a second" if self.fps else ""
        about = "about " if self.is_estimated else ""
        seconds = "" if self.seconds is None else f"{about}{self.seconds:.2f} s"
        parts = (self.format or "unknown format", self.codec, size, fps, seconds)
        return visible(", ".join([*filter(None, parts), _byte_count(self.bytes)]))


def video(source: str | PathLike[str] | bytes | BinaryIO) -> MediaInfo:
    """Return the properties of a local video; images and audio files work too.

    Kling takes videos as a URL only. So check the file, put it where Kling can download it, and put
    the URL into the request:

        problems = kling.media.video("dance.mp4").problems_for("motion_control.video_url")

    All properties of MP4 and MOV are read, but only a few of other video formats and of broken
    files.

    Args:
        source: the path of a file, the content of a file as bytes, or a file that is open in mode
            "rb". The position of an open file does not change.

    Raises:
        OSError: the file cannot be read.
        TypeError: the source has another type.
        ValueError: the source is a URL; this function downloads nothing.
    """
    if isinstance(source, bytes):
        return _info(io.BytesIO(source), len(source))
    if isinstance(source, str) and source[:8].lower().startswith(("http://", "https://")):
        raise ValueError("the source is a URL: put it into the request; Kling downloads it")
    if isinstance(source, str | PathLike):
        with Path(source).open("rb") as file:
            return _info(file, os.fstat(file.fileno()).st_size)
    if not hasattr(source, "seek"):
        kind = type(source).__name__
        raise TypeError(f"the source must be a path, bytes or an open file, not {kind}")
    position = source.tell()
    try:
        return _info(source, source.seek(0, io.SEEK_END))
    finally:
        source.seek(position)


def _info(file: BinaryIO, size: int) -> MediaInfo:
    return MediaInfo(**asdict(read_facts(file, size)))


def _byte_count(number: int) -> str:
    for unit, name in ((1024**2, "MiB"), (1024, "KiB")):
        if number >= unit:
            return f"{number / unit:.1f} {name}"
    return f"{number} bytes"


def _encoded(source: Source) -> str:
    if isinstance(source, bytes):
        return _in_base64(source)
    if isinstance(source, str):
        if source[:8].lower().startswith(("http://", "https://")):
            return source
        if source[:5].lower() == "data:":
            return _without_prefix(source)
        if len(source) > _MAX_PATH_LENGTH:
            raise ValueError(
                "the source is too long for a path; if it is base64, use it in the request as it is"
            )
    elif not isinstance(source, PathLike):
        return _encoded(_content_of(source))
    try:
        return _in_base64(Path(source).read_bytes())
    except OSError as error:
        if len(str(source)) > _MAX_SHOWN_PATH_LENGTH:
            error.filename = None
        raise


def _in_base64(data: bytes) -> str:
    # b64encode blocks all other threads. Between two chunks, an event loop in one of them can run.
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return "".join(base64.b64encode(chunk).decode("ascii") for chunk in chunks)


# Bytes to encode at a time: a multiple of 3, so that only the last chunk is padded.
_CHUNK = 3 * 64 * 1024
# PATH_MAX of Linux; other systems have lower limits.
_MAX_PATH_LENGTH = 4096
# A longer "path" may be an image in base64, which an error must not show.
_MAX_SHOWN_PATH_LENGTH = 255


def _content_of(file: Readable) -> bytes:
    if not hasattr(file, "read"):
        kind = type(file).__name__
        raise TypeError(f"the source must be a URL, a path, bytes or an open file, not {kind}")
    data: object = file.read()
    if not isinstance(data, bytes):
        kind = type(data).__name__
        raise TypeError(f'the file must return bytes, not {kind}; open it with open(path, "rb")')
    if not data:
        # In base64, an empty file is an empty string. Kling would take it to mean that there is no
        # image.
        raise ValueError("the open file has nothing left to read: it is empty, or was read before")
    return data


def _without_prefix(url: str) -> str:
    head, comma, data = url.partition(",")
    if not comma or not head.lower().endswith(";base64"):
        raise ValueError('a data: URL must be in base64: "data:image/png;base64,..."')
    return data
