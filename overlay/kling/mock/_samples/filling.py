"""Replies made of the examples of the description, with files that are as they were asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kling.mock._samples.looks import Look
from kling.mock._samples.sample_files import Samples

BEYOND_TASK = 10**15
"""By how much ids of videos, voices and elements are higher than those of their tasks."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a reply are, and what they are like."""

    samples: Samples
    root: str
    """What their urls begin with."""
    look: Look = field(default_factory=Look)

    def below(self, name: str) -> "Place":
        """Return a place below this one, for files of the same look."""
        return replace(self, root=f"{self.root}{name}/")

    def url(self, example: str) -> str:
        """Return the url of a file like that of an example."""
        return self.root + self.samples.name(_suffix(example), self.look)


def filled(example: Any, number: int, place: Place, echo: Mapping[str, Any], name: str = "") -> Any:
    """Return an example of the description as an answer of its own.

    Args:
        example: what Kling's answer looks like.
        number: the id of the task or thing; ids in the answer are made of it.
        place: where the files are.
        echo: the request; what the example has under a name of the request comes from there, and
            so does how many there are in a list.
        name: the name that the example has in what holds it.
    """
    asked = echo.get(name)
    if isinstance(example, dict):
        here = {**echo, **asked} if isinstance(asked, Mapping) else echo
        whole = {key: filled(value, number, place, here, key) for key, value in example.items()}
        return whole | _durations(example, place)
    if isinstance(example, list):
        if example and isinstance(asked, list):
            example = example[:1] * len(asked)
        return [
            filled(value, number, place.below(str(index)), echo, name)
            for index, value in enumerate(example)
        ]
    if name == "id" or name.endswith("_id"):
        made = number if name == "task_id" else number + BEYOND_TASK
        return type(example)(echo.get(name) or made)
    if isinstance(example, str) and example.startswith("http"):
        return place.below(name).url(example)
    same_type = isinstance(echo.get(name), type(example))
    return echo[name] if same_type else example


def _durations(example: Mapping[str, Any], place: Place) -> dict[str, str]:
    """Return how long the files of an example are: `duration_mp3` of `url_mp3`, and so on."""
    urls = {name: example.get(name.replace(_DURATION, "url")) for name in example}
    return {
        name: place.samples.duration(_suffix(str(url)), place.look)
        for name, url in urls.items()
        if name.startswith(_DURATION)
    }


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]


_DURATION = "duration"
