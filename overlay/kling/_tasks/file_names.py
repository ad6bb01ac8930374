"""The names of the files to which the outputs of a task are downloaded."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kling._tasks.outputs import Output, known_suffix
from kling._tasks.task import Task

FileNamer = Callable[[Task, Output, int], str]
"""Makes the name of a file from the task, the output, and its number, which begins with 1."""

_SUFFIXES = {
    **dict.fromkeys(("video", "product_video", "subbed_video"), ".mp4"),
    **dict.fromkeys(("image", "product_image", "model_images"), ".png"),
    **dict.fromkeys(("audio", "voice"), ".mp3"),
    "srt": ".srt",
    "ass": ".ass",
    "element": "",
}

# What a template for names may contain in braces.
_PLACEHOLDERS = ("family", "id", "n", "ext")
# Names that some operating systems refuse, and names that lead out of the folder, such as "..".
_INVALID_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]|^\.+$|[ .]$|^$')


class NamedFile(NamedTuple):
    """The URL of an output, and the path to download it to."""

    url: str
    path: Path


def named_files(task: Task, folder: Path, name: str | FileNamer | None = None) -> list[NamedFile]:
    """Return the URL and the path of each output that has a URL.

    By default, a name consists of the family and the task id. If there are several outputs, it ends
    with the number of the output.

    Args:
        task: the task.
        folder: where to put the files.
        name: a template such as "{id}-{n}{ext}", or a function that makes a name from the task,
            the output and its number, which begins with 1.

    Raises:
        TypeError: the function returned a value that is not a string.
        ValueError: the template contains an unknown placeholder, or a name is not valid for a file.
    """
    outputs = [output for output in task.outputs if output.url]
    template = "{family}-{id}-{n}{ext}" if len(outputs) > 1 else "{family}-{id}{ext}"
    namer = _namer(template if name is None else name)
    return [
        NamedFile(str(output.url), folder / _checked_name(namer(task, output, n)))
        for n, output in enumerate(outputs, start=1)
    ]


def _namer(name: str | FileNamer) -> FileNamer:
    if not isinstance(name, str):
        return name
    template = name

    def fill(task: Task, output: Output, n: int) -> str:
        values = {
            "family": task.family.replace("/", "-"),
            "id": re.sub("[^A-Za-z0-9]", "_", task.id)[:100],
            "n": n,
            "ext": known_suffix(output.url) or _SUFFIXES.get(output.kind, ""),
        }
        try:
            return template.format(**values)
        except (AttributeError, IndexError, KeyError, ValueError) as error:
            known = ", ".join(f"{{{placeholder}}}" for placeholder in _PLACEHOLDERS)
            raise ValueError(
                f"name {template!r} is not a valid template ({error}); the placeholders are {known}"
            ) from error

    return fill


def _checked_name(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"the name of a file must be a string, not {type(name).__name__}")
    if _INVALID_NAME.search(name):
        raise ValueError(f"{name!r} is not a file name that every operating system accepts")
    return name
