"""Media of jobs: a path and a checksum in the state, and read when they are sent."""

import hashlib
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path, PurePath
from typing import Any

from kling.media import image

_MARK = "kling-batch-file"
# Far longer than any prompt; what is longer is the content of a file.
_LONGEST_TEXT = 20_000


class MediaFile(str):
    """The path of a medium, in the place of its content."""

    __slots__ = ()


class ChangedFileError(ValueError):
    """A file is not what it was when its job was added."""


def file(path: str | PathLike[str]) -> str:
    """Return what stands for a local picture or sound in the request of a job.

        models.ImageToVideoRequest(image=kling.batch.file("fox.png"), ...)

    The state has its path and a checksum. It is looked at when the job is added, and read when it
    is sent; a file that has changed meanwhile is refused. In a body a `pathlib.Path` does the same.

    Args:
        path: where the file is, on each machine that works on the batch.
    """
    return MediaFile(fspath(path))


def stored(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body as the state has it: with the path and the checksum of each file.

    Raises:
        OSError: a file cannot be read.
        ValueError: it has the content of a file.
    """
    return {name: _stored(value, name) for name, value in body.items()}


def as_sent(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body from the state as it is sent: with the content of each file, in base64.

    Raises:
        ChangedFileError: a file is no longer what it was.
        OSError: a file cannot be read.
    """
    return {name: _as_sent(value) for name, value in body.items()}


def without_paths(value: Any) -> Any:
    """Return a body from the state with the checksum of each file alone."""
    if isinstance(value, Mapping):
        return {name: without_paths(one) for name, one in value.items() if name != _MARK}
    return [without_paths(one) for one in value] if isinstance(value, list) else value


def _stored(value: Any, field: str) -> Any:
    if isinstance(value, MediaFile | PurePath):
        path = Path(value).absolute()
        return {_MARK: str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    if isinstance(value, str) and (len(value) > _LONGEST_TEXT or value[:5].lower() == "data:"):
        raise ValueError(
            f"{field} has the content of a file, which a batch does not keep: give its path, "
            "kling.batch.file(path)"
        )
    if isinstance(value, Mapping):
        return {name: _stored(inner, f"{field}.{name}") for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_stored(inner, f"{field}[{index}]") for index, inner in enumerate(value)]
    return value


def _as_sent(value: Any) -> Any:
    if isinstance(value, Mapping):
        if _MARK not in value:
            return {name: _as_sent(inner) for name, inner in value.items()}
        path = Path(value[_MARK])
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != value["sha256"]:
            raise ChangedFileError(f"{path} has changed since the job was added")
        return image(content)
    if isinstance(value, list):
        return [_as_sent(inner) for inner in value]
    return value
