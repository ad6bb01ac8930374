"""Bring pictures and sounds into the form that Kling takes, and look at videos before.

Pictures and sounds go in as a URL or as bare base64. Videos go in as a URL only, so that `video`
says what a local file is, and whether Kling would take it, before you put it anywhere.
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
from kling._tracebacks import bare
from kling.description import Problem


class Readable(Protocol):
    """A file that was opened to read bytes."""

    def read(self) -> bytes:
        """Return what is left of it."""


Source = str | PathLike[str] | bytes | Readable


def image(source: Source) -> str:
    """Return a picture as a request takes it.

    Args:
        source: a URL, which is passed on as it is; the path of a file; the bytes of a file; or
            what was opened with "rb", which is read to its end and not closed.
            A `data:` URL is turned into the bare base64 that Kling wants.

    Returns:
        The URL, or base64 without a prefix. Limits are checked by `kling.validate` and `create`.

    Raises:
        OSError: the file cannot be read.
        TypeError: the file was opened as text.
        ValueError: the text is no URL, no path and no `data:` URL in base64; or nothing is left of
            the open file.
    """
    handled = sys.exception()
    try:
        return _encoded(source)
    except (OSError, TypeError, ValueError) as error:
        raise bare(error, handled)  # noqa: B904 (it is the same error)
    finally:
        # It may be the picture itself, and a traceback may show the locals of this frame.
        del source


def audio(source: Source) -> str:
    """Return a sound as a request takes it; see `image`."""
    try:
        return image(source)
    finally:
        del source


@dataclass(frozen=True, slots=True)
class MediaInfo(MediaFacts):
    """What a video, picture or sound says of itself. What cannot be read is None."""

    def problems_for(self, request: str | type[Request]) -> list[Problem]:
        """Return what Kling would refuse of this file; an empty list when nothing is.

        It is held against the limits of the fields that take files of its kind. What cannot be
        read is no problem.

        Args:
            request: a family, such as motion_control, a request, or an operationId; with a field
                behind a point where the request has several, such as motion_control.video_url.

        Raises:
            ValueError: there is no such request or field, or it takes no media.
        """
        return media_problems(self, request)

    def remarks_for(self, request: str | type[Request]) -> list[Problem]:
        """Return what may be wrong with this file, but cannot be read with certainty.

        Args:
            request: see `problems_for`.

        Raises:
            ValueError: see `problems_for`.
        """
        return media_remarks(self, request)

    def __str__(self) -> str:
        sides = f"{self.width} x {self.height} px" if self.width and self.height else ""
        fps = f"{self.fps:.4g} frames a second" if self.fps else ""
        about = "about " if self.is_estimated else ""
        seconds = "" if self.seconds is None else f"{about}{self.seconds:.2f} s"
        said = (self.format or "unknown format", self.codec, sides, fps, seconds)
        return visible(", ".join([*filter(None, said), _size(self.bytes)]))


def video(source: str | PathLike[str] | bytes | BinaryIO) -> MediaInfo:
    """Return what a local video says of itself; pictures and sounds do as well.

    Kling takes videos as a URL only. So look at the file, put it where Kling can fetch it, and put
    the URL into the request:

        problems = kling.media.video("dance.mp4").problems_for("motion_control.video_url")

    MP4 and MOV are read. Of another format, or a broken file, it says little.

    Args:
        source: the path of a file, the bytes of one, or what was opened with "rb", which is left
            where it was.

    Raises:
        OSError: the file cannot be read.
        TypeError: it is something else.
        ValueError: it is a URL; only Kling sees what it leads to.
    """
    if isinstance(source, bytes):
        return _info(io.BytesIO(source), len(source))
    if isinstance(source, str) and source[:8].lower().startswith(("http://", "https://")):
        raise ValueError("this is a URL: put it into the request, for Kling fetches it itself")
    if isinstance(source, str | PathLike):
        with Path(source).open("rb") as file:
            return _info(file, os.fstat(file.fileno()).st_size)
    if not hasattr(source, "seek"):
        kind = type(source).__name__
        raise TypeError(f"a path, bytes or an open file is needed, not {kind}")
    before = source.tell()
    try:
        return _info(source, source.seek(0, io.SEEK_END))
    finally:
        source.seek(before)


def _info(file: BinaryIO, size: int) -> MediaInfo:
    return MediaInfo(**asdict(read_facts(file, size)))


def _size(number: int) -> str:
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
        if len(source) > _LONGEST_PATH:
            raise ValueError("this text is too long for a path; base64 needs no encoding")
    elif not isinstance(source, PathLike):
        return _encoded(_read(source))
    try:
        return _in_base64(Path(source).read_bytes())
    except OSError as error:
        if len(str(source)) > _LONGEST_SHOWN:
            error.filename = None
        raise


def _in_base64(data: bytes) -> str:
    # The interpreter's lock is held for each piece, so that a thread that encodes a large picture
    # lets an event loop go on.
    pieces = (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))
    return "".join(base64.b64encode(piece).decode("ascii") for piece in pieces)


# Bytes that are encoded at a time; of a number that 3 divides, so that the pieces fit together.
_PIECE = 3 * 64 * 1024
# Linux has the longest ones.
_LONGEST_PATH = 4096
# What is longer is rather a picture in base64 that needs no encoding.
_LONGEST_SHOWN = 255


def _read(file: Readable) -> bytes:
    if not hasattr(file, "read"):
        kind = type(file).__name__
        raise TypeError(f"a URL, a path, bytes or an open file is needed, not {kind}")
    data: object = file.read()
    if not isinstance(data, bytes):
        kind = type(data).__name__
        raise TypeError(f'a file must give bytes, not {kind}; open it with open(path, "rb")')
    if not data:
        # An empty text stands for no picture at all, which Kling takes.
        raise ValueError("nothing is left of this file: it is empty, or was read before")
    return data


def _without_prefix(url: str) -> str:
    head, comma, data = url.partition(",")
    if not comma or not head.lower().endswith(";base64"):
        raise ValueError('a data: URL must be in base64: "data:image/png;base64,..."')
    return data
