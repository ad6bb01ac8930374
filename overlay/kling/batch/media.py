"""Media of jobs. The state stores paths and checksums; the files are read when they are sent."""

import hashlib
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path, PurePath
from typing import Any

from kling.media import image

# In a stored body, each file is replaced by an object. In this object, the path has this key.
_MARK = "kling-batch-file"
# This is far longer than any prompt. A longer text must be the content of a file.
_LONGEST_TEXT = 20_000


class MediaFile(str):
    """A path that stands for the content of the file."""

    __slots__ = ()


class ChangedFileError(ValueError):
    """A file has changed since its job was added."""


def file(path: str | PathLike[str]) -> str:
    """Return a placeholder for a local image or audio file, to use in the request of a job.

        models.ImageToVideoRequest(image=kling.batch.file("fox.png"), ...)

    The state keeps the path and a checksum. The file is checked when the job is added, and read
    when the job is sent. If the file has changed in the meantime, the job is refused. In a body, a
    `pathlib.Path` has the same effect.

    Args:
        path: the path of the file. It must be the same on each machine that works on the batch.
    """
    return MediaFile(fspath(path))


def stored(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body as the state stores it: with the path and the checksum of each file.

    Raises:
        OSError: a file cannot be read.
        ValueError: a field contains the content of a file.
    """
    return {name: _stored(value, name) for name, value in body.items()}


def as_sent(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored body as it is sent: with the content of each file, in base64.

    Raises:
        ChangedFileError: a file has changed since its job was added.
        OSError: a file cannot be read.
    """
    return {name: _as_sent(value) for name, value in body.items()}


def without_paths(value: Any) -> Any:
    """Return a stored body without the paths of its files, but with their checksums."""
    if isinstance(value, Mapping):
        return {name: without_paths(inner) for name, inner in value.items() if name != _MARK}
    if isinstance(value, list):
        return [without_paths(inner) for inner in value]
    return value


def _stored(value: Any, field: str) -> Any:
    if isinstance(value, MediaFile | PurePath):
        path = Path(value).absolute()
        return {_MARK: str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    if isinstance(value, str) and (len(value) > _LONGEST_TEXT or value[:5].lower() == "data:"):
        raise ValueError(
            f"{field} contains the content of a file, which a batch does not keep; give its path: "
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
            raise ChangedFileError(
                f"{path} has changed since the job was added; add a new job for the new file"
            )
        return image(content)  # for audio too: it encodes any bytes in base64
    if isinstance(value, list):
        return [_as_sent(inner) for inner in value]
    return value
