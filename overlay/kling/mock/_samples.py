"""The files that the mock serves, small and playable, and replies that lead to them."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from kling.mock._http import Reply, json_reply

_FOLDER = files("kling.mock") / "samples"
_TYPES = {
    "video.mp4": "video/mp4",
    "image.png": "image/png",
    "audio.mp3": "audio/mpeg",
    "audio.wav": "audio/wav",
}
_SECONDS = "5.041"


def sample_reply(name: str) -> Reply:
    """Serve a result file; whatever comes before the last slash only makes urls differ."""
    content_type = _TYPES.get(file := name.rpartition("/")[2])
    if content_type is None:
        return json_reply({"message": "no such file"}, 404)
    return Reply(200, (_FOLDER / file).read_bytes(), {"content-type": content_type})


def filled(example: Any, number: int, root: str, echo: Mapping[str, Any], name: str = "") -> Any:
    """Return an example of the description as an answer of its own.

    Args:
        example: what Kling's answer looks like.
        number: the id of the task or thing; ids in the answer are made of it.
        root: what urls of files begin with.
        echo: the request; what the example has under a name of the request comes from there.
        name: the name that the example has in what holds it.
    """
    if isinstance(example, dict):
        return {key: filled(value, number, root, echo, key) for key, value in example.items()}
    if isinstance(example, list):
        return [
            filled(value, number, f"{root}{index}/", echo, name)
            for index, value in enumerate(example)
        ]
    if name == "id" or name.endswith("_id"):
        made = number if name == "task_id" else number + 10**15
        return type(example)(echo.get(name) or made)
    if name.startswith("duration"):
        return _SECONDS
    if isinstance(example, str) and example.startswith("http"):
        return f"{root}{name}/{_file(example)}"
    same_type = isinstance(echo.get(name), type(example))
    return echo[name] if same_type else example


def _file(url: str) -> str:
    suffix = url.rpartition(".")[2]
    return next((file for file in _TYPES if file.endswith(suffix)), "image.png")
