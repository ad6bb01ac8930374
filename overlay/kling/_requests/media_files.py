"""A local file against the fields of a request that it may be meant for."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kling._requests.calls import Request
from kling._requests.media_checks import findings
from kling._requests.media_limits import RULE, MediaFields
from kling._requests.names import operation_named, operations_named
from kling.description import Document, Operation, Problem, Spec, load

if TYPE_CHECKING:
    from kling._media import MediaFacts

Place = tuple[str, Document]
"""The name of a field, and its limits."""


def media_problems(facts: "MediaFacts", request: str | type[Request]) -> list[Problem]:
    """Return what Kling would refuse of a file in a request.

    Args:
        facts: what the file says of itself.
        request: what it is for, see `media_places`; or a class of requests.

    Raises:
        ValueError: see `media_places`.
    """
    return [*_problems(facts, request, certain=True)]


def media_remarks(facts: "MediaFacts", request: str | type[Request]) -> list[Problem]:
    """Return what may be wrong with a file, but cannot be read with certainty.

    Raises:
        ValueError: see `media_places`.
    """
    return [*_problems(facts, request, certain=False)]


def media_places(name: str, facts: "MediaFacts", spec: Spec) -> list[Place]:
    """Return the fields that a file may be meant for; of several with the same limits the first.

    Args:
        name: an operation, by any of its names, and perhaps a field behind a point; a part of
            contents is named by its type, such as kling_30_omni_video.first_frame.
        facts: what the file says of itself, which decides where no field is named.
        spec: the description that has the operation.

    Raises:
        ValueError: there is no such operation or field, or it takes no media.
    """
    first, _, field = name.partition(".")
    field = re.sub(r"\[[0-9]*\]", "", field)
    operations = [one for one in operations_named(first, spec, _takes_media) if one.request]
    every = [place for one in operations for place in _every(one, spec)]
    if not every:
        operation_named(first, spec, _takes_media, "takes no media")
    named = [place for place in every if not field or _means(field, place[0])]
    if not named:
        known = ", ".join(dict.fromkeys(place for place, _ in every))
        raise ValueError(f"{first} has no media in {field}; it has {known}")
    of_format = [place for place in named if facts.format in place[1].get("formats", ())]
    of_kind = [place for place in named if facts.kind == place[1]["kind"]]
    found = of_format or of_kind or named
    return [one for number, one in enumerate(found) if one[1] not in _limits(found[:number])]


def _limits(places: list[Place]) -> list[Document]:
    return [limits for _, limits in places]


def _problems(
    facts: "MediaFacts", request: str | type[Request], *, certain: bool
) -> Iterator[Problem]:
    name = request if isinstance(request, str) else request.__name__
    for field, limits in media_places(name, facts, load()):
        for one in findings(facts, limits):
            if one.is_certain is certain:
                yield Problem(RULE, field, f"{field} {one.text}.")


def _takes_media(operation: Operation) -> bool:
    return bool(_every(operation, load()))


def _every(operation: Operation, spec: Spec) -> list[Place]:
    root = {"$ref": f"#/components/schemas/{operation.request}"}
    return [*MediaFields(spec, root).places()] if operation.request else []


def _means(field: str, place: str) -> bool:
    """Tell whether a name means a place: some of its steps, one behind the other."""
    return f".{field}." in f".{place}."
