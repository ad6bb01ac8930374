"""Replies made from the examples of the description, with URLs of files that fit the request."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kling.mock._samples.looks import Look
from kling.mock._samples.sample_files import Samples

RESULT_ID_OFFSET = 10**15
"""What is added to the id of a task to get the id of its video, voice or element."""

_DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a reply are, and the look (shape, resolution, length) that they have."""

    samples: Samples
    root: str
    """What the URLs of the files begin with."""
    look: Look = field(default_factory=Look)

    def below(self, name: str) -> "Place":
        """Return a place below this one; its files look the same."""
        return replace(self, root=f"{self.root}{name}/")

    def url(self, example: str) -> str:
        """Return the URL of a file that has the same type as the file of an example URL."""
        return self.root + self.samples.name(_suffix(example), self.look)


def fill_example(
    example: Any, number: int, place: Place, echo: Mapping[str, Any], name: str = ""
) -> Any:
    """Return an example of the description with the values of one request filled in.

    Args:
        example: what Kling's answer looks like.
        number: the id of the task or resource; the ids in the answer are derived from it.
        place: where the files are.
        echo: the request. A field of the example that is also in the request gets the value from
            the request. A list gets as many entries as the list in the request.
        name: the name of the field that holds the example.
    """
    requested = echo.get(name)
    if isinstance(example, dict):
        # Look up fields of an inner object in the same object of the request first.
        inner_echo = {**echo, **requested} if isinstance(requested, Mapping) else echo
        filled = {
            key: fill_example(value, number, place, inner_echo, key)
            for key, value in example.items()
        }
        return filled | _durations(example, place)
    if isinstance(example, list):
        if example and isinstance(requested, list):
            example = example[:1] * len(requested)
        return [
            fill_example(value, number, place.below(str(index)), echo, name)
            for index, value in enumerate(example)
        ]
    if name == "id" or name.endswith("_id"):
        derived = number if name == "task_id" else number + RESULT_ID_OFFSET
        id_type = type(example)  # some ids are strings, others are integers
        return id_type(echo.get(name) or derived)
    if isinstance(example, str) and example.startswith("http"):
        return place.below(name).url(example)  # the name makes the URL of each field different
    same_type = isinstance(echo.get(name), type(example))
    return echo[name] if same_type else example


def _durations(example: Mapping[str, Any], place: Place) -> dict[str, str]:
    """Return the lengths of the files in an example, such as `duration_mp3` for `url_mp3`."""
    durations = {}
    for name in example:
        if name.startswith(_DURATION):
            url = example.get(name.replace(_DURATION, "url"))
            durations[name] = place.samples.duration(_suffix(str(url)), place.look)
    return durations


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]
