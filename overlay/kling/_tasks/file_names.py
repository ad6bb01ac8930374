"""What the results of tasks are called in a folder."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kling._tasks.task import Output, Task, known_suffix

NameOf = Callable[[Task, Output, int], str]

_SUFFIXES = {
    **dict.fromkeys(("video", "product_video", "subbed_video"), ".mp4"),
    **dict.fromkeys(("image", "product_image", "model_images"), ".png"),
    **dict.fromkeys(("audio", "voice"), ".mp3"),
    "srt": ".srt",
    "ass": ".ass",
    "element": "",
}

# What a template for names may name, and what it stands for.
_PLACES = ("family", "id", "n", "ext")
# What no name of a file can have on some system, and what leads out of the folder.
_NO_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]|^\.+$|[ .]$|^$')


class Named(NamedTuple):
    """A file of a task, there and here."""

    url: str
    path: Path


def named_files(task: Task, folder: Path, name: str | NameOf | None = None) -> list[Named]:
    """Return each output that has a url, with the file that it becomes in the folder.

    Names are made of the family, the task id and the number of the output alone, unless the caller
    says otherwise.

    Args:
        task: the task.
        folder: where the files are to be.
        name: a template such as "{id}-{n}{ext}", or what makes a name of the task, the output and
            its number, which begins with 1.

    Raises:
        TypeError: a name is no text.
        ValueError: the template names something else, or a name cannot be that of a file.
    """
    outputs = [output for output in task.outputs if output.url]
    template = "{family}-{id}-{n}{ext}" if outputs[1:] else "{family}-{id}{ext}"
    given = _from(template if name is None else name)
    return [
        Named(str(output.url), folder / _checked(given(task, output, n)))
        for n, output in enumerate(outputs, start=1)
    ]


def _from(name: str | NameOf) -> NameOf:
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
            places = ", ".join(f"{{{one}}}" for one in _PLACES)
            raise ValueError(f"name {template!r} is no template of {places}: {error}") from error

    return fill


def _checked(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"the name of a file is a text, not {type(name).__name__}")
    if _NO_NAME.search(name):
        raise ValueError(f"{name!r} is no name that a file in a folder can have everywhere")
    return name
