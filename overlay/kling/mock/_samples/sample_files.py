"""The files that the mock serves, small and playable or readable, and replies that lead to them."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kling.mock._exchange import Reply, json_reply

_FOLDER = files("kling.mock._samples") / "files"
_TYPES = {
    "mp4": "video/mp4",
    "png": "image/png",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "srt": "application/x-subrip",
    "ass": "text/x-ssa",
}
# The name of a file by its ending; videos and pictures have several shapes.
_NAMES = {
    "mp4": "video-{}.mp4",
    "png": "image-{}.png",
    "mp3": "audio.mp3",
    "wav": "audio.wav",
    "srt": "subtitles.srt",
    "ass": "subtitles.ass",
}
# Between two that are equally near, the first; so 4:3 lies and 3:4 stands.
_SHAPES = ((16, 9), (9, 16), (1, 1))
# How long every one of them is, cut to milliseconds as Kling does.
_SECONDS = "5.041"
_RATIO = re.compile("([1-9][0-9]{0,3}):([1-9][0-9]{0,3})")
_RANGE = re.compile("bytes=([0-9]{0,99})-([0-9]{0,99})", re.IGNORECASE)

BEYOND_TASK = 10**15
"""By how much ids of videos, voices and elements are higher than those of their tasks."""


def sample_reply(name: str, range_header: str = "", if_range: str = "") -> Reply:
    """Serve a result file, or a part of it.

    Args:
        name: whatever comes before its last slash only makes urls differ.
        range_header: the header Range; one that asks for several parts gets the whole file.
        if_range: the header If-Range, with the ETag that the part must be of.
    """
    file = name.rpartition("/")[2]
    if file not in _samples():
        return json_reply({"message": "no such file"}, 404)
    body, headers = _samples()[file]
    same = if_range in ("", headers["etag"])
    part = _part(range_header, len(body)) if same else None
    if part is None:
        return Reply(200, body, headers)
    if not part:
        whole = {"content-range": f"bytes */{len(body)}"}
        return json_reply({"message": "no such range"}, 416, whole)
    place = f"bytes {part.start}-{part.stop - 1}/{len(body)}"
    return Reply(206, body[part.start : part.stop], {**headers, "content-range": place})


@cache
def _samples() -> dict[str, tuple[bytes, dict[str, str]]]:
    """Return what is in each file, and the headers that go with it."""
    found = {}
    for file in _FOLDER.iterdir():
        if content_type := _TYPES.get(_suffix(file.name)):
            body = file.read_bytes()
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            headers = {"content-type": content_type, "accept-ranges": "bytes", "etag": etag}
            found[file.name] = (body, headers)
    return found


def _part(header: str, size: int) -> range | None:
    """Return the bytes that a Range asks for, or None for all of them."""
    if not (match := _RANGE.fullmatch(header)):
        return None
    first, last = (int(number) if number else None for number in match.groups())
    if first is None:
        return None if last is None else range(max(0, size - last), size)
    if last is None:
        return range(first, size)
    return range(first, min(last + 1, size)) if first <= last else None


def filled(example: Any, number: int, root: str, echo: Mapping[str, Any], name: str = "") -> Any:
    """Return an example of the description as an answer of its own.

    Args:
        example: what Kling's answer looks like.
        number: the id of the task or thing; ids in the answer are made of it.
        root: what urls of files begin with.
        echo: the request; what the example has under a name of the request comes from there, and
            so does the shape of the files, and how many there are in a list.
        name: the name that the example has in what holds it.
    """
    asked = echo.get(name)
    if isinstance(example, dict):
        here = {**echo, **asked} if isinstance(asked, Mapping) else echo
        return {key: filled(value, number, root, here, key) for key, value in example.items()}
    if isinstance(example, list):
        if example and isinstance(asked, list):
            example = example[:1] * len(asked)
        return [
            filled(value, number, f"{root}{index}/", echo, name)
            for index, value in enumerate(example)
        ]
    if name == "id" or name.endswith("_id"):
        made = number if name == "task_id" else number + BEYOND_TASK
        return type(example)(echo.get(name) or made)
    if name.startswith("duration"):
        return _SECONDS
    if isinstance(example, str) and example.startswith("http"):
        file = _NAMES.get(_suffix(example), _NAMES["png"])
        return f"{root}{name}/{file.format(_shape(str(echo.get('aspect_ratio'))))}"
    same_type = isinstance(echo.get(name), type(example))
    return echo[name] if same_type else example


@lru_cache
def _shape(ratio: str) -> str:
    """Return the shape that is nearest to a ratio; the first one if it is none, such as "auto"."""
    match = _RATIO.fullmatch(ratio)
    width, height = map(int, match.groups()) if match else _SHAPES[0]

    def stretch(shape: tuple[int, int]) -> float:
        one, other = width * shape[1], height * shape[0]
        return max(one, other) / min(one, other)

    nearest = min(_SHAPES, key=stretch)
    return f"{nearest[0]}x{nearest[1]}"


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]
