"""Bring pictures and sounds into the form that Kling takes: a URL, or bare base64."""

import base64
import sys
from os import PathLike
from pathlib import Path
from typing import Protocol

from kling._tracebacks import bare


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


def _encoded(source: Source) -> str:
    if isinstance(source, bytes):
        return base64.b64encode(source).decode("ascii")
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
        return base64.b64encode(Path(source).read_bytes()).decode("ascii")
    except OSError as error:
        if len(str(source)) > _LONGEST_SHOWN:
            error.filename = None
        raise


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
