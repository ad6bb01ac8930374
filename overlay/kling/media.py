"""Bring pictures and sounds into the form that Kling takes: a URL, or bare base64."""

import base64
from os import PathLike
from pathlib import Path

Source = str | PathLike[str] | bytes


def image(source: Source) -> str:
    """Return a picture as a request takes it.

    Args:
        source: a URL, which is passed on as it is; the path of a file; or the bytes of a file.
            A `data:` URL is turned into the bare base64 that Kling wants.

    Returns:
        The URL, or base64 without a prefix. Limits are checked by `kling.validate` and `create`.

    Raises:
        OSError: the file cannot be read.
        ValueError: the text is no URL, no path and no `data:` URL in base64.
    """
    return _encoded(source)


def audio(source: Source) -> str:
    """Return a sound as a request takes it; see `image`."""
    return _encoded(source)


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
    return base64.b64encode(Path(source).read_bytes()).decode("ascii")


# Linux has the longest ones.
_LONGEST_PATH = 4096


def _without_prefix(url: str) -> str:
    head, comma, data = url.partition(",")
    if not comma or not head.lower().endswith(";base64"):
        raise ValueError('a data: URL must be in base64: "data:image/png;base64,..."')
    return data
